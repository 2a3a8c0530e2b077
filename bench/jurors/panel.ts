/** Figures of jurors on labelled questions: how often they vote, alone and as a panel, and how often they are right. */
import { DEFAULT_RULE } from '../../packages/intent/src/reading.ts';
import { tally } from '../../packages/node/src/engine/resolve.ts';
import type { Figure } from '../figure.ts';

export type Vote = 'scam' | 'not-scam' | null;

/** One labelled question, what each juror voted, and how many it stands for. */
export type Judged = { readonly scam: boolean; readonly votes: readonly Vote[]; readonly weight: number };

const PERCENT = 100;

export const figure = (name: string, value: number | null, unit: string, over: Partial<Figure> = {}): Figure => ({
  name,
  value,
  unit,
  goal: '',
  holds: null,
  peer: '',
  ...over,
});

/** What the panel decides under the default rule, by the node's own count. */
export const decided = (votes: readonly Vote[]): Vote => {
  const outcomes = votes.map((vote) => ({ outcome: vote === null ? null : vote === 'scam' ? 0 : 1 }));
  const quorum = DEFAULT_RULE.kind === 'panel' ? DEFAULT_RULE.quorum : 1;
  const { outcome } = tally(outcomes, quorum);
  return outcome === null ? null : outcome === 0 ? 'scam' : 'not-scam';
};

const sum = (judged: readonly Judged[]): number => judged.reduce((total, { weight }) => total + weight, 0);

/** Coverage and accuracy of one way of deciding; accuracy is `null` where nothing was decided. */
export const measured = (
  who: string,
  judged: readonly Judged[],
  vote: (votes: readonly Vote[]) => Vote,
  goalPercent?: number,
): Figure => {
  const cast = judged.filter(({ votes }) => vote(votes) !== null);
  const right = cast.filter(({ votes, scam }) => (vote(votes) === 'scam') === scam);
  const value = cast.length === 0 ? null : (PERCENT * sum(right)) / sum(cast);
  const peer = `decides ${((PERCENT * sum(cast)) / sum(judged)).toFixed(1)} % of ${judged.length}, ${cast.length - right.length} wrong`;
  const goal =
    goalPercent === undefined ? {} : { goal: `> ${goalPercent} %`, holds: value !== null && value > goalPercent };
  return figure(`${who}: right when it decides`, value, '%', { peer, ...goal });
};

/** What a vote at the default ratio claims of itself: more than 90 % right. */
export const CLAIMED_PERCENT = 90;

/** Each juror by itself, then the panel. */
export const panelFigures = (of: string, jurors: readonly string[], judged: readonly Judged[]): Figure[] => [
  ...jurors.map((id, i) => measured(`${of}, ${id}`, judged, (votes) => votes[i] ?? null, CLAIMED_PERCENT)),
  measured(`${of}, panel`, judged, decided, CLAIMED_PERCENT),
];
