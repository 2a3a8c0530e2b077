/** Whether what somebody signed is for this node, on its chain, now. */
import { type Result, refuse, wrongOperator } from '@surety/core';
import { LIMITS } from '@surety/protocol';
import type { Context } from './context.ts';

export type Addressed = { readonly chainId: number; readonly operator: string; readonly expiresAt: number };

/** @param within the object that holds the fields, for refusals; nothing where they stand at the top */
export const checkAddressed = (
  { chainId, operator, expiresAt }: Addressed,
  context: Context,
  within: 'action.' | '' = 'action.',
): Result<true> => {
  const now = context.now();
  if (chainId !== context.network.chainId) {
    return refuse({
      code: 'action.wrong-network',
      message: `This is signed for chain ${chainId}, and the node is on ${context.network.chainId}.`,
      next: 'Sign it for the chain of this node.',
      field: `${within}chainId`,
      value: String(chainId),
    });
  }
  const foreign = wrongOperator(operator, context.network.operator, `${within}operator`);
  if (foreign !== null) return refuse(foreign);
  if (expiresAt < now || expiresAt > now + LIMITS.actionLifetimeSeconds) {
    return refuse({
      code: 'action.expired',
      message: `This expires at ${expiresAt}, and now is ${now}.`,
      next: `Check your clock; sign what lives at most ${LIMITS.actionLifetimeSeconds} seconds.`,
      field: `${within}expiresAt`,
      value: String(expiresAt),
    });
  }
  return { ok: true, value: true };
};
