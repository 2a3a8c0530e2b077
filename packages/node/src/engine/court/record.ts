/** What a receipt says of a case: its rounds and votes as evidence, and who decided. Pure. */

import type { CourtRecord, CourtRound, CourtSeat, DecidedBy } from '@surety/core';
import { OUTCOME } from '@surety/core';
import { type Case, isByPerson, type Round, type Seat } from '@surety/court';
import type { Decision } from '../question.ts';

/** Names of an AI juror that the court itself does not know. */
export type Named = { readonly operator: string; readonly family: string };

/** What a record takes from beside the case: names of AI jurors, and how people showed that they are persons. */
export type Beside = {
  readonly name: (juror: string) => Named | undefined;
  readonly persons: { readonly issuer: string; readonly tokenKey: string } | null;
  readonly token: (juror: string) => string | undefined;
};

const voteOf = ({ vote }: Seat): Pick<CourtSeat, 'vote' | 'outcome' | 'reading'> => {
  if (vote.kind === 'none') return { vote: 'absent', outcome: null, reading: null };
  if (vote.kind === 'shown') return { vote: 'shown', outcome: null, reading: null };
  const reading = vote.reading.slice(2);
  if (vote.kind === 'copy') return { vote: 'copy', outcome: null, reading };
  if (vote.outcome === OUTCOME.abstain) return { vote: 'abstained', outcome: null, reading };
  return { vote: 'cast', outcome: vote.outcome, reading };
};

const roundOf = (game: Case, round: Round, { name, persons, token }: Beside): CourtRound => {
  const rules = game.terms.policy.rounds[round.number - 1]!;
  const { jurors, quorum } = rules;
  const tokens = isByPerson(rules) ? round.seats.map(({ juror }) => token(juror)) : [];
  // Without every token the record says less: the seats are people, and nothing is said of how many.
  const shown = persons !== null && tokens.length > 0 && tokens.every((one) => one !== undefined);
  return {
    jurors,
    quorum,
    beacon: round.beacon && { randomness: round.beacon.randomness.slice(2), source: round.beacon.source },
    seats: round.seats.map((seat, i) => {
      const named = jurors === 'ai' ? name(seat.juror) : undefined;
      const token = shown ? { token: tokens[i]! } : {};
      return {
        juror: seat.juror,
        operator: named?.operator ?? null,
        family: named?.family ?? null,
        ...voteOf(seat),
        ...token,
      };
    }),
    ...(shown && { persons }),
    ruling: round.result.kind === 'ruled' ? round.result.outcome : null,
  };
};

/** The record of a case that had at least one round. */
export const recordOf = (claimId: string, game: Case, beside: Beside, at: number): CourtRecord => ({
  kind: 'court-record',
  caseId: claimId,
  proposed: game.rungs[0]!.outcome!,
  rounds: game.rounds.map((round) => roundOf(game, round, beside)),
  at,
});

const SAID = {
  [OUTCOME.undecidable]: 'undecidable',
  [OUTCOME.tooEarly]: 'too-early',
  [OUTCOME.invalid]: 'invalid',
} as const;

const isSpecial = (outcome: number): outcome is keyof typeof SAID => outcome in SAID;

/** The decision that a case came to. */
export const decisionOf = ({ rounds }: CourtRecord): Pick<Decision, 'outcome' | 'decidedBy'> => {
  const last = rounds.at(-1)!;
  if (last.ruling === null) {
    const reason = 'The answer was challenged, and no panel of the court could decide it.';
    return { outcome: null, decidedBy: { kind: 'undecided', reason } };
  }
  const cast = last.seats.filter(({ vote }) => vote === 'cast');
  const votesFor = cast.filter(({ outcome }) => outcome === last.ruling).length;
  const decidedBy: DecidedBy = {
    kind: 'court',
    round: rounds.length,
    jurors: last.jurors,
    said: isSpecial(last.ruling) ? SAID[last.ruling] : 'outcome',
    votesFor,
    votesAgainst: cast.length - votesFor,
    silent: last.seats.length - cast.length,
  };
  return { outcome: isSpecial(last.ruling) ? null : last.ruling, decidedBy };
};
