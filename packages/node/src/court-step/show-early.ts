/** Showing a vote that its juror let somebody see: it is void, and who shows it takes half of what the seat loses. */
import { readFileSync } from 'node:fs';
import { parseAddress, SuretyError } from '@surety/core';
import { seatCommitment } from '../juror/seat-vote.ts';
import { type At, caseOf, type Planned } from './here.ts';

type Hex = `0x${string}`;

/** `vote` is a file `{juror, vote, reading, salt}`, as a juror's service keeps them. */
export type ShowingEarly = { readonly kind: 'show-early'; readonly caseId: number; readonly vote: string };

type Opening = { readonly juror: Hex; readonly vote: number; readonly reading: Hex; readonly salt: Hex };

const HASH = /^0x[0-9a-f]{64}$/;

const readOpening = (file: string): Opening => {
  try {
    const { juror, vote, reading, salt } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Opening>;
    const by = parseAddress(juror ?? '', { field: '--vote', lenient: true });
    if (by.ok && Number.isInteger(vote) && HASH.test(reading ?? '') && HASH.test(salt ?? ''))
      return { juror: by.value as Hex, vote: vote!, reading: reading!, salt: salt! };
  } catch {
    // Said below: what cannot be read opens nothing either.
  }
  throw new SuretyError({
    code: 'input.malformed',
    message: `${file} does not hold an opened vote.`,
    next: 'Write {"juror", "vote", "reading", "salt"} into it as JSON.',
    field: '--vote',
  });
};

export const showingEarly = async (here: At, { caseId, vote: file }: ShowingEarly): Promise<Planned> => {
  const { at, chain } = here;
  const of = await caseOf(here, caseId);
  const opening = readOpening(file);
  const { juror, vote } = opening;
  const round = of.rounds.at(-1);
  const seat = round?.seats.find((each) => each.juror === juror);
  if (round === undefined || seat === undefined)
    throw new SuretyError({
      code: 'court.not-seated',
      message: `${juror} has no seat in the last round of case ${of.id}.`,
      next: 'surety court shows who sits.',
      field: '--vote',
      value: juror,
    });
  const commitment = seatCommitment({ chain, court: at, me: juror }, of, round.number, opening);
  if (seat.commitment !== commitment)
    throw new SuretyError({
      code: 'court.commitment-differs',
      message: `That is not what ${juror} has committed to in case ${of.id}.`,
      next: 'Nothing was sent: only the true vote, reading and salt open a seat.',
      field: '--vote',
      value: String(vote),
    });
  const words = `Show the vote of ${juror} in case ${of.id} before its time: it is void, and half of what the seat loses is yours.`;
  const opens = { at, caseId: of.id, round: round.number, seat: seat.seat, ...opening };
  return { costUnits: 0n, words, intents: [{ kind: 'court-show-early', ...opens }] };
};
