/**
 * What a side makes of what the panels showed: each seat's vote, or its silence, is evidence by the juror's record. A family that
 * votes on a third of the bad sites and on hardly a good one says something by silence, too.
 */
import { OUTCOME } from '../../packages/core/src/index.ts';
import type { Case, Seat } from '../../packages/court/src/index.ts';
import type { Pools } from './pools.ts';
import type { Side } from './sides.ts';
import type { Chances, World } from './world.ts';

/** Nobody believes in more than that of one vote, for or against. */
const MOST_ODDS = 99;

/** How likely a family votes so where an outcome is true. */
const chanceOf = ({ right, wrong }: Chances, vote: number, truth: number): number =>
  vote === OUTCOME.abstain ? 1 - right - wrong : vote === truth ? right : wrong;

/** Odds that a seat's vote gives for an outcome, as a logarithm; 0 of who was absent. */
const weightOf = ({ juror, vote }: Seat, outcome: number, { people }: World, pools: Pools): number => {
  if (vote.kind !== 'revealed') return 0;
  const family = pools.familyOf.get(juror);
  const person = { right: people.accuracy, wrong: 1 - people.accuracy };
  const [given, otherwise] = [outcome, 1 - outcome].map((truth) =>
    chanceOf(family?.chances[truth] ?? person, vote.outcome, truth),
  ) as [number, number];
  if (given === 0 && otherwise === 0) return 0;
  return Math.log(Math.min(MOST_ODDS, Math.max(1 / MOST_ODDS, given / otherwise)));
};

/** How sure a side is after what the panels of a case showed; errors that go together count once. */
export const confidenceAfter = (side: Side, { rounds, terms }: Case, world: World, pools: Pools): number => {
  let odds = Math.log(side.confidence / (1 - side.confidence));
  for (const { number, seats } of rounds) {
    const said = seats.map((seat) => weightOf(seat, side.outcome, world, pools)).filter((weight) => weight !== 0);
    const isAi = terms.policy.rounds[number - 1]!.jurors === 'ai';
    const correlation = isAi ? world.correlation : world.people.correlation;
    odds += said.reduce((sum, weight) => sum + weight, 0) / (1 + Math.max(0, said.length - 1) * correlation);
  }
  return 1 / (1 + Math.exp(-odds));
};
