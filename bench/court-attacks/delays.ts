/** Griefing by appeals, and stalling: what delay costs whoever causes it, and where it ends. */
import { type Case, longestSeconds, POLICIES } from '../../packages/court/src/index.ts';
import { Schedule } from '../../packages/court/test/schedule.ts';
import {
  after,
  ais,
  begun,
  CHALLENGER,
  ENOUGH,
  funding,
  lastRound,
  PROPOSAL,
  PROPOSER,
  people,
  windowEnd,
} from '../../packages/court/test/support.ts';
import type { Figure } from '../figure.ts';
import { disputed, ended, held, LIE, netUsd, stated, TRUTH } from './cases.ts';

const JURORS = { ai: ais(24, 100_000n), people: people(300, 100_000n) };

const LIVES = 300;

/** A liar who appeals every ruling against him, up to a number of rungs. */
const grief = (): Figure[] =>
  [0, 1, 2, 3].map((appeals) => {
    const end = ended(
      disputed(),
      JURORS,
      () => TRUTH,
      (side, state) => side === LIE && state.rounds.length <= appeals,
    );
    const lost = -netUsd(end, PROPOSER);
    const gained = netUsd(end, CHALLENGER);
    const hours = (lastRound(end).commitEndsAt - PROPOSAL.at) / 3_600;
    return held(
      `a liar who loses and appeals ${appeals} of 3 times: he loses`,
      lost,
      'USD',
      'the other side gains',
      gained > 0,
      `votes of the last panel are open after ${hours.toFixed(1)} h; the other side gains $${gained.toFixed(2)}`,
    );
  });

/** Everybody takes every step at the last second at which it is allowed, and appeals. */
const lastSecond = (): Case => {
  let state = begun({ policy: POLICIES.person, outcome: LIE, bondMicroUsd: POLICIES.person.leastBondMicroUsd });
  state = after(state, funding('challenger', TRUTH, ENOUGH, windowEnd(state) - 1));
  for (;;) {
    if (state.phase.kind === 'round') state = after(state, { kind: 'advance', at: lastRound(state).revealEndsAt });
    else if (state.phase.kind === 'funding')
      state = after(state, funding('challenger', TRUTH, ENOUGH, windowEnd(state) - 1));
    else return state;
  }
};

/** The longest of random lives in which everybody is late, beside what was said at the proposal. */
const stalled = (): Figure[] => {
  let [most, stuck] = [0, 0];
  for (let seed = 0; seed < LIVES; seed += 1) {
    const life = new Schedule(seed);
    life.play(60);
    life.finish();
    const state = life.state!;
    if (state.phase.kind !== 'final' && state.phase.kind !== 'undecided') stuck += 1;
    const last = state.rounds.at(-1);
    most = Math.max(
      most,
      ((last?.revealEndsAt ?? state.proposedAt) - state.proposedAt) / (state.latestEnd - state.proposedAt),
    );
  }
  const late = lastSecond();
  const took = lastRound(late).revealEndsAt - PROPOSAL.at;
  const longest = longestSeconds(POLICIES.person);
  return [
    held(
      'every step at the last second, nobody votes: the case ends after',
      took / 3_600,
      'h',
      `<= ${(longest / 3_600).toFixed(1)}`,
      took <= longest,
      'the latest end stated at the proposal; "person" policy',
    ),
    held('random lives that stick', stuck, `of ${LIVES}`, '= 0', stuck === 0),
    held('their longest, of what was said at the proposal', 100 * most, '%', '<= 100', most <= 1),
  ];
};

/** A bought seat that stays away: an AI panel of three without it still rules. */
const absent = (): Figure => {
  let seen = 0;
  const end = ended(
    disputed(),
    JURORS,
    (_, number) => (number === 1 && seen++ === 0 ? null : TRUTH),
    () => false,
  );
  const ruled = end.rounds[0]!.result.kind === 'ruled';
  const juror = end.rounds[0]!.seats.find(({ vote }) => vote.kind === 'none')!;
  const lost = Number(juror.lockedMicroUsd - (end.credits.get(juror.juror) ?? 0n)) / 1e6;
  return held(
    'one of three AI seats stays away: it loses',
    lost,
    'USD',
    'the panel rules',
    ruled,
    'two must stay away for no ruling, and then seven are called',
  );
};

export const delays = (): Figure[] => [
  ...grief(),
  ...stalled(),
  absent(),
  stated('appeals that a case can have at most', POLICIES.oracle.rounds.length - 1, '', 'endless appeals end here'),
];
