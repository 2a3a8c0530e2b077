/** Many requests, and what became of them. */
import { splitmix } from '../../packages/court/test/random.ts';
import { type Played, playRequest } from './play.ts';
import { poolsOf } from './pools.ts';
import type { Random } from './round.ts';
import type { World } from './world.ts';

/** Shares are of all requests. */
export type Summary = {
  readonly requests: number;
  readonly disputed: number;
  readonly people: number;
  readonly wrong: number;
  /** Wrong and final because nobody challenged. */
  readonly unchallenged: number;
  /** Wrong and final although somebody did. */
  readonly misjudged: number;
  readonly undecided: number;
  /** Hours from proposal to end, sorted: disputes that AI jurors ended, and those that people did. */
  readonly aiHours: readonly number[];
  readonly peopleHours: readonly number[];
  readonly feesUsd: number;
};

/** A share of a sorted list, by nearest rank; `null` of none. */
export const quantile = (sorted: readonly number[], share: number): number | null =>
  sorted.length === 0 ? null : sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;

const hasPeople = ({ state }: Played): boolean =>
  state.rounds.some(({ number }) => state.terms.policy.rounds[number - 1]!.jurors === 'people');

const isWrong = ({ state, truth }: Played): boolean => state.phase.kind === 'final' && state.phase.outcome !== truth;

/** Random numbers of one request, so that two worlds under one seed are asked and challenged alike. */
export const randomOf = (seed: number, request: number): Random => splitmix(Math.imul(seed, 0x0100_0193) + request);

/** Plays all requests of a world; the same seed gives the same summary. */
export const simulate = (world: World, seed: number): Summary => {
  const pools = poolsOf(world);
  const counts = { disputed: 0, people: 0, wrong: 0, unchallenged: 0, undecided: 0 };
  const [aiHours, peopleHours]: [number[], number[]] = [[], []];
  let feesUsd = 0;
  for (let i = 0; i < world.requests; i += 1) {
    const played = playRequest(world, pools, randomOf(seed, i), i);
    if (isWrong(played)) counts[played.challenged ? 'wrong' : 'unchallenged'] += 1;
    if (!played.challenged) continue;
    counts.disputed += 1;
    feesUsd += played.feesUsd;
    if (played.state.phase.kind === 'undecided') counts.undecided += 1;
    if (hasPeople(played)) counts.people += 1;
    (hasPeople(played) ? peopleHours : aiHours).push(played.seconds / 3_600);
  }
  const share = (count: number): number => count / world.requests;
  const sorted = (hours: number[]): readonly number[] => hours.sort((a, b) => a - b);
  return {
    requests: world.requests,
    disputed: share(counts.disputed),
    people: share(counts.people),
    wrong: share(counts.wrong + counts.unchallenged),
    unchallenged: share(counts.unchallenged),
    misjudged: share(counts.wrong),
    undecided: share(counts.undecided),
    aiHours: sorted(aiHours),
    peopleHours: sorted(peopleHours),
    feesUsd,
  };
};
