/** Doing what was planned, once whoever takes the step has agreed. */
import { ensureDeployer } from '@surety/chain';
import { type Result, unwrap } from '@surety/core';
import { effect, fundAtCourt } from '../juror/court-money.ts';
import { giveGas } from '../watch/program.ts';
import type { At, Planned } from './here.ts';

/**
 * Keeps what has to be kept, brings the money, and makes every intent take effect, in that order.
 * @returns the transactions; `null` for one that somebody sent before
 * @throws {SuretyError} what any of it refuses
 */
export const carryOut = async (
  { chain, contracts, setting, me }: At,
  { keep, intents, costUnits }: Planned,
): Promise<readonly (string | null)[]> => {
  const purse = { chain, contracts, setting, me };
  const transactions: (string | null)[] = [];
  keep?.();
  await giveGas(chain, me);
  unwrap(await fundAtCourt(purse, costUnits));
  // What publishes a text goes through it.
  if (intents.some(({ kind }) => kind === 'court-publish')) unwrap(await ensureDeployer(chain));
  for (const intent of intents) transactions.push(unwrap((await effect(purse, intent)) as Result<string | null>));
  return transactions;
};
