/** When a side goes on: it weighs what it would win and lose against how sure it still is after what a panel said. */
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

/** Votes for and against of the panels that ruled, as evidence: errors that go together count once. */
export const confidenceAfter = (
  side: Side,
  state: Case,
  jurors: { readonly accuracy: number; readonly correlation: number },
): number => {
  let odds = side.confidence / (1 - side.confidence);
  for (const { seats } of state.rounds) {
    const votes = seats.flatMap(({ vote }) => (vote.kind === 'revealed' && vote.outcome < 252 ? [vote.outcome] : []));
    const against = votes.filter((outcome) => outcome !== side.outcome).length;
    const margin = (2 * against - votes.length) / (1 + (votes.length - 1) * jurors.correlation);
    odds *= ((1 - jurors.accuracy) / jurors.accuracy) ** margin;
  }
  return odds / (1 + odds);
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
