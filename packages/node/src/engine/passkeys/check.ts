/**
 * Whether an action that a passkey signed may be carried out: only what the scope `advise` covers, on this node's page, by who is
 * there, with the key that the account names.
 */
import { actionChallenge, checkAssertion, fromHex, type Problem, type Result, refuse, unwrap } from '@surety/core';
import { type Action, type AssertedAction, SCOPE_OF } from '@surety/protocol';
import type { Move } from '../../journal/host.ts';
import { checkAddressed } from '../addressed.ts';
import type { Context } from '../context.ts';
import { keyOf, verified } from '../p256.ts';
import { isMade, type PasskeyEvent, type PasskeyState, passkeyStream, unknownPasskey } from './game.ts';

/** Actions of the scope `advise`. */
export type AdviceAction = Extract<
  Action,
  { type: 'surety/action/advise/v1' | 'surety/action/notices/v1' | 'surety/action/notices-delete/v1' }
>;

const isAdvice = (action: Action): action is AdviceAction => SCOPE_OF[action.type] === 'advise';

/** Why nothing that needs a stake, money or a vote is done for a passkey. */
const adviceOnly = (type: string): Problem => ({
  code: 'passkey.advice-only',
  message: 'Passkeys are free: 31 of them would own the final jury. They advise and follow, and nothing else.',
  next: 'Use a wallet: with a stake, or shown to be one person where the court draws by person (spec 21.10).',
  field: 'action.type',
  value: type,
  limit: 'advise',
});

const otherKey = (field: string, message: string): Result<never> =>
  refuse({
    code: 'action.bad-signature',
    message,
    next: 'Sign with the passkey whose account the action names; see spec/11-protocol.md.',
    field,
  });

export type Advised = {
  readonly action: AdviceAction;
  /** Has to go into the same transaction: it counts the signature and spends the nonce. */
  readonly used: Move;
  /** Unix seconds since when the account is known. */
  readonly madeAt: number;
};

/** Checks an asserted action; changes nothing. */
export const checkAsserted = async (context: Context, asserted: AssertedAction): Promise<Result<Advised>> => {
  const { action, passkeyId } = asserted;
  if (!isAdvice(action)) return refuse(adviceOnly(action.type));
  const due = checkAddressed(action, context);
  if (!due.ok) return due;
  const stream = passkeyStream(passkeyId);
  const state = await context.host.state<PasskeyState>(stream);
  if (!isMade(state)) return refuse(unknownPasskey());
  if (action.account !== state.account)
    return otherKey('action.account', 'The action names another account than that of the passkey.');
  const ceremony = {
    authenticatorData: unwrap(fromHex(asserted.authenticatorData)),
    clientDataJson: unwrap(fromHex(asserted.clientDataJson)),
  };
  const checked = checkAssertion(ceremony, {
    challenge: actionChallenge(action),
    origin: context.pageOrigin(),
    userVerification: 'required',
  });
  if (!checked.ok) return checked;
  const { signedBytes, signCount, backedUp } = checked.value;
  const key = keyOf(state.publicKey);
  const signature = unwrap(fromHex(asserted.signature));
  if (key === undefined || !(await verified(signedBytes, key, signature)))
    return otherKey('signature', 'The passkey did not sign this action.');
  const event: PasskeyEvent = { kind: 'used', signCount, backedUp, nonce: action.nonce, at: context.now() };
  return { ok: true, value: { action, used: { stream, event }, madeAt: state.madeAt } };
};
