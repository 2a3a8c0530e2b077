/** Cases in words: what an outcome is called, where a case stands, what each rung of its ladder is. */
import { OUTCOME } from '@surety/core';
import type { CaseSummary, ChainCase, CourtCase } from '@surety/protocol';

const SPECIAL: Readonly<Record<number, string>> = {
  [OUTCOME.abstain]: 'no view',
  [OUTCOME.undecidable]: 'cannot be answered by its rule',
  [OUTCOME.tooEarly]: 'too early to say',
  [OUTCOME.invalid]: 'the question is broken',
};

/** An outcome of a case by its code: the claim's own word, or what it means that there is none. */
export const verdictWords = (outcomes: readonly string[], code: number): string =>
  SPECIAL[code] ?? outcomes[code] ?? `outcome ${code}`;

/** Codes that can be voted: the claim's outcomes in order, then undecidable, too early, invalid. */
export const verdictsOf = (outcomes: readonly string[]): readonly number[] => [
  ...outcomes.keys(),
  OUTCOME.undecidable,
  OUTCOME.tooEarly,
  OUTCOME.invalid,
];

export const isOpen = ({ phase }: Pick<CaseSummary, 'phase'>): boolean => phase !== 'final' && phase !== 'undecided';

const panelWords = (jurors: 'ai' | 'people' | null): string => (jurors === 'people' ? 'people' : 'AI jurors');

/** Where a case stands, in one sentence. */
export const phaseWords = (of: CaseSummary): string => {
  const named = (code: number): string => `“${verdictWords(of.claim.outcomes, code)}”`;
  switch (of.phase) {
    case 'proposed':
      return `The answer ${named(of.standing)} is being challenged; the bond is not full yet.`;
    case 'round':
      return `Round ${of.round}: ${panelWords(of.jurors)} are judging.`;
    case 'appealable':
      if (!of.ruled)
        return `No panel was sure. ${named(of.standing)} stands unless somebody who is against it calls people.`;
      return `Round ${of.round} ruled ${named(of.standing)}; it can be appealed.`;
    case 'funding':
      return 'No panel was sure. People are called if somebody pays for them.';
    case 'final':
      return `Final: ${named(of.outcome ?? of.standing)}.`;
    case 'undecided':
      return 'Nobody could decide; every bond went back.';
  }
};

type Round = CourtCase['rounds'][number];

/** Votes of a round by outcome, most first; seats that abstained; and seats without a vote, void ones among them. */
export const tallyOf = ({
  panel,
}: Round): {
  readonly votes: readonly (readonly [code: number, count: number])[];
  readonly abstained: number;
  readonly silent: number;
} => {
  const counts = new Map<number, number>();
  for (const { outcome } of panel) if (outcome !== null) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const votes = [...counts].sort((a, b) => b[1] - a[1]);
  const abstained = panel.filter(({ vote }) => vote === 'abstained').length;
  return { votes, abstained, silent: panel.length - abstained - votes.reduce((sum, [, count]) => sum + count, 0) };
};

/** `3 AI jurors of one operator`, `15 people`: who sits, or would. */
export const seatsWords = (round: Round, oneOperator: boolean): string => {
  if (round.jurors === 'people') return `${round.seats} people${round.drawnBy === 'person' ? ', one ticket each' : ''}`;
  return `${round.seats} AI jurors${oneOperator ? ' of one operator' : ''}`;
};

/** What came of a round. */
export const rulingWords = (outcomes: readonly string[], round: Round): string => {
  const { votes, abstained, silent } = tallyOf(round);
  const counted = votes.map(([code, count]) => `${count} for “${verdictWords(outcomes, code)}”`);
  const all = [
    ...counted,
    ...(abstained > 0 ? [`${abstained} abstained`] : []),
    ...(silent > 0 ? [`${silent} without a vote`] : []),
  ].join(', ');
  if (round.state === 'to-come') return 'not called';
  if (round.state === 'running')
    return round.panel.length === 0
      ? 'being drawn'
      : `${round.panel.filter(({ committed }) => committed).length} of ${round.panel.length} have voted`;
  if (round.panel.length === 0) return 'nobody could sit: no ruling';
  return round.ruling === null ? `no ruling: ${all}; ${round.quorum} votes needed` : all;
};

/** Whole cost of going on now, micro-USD; `null` where it is not possible. */
export const needMicroUsd = ({ need }: CourtCase): bigint | null =>
  need === null ? null : BigInt(need.bondMicroUsd) + BigInt(need.feesMicroUsd);

/** As much of a case of a contract as its place in life needs. */
export type ChainPlaced = Pick<ChainCase, 'phase' | 'labels' | 'round' | 'jurors' | 'standing' | 'outcome'> & {
  readonly rounds: readonly Pick<Round, 'ruling'>[];
};

/** Whether what can be appealed stands only because its panel had no ruling (`unruledStands` of the policy). */
export const standsUnruled = ({ phase, round, rounds }: ChainPlaced): boolean =>
  phase === 'appealable' && rounds[round - 1]?.ruling === null;

/** Where a case of a contract stands, in one sentence. */
export const chainPhaseWords = (of: ChainPlaced): string => {
  const named = (code: number | null): string => `“${verdictWords(of.labels, code ?? OUTCOME.abstain)}”`;
  switch (of.phase) {
    case 'asked':
      return 'Asked; nobody has proposed an answer yet.';
    case 'proposed':
      return `${named(of.standing)} is proposed; it is final unless somebody challenges it.`;
    case 'round':
      return `Round ${of.round}: ${panelWords(of.jurors)} are judging.`;
    case 'appealable':
      if (standsUnruled(of))
        return `Round ${of.round} had no ruling. ${named(of.standing)} stands unless somebody who is against it calls people.`;
      return `Round ${of.round} ruled ${named(of.standing)}; it can be appealed.`;
    case 'funding':
      return `Round ${of.round} had no ruling. Unless somebody pays for people, it ends undecided and every bond goes back.`;
    case 'final':
      return `Final: ${named(of.outcome)}.`;
    case 'undecided':
      return 'Nobody could decide; every bond went back.';
  }
};

/** What the end of a case of a contract shows, and what it does not; `null` while it is open. */
export const endWords = (of: ChainPlaced): string | null => {
  if (of.phase === 'undecided') return 'No panel had a ruling that stands, so nothing is said of the answer.';
  if (of.phase !== 'final') return null;
  if (of.round === 0) return 'Nobody challenged it in its window. That does not show that anybody looked.';
  if (of.rounds.every(({ ruling }) => ruling === null))
    return 'No panel ruled on it: it is what was proposed, and stands because nobody went on.';
  return 'So many seats said so, as the ladder shows. That does not show that it is true.';
};

const DUE = {
  draw: 'The panel can be drawn now.',
  tally: 'The votes can be counted now.',
  finalise: 'Its window is over: anybody can end it now.',
} as const;

/** What anybody can do now, or nothing. */
export const dueWords = ({ due }: Pick<ChainCase, 'due'>): string | null => (due === null ? null : DUE[due]);
