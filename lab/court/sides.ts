/** When a side goes on: it weighs what it would win and lose against how sure it still is after what panels showed. */
import { type Case, needOf, totalOf } from '../../packages/court/src/index.ts';
import { USD } from '../../packages/court/test/support.ts';

/** A side of a dispute. */
export type Side = {
  readonly outcome: number;
  /** How sure it was before anybody voted. */
  readonly confidence: number;
  /** An attacker goes on while his money lasts. */
  readonly budgetUsd: number | null;
};

const dollars = (amount: bigint): number => Number(amount) / Number(USD);

/** Whether a side fills the next rung. */
export const goesOn = (side: Side, state: Case, sure: number, stakeUsd: number): boolean => {
  const need = needOf(state, side.outcome);
  if (need === null) return false;
  const cost = dollars(totalOf(need));
  const mine = state.rungs.filter(({ outcome }) => outcome === side.outcome);
  if (side.budgetUsd !== null) return mine.reduce((sum, rung) => sum + dollars(totalOf(rung)), cost) <= side.budgetUsd;
  const own = mine.reduce((sum, { bondMicroUsd }) => sum + dollars(bondMicroUsd), 0);
  const others = state.rungs.reduce((sum, { bondMicroUsd }) => sum + dollars(bondMicroUsd), -own);
  const gain = sure * (own + others / 2 + stakeUsd) - (1 - sure) * cost;
  // Where nobody goes on, a side that a panel ruled against has nothing; undecided, or without a ruling, bonds go back.
  const isBack = state.phase.kind === 'funding' || state.rounds.every(({ result }) => result.kind !== 'ruled');
  return gain > (isBack ? own : 0);
};
