/** One request through the real game, from its proposal to its end. */
import type { Case } from '../../packages/court/src/index.ts';
import { account, ENOUGH, hashOf, PROPOSAL, windowEnd } from '../../packages/court/test/support.ts';
import { confidenceAfter } from './evidence.ts';
import type { Pools } from './pools.ts';
import { type Random, type Setting, take, voted } from './round.ts';
import { goesOn, type Side } from './sides.ts';
import { familyVotes } from './votes.ts';
import type { World } from './world.ts';

export type Played = {
  readonly state: Case;
  readonly truth: number;
  readonly challenged: boolean;
  readonly seconds: number;
  /** Fees that jurors earned, in USD. */
  readonly feesUsd: number;
};

const between = (random: Random, [low, high]: readonly [number, number]): number => low + (high - low) * random.unit();

/** The two sides of a dispute; the attacker, if there is one, is the wrong one. */
const sidesOf = ({ confidence, attacker }: World, random: Random, truth: number): readonly Side[] => [
  { outcome: truth, confidence: between(random, confidence.right), budgetUsd: null },
  { outcome: 1 - truth, confidence: between(random, confidence.wrong), budgetUsd: attacker?.budgetUsd ?? null },
];

/** Who goes on in a window, if anybody does: whoever lost, or either side where nobody ruled. */
const going = (world: World, pools: Pools, state: Case, sides: readonly Side[]): Side | undefined => {
  const standing = state.phase.kind === 'appealable' ? state.phase.ruling : null;
  return sides.find((side) => {
    if (side.outcome === standing) return false;
    const sure = confidenceAfter(side, state, world, pools);
    return goesOn(side, state, sure, world.stakeUsd);
  });
};

/** Fees of seats that voted for the end, or of all that revealed where there is none. */
const earnedUsd = ({ phase, rounds, terms }: Case): number => {
  const final = phase.kind === 'final' ? phase.outcome : null;
  let fees = 0n;
  for (const { number, seats } of rounds) {
    const paid = seats.filter(({ vote }) => vote.kind === 'revealed' && (final === null || vote.outcome === final));
    fees += BigInt(paid.length) * terms.policy.rounds[number - 1]!.feePerSeatMicroUsd;
  }
  return Number(fees) / 1e6;
};

/** Plays one request. */
export const playRequest = (world: World, pools: Pools, random: Random, id: number): Played => {
  const truth = random.int(0, 1);
  const wrong = random.unit() < world.wrong;
  const challenged = random.unit() < (wrong ? world.challengedIfWrong : world.challengedIfRight);
  const outcome = wrong ? 1 - truth : truth;
  let state = take(undefined, {
    ...PROPOSAL,
    caseId: hashOf(`request ${id}`),
    policy: world.policy,
    outcome,
    bondMicroUsd: world.policy.leastBondMicroUsd,
  });
  if (challenged) {
    const at = PROPOSAL.at + random.int(1, world.policy.challengeSeconds - 1);
    state = take(state, {
      kind: 'fund',
      at,
      account: account('challenger'),
      outcome: 1 - outcome,
      amountMicroUsd: ENOUGH,
    });
    const sides = sidesOf(world, random, truth);
    const setting: Setting = { world, pools, random, truth, said: familyVotes(world, random, truth) };
    while (state.phase.kind === 'round' || state.phase.kind === 'appealable' || state.phase.kind === 'funding') {
      if (state.phase.kind === 'round') {
        state = voted(state, setting);
        continue;
      }
      const side = going(world, pools, state, sides);
      const { endsAt } = state.phase;
      const opened = state.rounds.at(-1)!.commitEndsAt;
      state =
        side === undefined
          ? take(state, { kind: 'advance', at: endsAt })
          : take(state, {
              kind: 'fund',
              // Money comes together within a quarter of the window.
              at: opened + Math.floor((endsAt - opened) / 4),
              account: account(`side ${side.outcome}`),
              outcome: side.outcome,
              amountMicroUsd: ENOUGH,
            });
    }
  } else state = take(state, { kind: 'advance', at: windowEnd(state) });
  return { state, truth, challenged, seconds: endOf(state) - PROPOSAL.at, feesUsd: earnedUsd(state) };
};

/** When a case that ran as above came to its end. */
const endOf = (state: Case): number => {
  const last = state.rounds.at(-1);
  const { policy } = state.terms;
  if (last === undefined) return state.proposedAt + policy.challengeSeconds;
  const counted = last.commitEndsAt;
  const over = last.number === policy.rounds.length && last.result.kind !== 'open';
  return over ? counted : counted + policy.rounds[last.number - 1]!.appealSeconds;
};
