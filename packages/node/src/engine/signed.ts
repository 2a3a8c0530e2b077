/**
 * Whether a signed action may be carried out: its account has delegated to its key, for this kind of action and still,
 * and the key signed exactly these bytes. P-256 is verified natively, off the event loop.
 */
import { actionBytes, type Problem, parseActionSignature, type Result, refuse } from '@surety/core';
import { type SignedAction, scopeAllows } from '@surety/protocol';
import type { AccountState } from './account.ts';
import { checkAddressed } from './addressed.ts';
import type { Context } from './context.ts';
import { accountStream } from './ledger.ts';
import { derOfSignature, keyOf, verified } from './p256.ts';

const no = (code: Problem['code'], field: string, message: string, next: string, value?: string): Result<never> =>
  refuse({ code, message, next, field, ...(value !== undefined && { value }) });

/** What would put money at stake that the account has demanded. */
const BETS: ReadonlySet<string> = new Set([
  'surety/action/fund/v1',
  'surety/action/order/v1',
  'surety/action/challenge/v1',
  'surety/action/stake/v1',
]);

/** Everything that can be said without the signature: cheap, and first. */
const admissible = (
  { action, account, sessionKey }: SignedAction,
  state: AccountState,
  context: Context,
): Result<true> => {
  if (action.account !== account) {
    return no(
      'action.bad-signature',
      'action.account',
      'The action names another account than its envelope.',
      'Sign and send it for one account.',
      action.account,
    );
  }
  const due = checkAddressed(action, context);
  if (!due.ok) return due;
  if (state.forced !== undefined && BETS.has(action.type)) {
    return no(
      'account.leaving',
      'action.account',
      'A demand of this account for all its cash is open on chain.',
      'Wait until it is answered and paid.',
      account,
    );
  }
  const delegation = state.delegations.get(sessionKey);
  if (delegation === undefined) {
    return no(
      'session.unknown',
      'sessionKey',
      'The account has not delegated to this session key.',
      'Register a delegation signed by the wallet first.',
      `${sessionKey.slice(0, 20)}…`,
    );
  }
  if (delegation.expiresAt <= context.now()) {
    return no(
      'session.expired',
      'sessionKey',
      `The delegation expired at ${delegation.expiresAt}.`,
      'Register a new delegation.',
      String(delegation.expiresAt),
    );
  }
  if (!scopeAllows(delegation.scope, action.type)) {
    return no(
      'session.out-of-scope',
      'action.type',
      `The delegation allows ${delegation.scope}, not ${action.type}.`,
      'Register a delegation with the scope that this needs.',
      action.type,
    );
  }
  return { ok: true, value: true };
};

/** Checks a signed action against the account's delegations as of now; changes nothing. */
export const checkSigned = async (context: Context, signed: SignedAction): Promise<Result<true>> => {
  const stream = accountStream(signed.account);
  const state = context.host.peek<AccountState>(stream) ?? (await context.host.state<AccountState>(stream));
  const admitted = admissible(signed, state, context);
  if (!admitted.ok) return admitted;
  const signature = parseActionSignature(signed.signature);
  if (!signature.ok) return signature;
  const key = keyOf(signed.sessionKey);
  if (key === undefined)
    return no(
      'action.bad-signature',
      'sessionKey',
      'The session key is no point of P-256.',
      'Send the uncompressed public key.',
    );
  if (await verified(actionBytes(signed.action), key, derOfSignature(signature.value))) return admitted;
  return no(
    'action.bad-signature',
    'signature',
    'The session key did not sign this action.',
    'Sign the tag and the canonical JSON of exactly this action; see spec/11-protocol.md.',
  );
};
