/**
 * How jurors vote on one question. Two vote alike because of a common cause: each takes the common draw with chance √ρ and one of its
 * own otherwise, so that any two have correlation ρ. A program says the same in every round of a case.
 */
import { OUTCOME } from '../../packages/core/src/index.ts';
import type { splitmix } from '../../packages/court/test/random.ts';
import type { Chances, Family, Pattern, World } from './world.ts';

type Random = ReturnType<typeof splitmix>;

/** Uniform draws of which any two are the same with chance ρ. */
const together = (random: Random, correlation: number): (() => number) => {
  const common = random.unit();
  const share = Math.sqrt(correlation);
  return () => (random.unit() < share ? common : random.unit());
};

/** A source of votes: call it for one juror after another. */
export const votesOn = (random: Random, truth: number, correlation: number): ((chances: Chances) => number) => {
  const draw = together(random, correlation);
  return ({ right, wrong }) => {
    const at = draw();
    return at < wrong ? 1 - truth : at < 1 - right ? OUTCOME.abstain : truth;
  };
};

const VOTES: Readonly<Record<string, number>> = { '+': 0, '-': 1, '0': OUTCOME.abstain };

/** One measured question where `truth` is true. */
const drawnPattern = (random: Random, patterns: readonly Pattern[], truth: number): string => {
  const total = patterns.reduce((sum, { counts }) => sum + counts[truth]!, 0);
  let left = random.unit() * total;
  const found = patterns.find(({ counts }) => {
    left -= counts[truth]!;
    return left < 0;
  });
  return (found ?? patterns.at(-1)!).votes;
};

/** What each family of a world says of one question. */
export const familyVotes = (world: World, random: Random, truth: number): ReadonlyMap<Family, number> => {
  const { families, patterns, correlation } = world;
  if (patterns !== null) {
    const said = drawnPattern(random, patterns, truth);
    return new Map(families.map((family, i) => [family, VOTES[said[i]!]!]));
  }
  const vote = votesOn(random, truth, correlation);
  return new Map(families.map((family) => [family, vote(family.chances[truth]!)]));
};
