/** What a case says at a moment, and when a consumer may act on it (spec 21.7). */
import type { Case } from './state.ts';

/** What was said of a case, by the proposal or by a round, and what became of it. */
export type Saying = {
  /** 0 is the proposal, else the round. */
  readonly round: number;
  readonly outcome: number;
  /** `provisional` while it stands and can still change, `superseded` once a later round said the same, `overturned` otherwise. */
  readonly status: 'provisional' | 'final' | 'superseded' | 'overturned';
};

/** Everything that was said, in order; the last one stands unless the case ended undecided. */
export const sayingsOf = ({ rungs, rounds, phase }: Case): readonly Saying[] => {
  const said = [
    { round: 0, outcome: rungs[0]!.outcome! },
    ...rounds.flatMap(({ number, result }) =>
      result.kind === 'ruled' ? [{ round: number, outcome: result.outcome }] : [],
    ),
  ];
  const standing = said.at(-1)!.outcome;
  return said.map((one, i): Saying => {
    if (phase.kind === 'undecided') return { ...one, status: 'overturned' };
    if (i === said.length - 1) return { ...one, status: phase.kind === 'final' ? 'final' : 'provisional' };
    return { ...one, status: one.outcome === standing ? 'superseded' : 'overturned' };
  });
};

/** How much a consumer risks for an early answer. */
export type RiskPolicy =
  /** Takes what an AI panel said at once, for values up to a cap that it states. */
  | { readonly kind: 'fault-tolerant'; readonly valueMicroUsd: bigint; readonly capMicroUsd: bigint }
  /** Takes only what is final. */
  | { readonly kind: 'arbitrated' }
  /** Takes what is final, and only if no panel was unsure on the way. */
  | { readonly kind: 'abstaining' };

/** `wait`, or what the consumer goes by: an outcome, or `undecided`. */
export type Answer =
  | { readonly kind: 'wait' }
  | { readonly kind: 'outcome'; readonly outcome: number; readonly status: 'provisional' | 'final' }
  | { readonly kind: 'undecided' };

/** What a consumer with this risk policy goes by now. */
export const answerFor = (state: Case, risk: RiskPolicy): Answer => {
  const { phase, rounds } = state;
  if (phase.kind === 'undecided') return { kind: 'undecided' };
  if (phase.kind === 'final') {
    const unsure = rounds.some(({ result }) => result.kind === 'none');
    if (risk.kind === 'abstaining' && unsure) return { kind: 'undecided' };
    return { kind: 'outcome', outcome: phase.outcome, status: 'final' };
  }
  if (risk.kind !== 'fault-tolerant' || risk.valueMicroUsd > risk.capMicroUsd) return { kind: 'wait' };
  const last = rounds.findLast(({ result }) => result.kind === 'ruled');
  if (last?.result.kind !== 'ruled' || last !== rounds.at(-1)) return { kind: 'wait' };
  return { kind: 'outcome', outcome: last.result.outcome, status: 'provisional' };
};
