/** A beacon seats the panel of the open round. */
import { type Draw, drawSeats } from './draw.ts';
import type { CaseEffect, EventOf, Step } from './events.ts';
import { badAddress, badHash, outOfPhase, outOfTime, outside } from './guards.ts';
import { seedOf } from './hashes.ts';
import { isByPerson, lockOf } from './policy.ts';
import { accept, no, type Refusal, refused } from './problem.ts';
import type { Candidate, Case, Round, Seat } from './state.ts';
import type { RoundPolicy } from './terms.ts';

/** Most candidates of one snapshot. */
const CANDIDATES = 100_000;
const MAX_WEIGHT = (1n << 128n) - 1n;

/** Everybody with money in the case. */
const partiesOf = (state: Case): Set<string> =>
  new Set([state.terms.asker, ...state.rungs.flatMap(({ shares }) => shares.map(({ account }) => account))]);

/** How the open round is drawn, from a seed and a snapshot. */
export const drawOf = (state: Case, round: Round, randomness: string, candidates: readonly Candidate[]): Draw => {
  const { caseId, policy } = state.terms;
  const rules = policy.rounds[round.number - 1]!;
  const earlier = state.rounds.slice(0, round.number - 1);
  const sat = state.rounds.flatMap(({ seats, struck }) => [...struck, ...seats.map(({ juror }) => juror)]);
  return {
    seed: seedOf(randomness, caseId, round.number),
    candidates,
    jurors: rules.jurors,
    seats: rules.seats,
    lockMicroUsd: lockOf(rules),
    operators: policy.operators,
    barred: new Set([...partiesOf(state), ...sat]),
    staleClusters: new Set(earlier.flatMap(({ seats }) => seats.map(({ cluster }) => cluster))),
  };
};

/** A seat for somebody drawn, and the lock of its stake if it has one. */
export const seated = (
  { juror, operator, cluster }: Candidate,
  lockedMicroUsd: bigint,
  substitute: boolean,
): { readonly seat: Seat; readonly locks: readonly CaseEffect[] } => ({
  seat: { juror, operator, cluster, lockedMicroUsd, substitute, commitment: null, vote: { kind: 'none' } },
  locks: lockedMicroUsd === 0n ? [] : [{ kind: 'take', account: juror, amountMicroUsd: lockedMicroUsd, from: 'stake' }],
});

const badCandidates = (candidates: readonly Candidate[], rules: RoundPolicy): Refusal | undefined => {
  const counted = outside('candidates', candidates.length, 0, CANDIDATES);
  if (counted) return counted;
  for (const [i, { juror, weight, freeMicroUsd, cluster }] of candidates.entries()) {
    const at = `candidates.${i}`;
    const wrong =
      badAddress(`${at}.juror`, juror) ??
      outside(`${at}.weight`, weight, 0n, isByPerson(rules) ? 1n : MAX_WEIGHT) ??
      outside(`${at}.freeMicroUsd`, freeMicroUsd, 0n, MAX_WEIGHT) ??
      outside(`${at}.cluster`, cluster, 0, 255);
    if (wrong) return wrong;
  }
  return undefined;
};

/** The fallback is taken only in the second half of the window, and the first source only in its first: nobody chooses a panel. */
const badSource = (round: Round, { at, source }: EventOf<'draw'>): Refusal | undefined => {
  const half = round.opensAt + Math.floor((round.drawEndsAt - round.opensAt) / 2);
  const due = at < half ? 'drand' : 'chain';
  if (source === due) return undefined;
  const message = `Until ${half} the panel is drawn from drand, and from the chain after that.`;
  return no('court.beacon-source', 'source', source, due, message, 'Draw from the source that is due.');
};

/** Draws the panel and locks each seat's stake. Seats that cannot be filled stay empty. */
export const draw = (state: Case, event: EventOf<'draw'>): Step => {
  const { at, randomness, source, candidates } = event;
  const wrong = outOfPhase(state, ['round'], 'Draw when a round has opened.') ?? badHash('randomness', randomness);
  if (wrong) return refused(wrong);
  const round = state.rounds.at(-1)!;
  if (round.beacon !== null) {
    const message = 'The panel of this round is drawn.';
    return refused(no('court.drawn', 'round', round.number, 'one draw', message, 'Nothing needs to be done.'));
  }
  const refusal =
    outOfTime(at, round.beaconAt, round.drawEndsAt, 'The draw') ??
    badSource(round, event) ??
    badCandidates(candidates, state.terms.policy.rounds[round.number - 1]!);
  if (refusal) return refused(refusal);
  const rules = drawOf(state, round, randomness, candidates);
  const { drawn, nextTicket } = drawSeats(rules, [], rules.seats, 0);
  const panel = drawn.map((one) => seated(one, rules.lockMicroUsd, false));
  const next: Round = {
    ...round,
    beacon: { randomness, source },
    candidates,
    nextTicket,
    seats: panel.map(({ seat }) => seat),
  };
  return accept(
    { ...state, rounds: state.rounds.with(-1, next) },
    panel.flatMap(({ locks }) => locks),
  );
};
