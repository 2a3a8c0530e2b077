/** Registering a wallet's delegation to a session key (EIP-712 `Delegation`). */
import { type Result, refuse, signingDomainOf, verifyTyped, wrongOperator } from '@surety/core';
import type { WireDelegation } from '@surety/protocol';
import type { Context } from './context.ts';
import { accountStream, transfer } from './ledger.ts';

/** Longest life of a delegation, in seconds: a year. */
const LONGEST_SECONDS = 366 * 86_400;

export const delegate = async (
  context: Context,
  delegation: WireDelegation,
): Promise<Result<{ account: string; sessionKey: string; expiresAt: number }>> => {
  const { operator, wallet, sessionKey, scope, expiresAt, nonce, signature } = delegation;
  const limitMicroUsd = BigInt(delegation.limitMicroUsd);
  const at = context.now();
  const foreign = wrongOperator(operator, context.network.operator, 'operator');
  if (foreign !== null) return refuse(foreign);
  if (expiresAt <= at || expiresAt > at + LONGEST_SECONDS) {
    return refuse({
      code: 'session.expired',
      message: `The delegation ends at ${expiresAt}, and now is ${at}.`,
      next: 'Sign one that ends in the future, within a year.',
      field: 'expiresAt',
      value: String(expiresAt),
      limit: `${at + 1} .. ${at + LONGEST_SECONDS}`,
    });
  }
  const signed = verifyTyped(
    'Delegation',
    {
      operator,
      wallet,
      sessionKeyX: `0x${sessionKey.slice(2, 66)}`,
      sessionKeyY: `0x${sessionKey.slice(66)}`,
      scope,
      limitMicroUsd,
      expiresAt,
      nonce,
    },
    { domain: signingDomainOf(context.network), signature, address: wallet },
  );
  if (!signed.ok) return signed;
  const done = await transfer(context.host, [
    {
      stream: accountStream(wallet),
      event: { kind: 'delegated', sessionKey, scope, limitMicroUsd, expiresAt, nonce, at },
    },
  ]);
  return done.ok ? { ok: true, value: { account: wallet, sessionKey, expiresAt } } : done;
};
