/** One round of a simulated case. */
import { SuretyError } from '@surety/core';
import { type Case, type CaseEvent, step } from '../../packages/court/src/index.ts';
import type { splitmix } from '../../packages/court/test/random.ts';
import { committing, drawing, lastRound, revealing } from '../../packages/court/test/support.ts';
import type { Pools } from './pools.ts';
import { votesOn } from './votes.ts';
import type { Family, World } from './world.ts';

export type Random = ReturnType<typeof splitmix>;

/**
 * The state after a step.
 * @throws {SuretyError} for a refusal, which here is a mistake of the simulation
 */
export const take = (state: Case | undefined, event: CaseEvent): Case => {
  const next = step(state, event);
  if (next.kind === 'refused') throw new SuretyError(next.problem);
  return next.state;
};

/** A case under way: the truth, and what each family says of it in whatever round. */
export type Setting = {
  readonly world: World;
  readonly pools: Pools;
  readonly random: Random;
  readonly truth: number;
  readonly said: ReadonlyMap<Family, number>;
};

/** Seats the round, has it vote and counts it as early as it can be. */
export const voted = (start: Case, { world, pools, random, truth, said }: Setting): Case => {
  const ai = world.policy.rounds[lastRound(start).number - 1]!.jurors === 'ai';
  let state = take(start, drawing(start, ai ? pools.ai : pools.people));
  const { accuracy, turnout, correlation } = world.people;
  const person = votesOn(random, truth, correlation);
  const round = lastRound(state);
  const votes: (readonly [string, number])[] = [];
  for (const { juror } of round.seats) {
    if (pools.isAttacker(juror)) votes.push([juror, 1 - truth]);
    else if (ai) votes.push([juror, said.get(pools.familyOf.get(juror)!)!]);
    else if (random.unit() < turnout) votes.push([juror, person({ right: accuracy, wrong: 1 - accuracy })]);
  }
  for (const [juror, outcome] of votes) state = take(state, committing(state, juror, outcome, round.drawEndsAt));
  for (const [juror, outcome] of votes) state = take(state, revealing(state, juror, outcome, round.commitEndsAt));
  return take(state, { kind: 'advance', at: round.commitEndsAt });
};
