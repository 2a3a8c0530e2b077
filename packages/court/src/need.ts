/** What the next rung of a case costs (spec 21.2). */
import { feesOf } from './policy.ts';
import type { Case } from './state.ts';

/** A bond on an outcome and the fees of the panel that it calls. */
export type Need = { readonly bondMicroUsd: bigint; readonly feesMicroUsd: bigint };

/** Bonds of all rungs so far. */
export const bondsOf = (state: Case): bigint => state.rungs.reduce((sum, { bondMicroUsd }) => sum + bondMicroUsd, 0n);

/** Fees that a rung brings which calls round `number`. A challenge brings those of every AI round: the next may come by itself. */
const feesFor = (state: Case, number: number): bigint => {
  const { rounds } = state.terms.policy;
  const first = rounds[number - 1]!;
  if (number > 1 || first.jurors === 'people') return feesOf(first);
  return rounds.reduce((sum, round) => (round.jurors === 'ai' ? sum + feesOf(round) : sum), 0n);
};

/** Bonds so far by which the next bond is multiplied: more where people are called first, and who leaves has lost nothing. */
const multipleOf = ({ phase, rounds, terms: { policy } }: Case): bigint => {
  const ruled = rounds.some(({ result }) => result.kind === 'ruled');
  const called = rounds.some(({ number }) => policy.rounds[number - 1]!.jurors === 'people');
  return phase.kind === 'appealable' && !ruled && !called ? BigInt(policy.callMultiple) : 2n;
};

/**
 * What going on costs now, or `null` where nothing can be gone on with.
 * @param outcome the outcome to go on for, `null` for the auditor, who bears no bond
 */
export const needOf = (state: Case, outcome: number | null): Need | null => {
  const { phase, rounds, terms } = state;
  if (phase.kind !== 'proposed' && phase.kind !== 'appealable' && phase.kind !== 'funding') return null;
  const feesMicroUsd = feesFor(state, rounds.length + 1);
  if (outcome === null) return { bondMicroUsd: 0n, feesMicroUsd };
  const bondMicroUsd = phase.kind === 'funding' ? terms.policy.leastBondMicroUsd : multipleOf(state) * bondsOf(state);
  return { bondMicroUsd, feesMicroUsd };
};

/** What a rung takes in all. */
export const totalOf = ({ bondMicroUsd, feesMicroUsd }: Need): bigint => bondMicroUsd + feesMicroUsd;
