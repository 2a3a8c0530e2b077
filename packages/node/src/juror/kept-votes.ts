/**
 * Votes on disk, one file each, written before the commitment is sent: without the salt a seat cannot be opened and loses what
 * absence costs. A file is made once and never changed, so that no seat is ever given a second vote, whatever was killed when.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { SuretyError } from '@surety/core';
import { readingOf } from '@surety/court';

type Hex = `0x${string}`;

/** The seat that a vote is for. `question` is part of it: a chain that went back may give a case's number to another question. */
export type SeatKey = {
  readonly chainId: number;
  readonly court: Hex;
  readonly caseId: bigint;
  readonly question: Hex;
  readonly round: number;
  readonly juror: Hex;
};

export type KeptVote = {
  readonly vote: number;
  readonly reading: Hex;
  readonly salt: Hex;
  /** The text behind `reading`, published once the vote is opened. */
  readonly grounds: string;
  readonly why: string;
};

export type KeptVotes = {
  readonly find: (seat: SeatKey) => KeptVote | null;
  /** Keeps a vote, unless one is kept already: @returns the one that is kept */
  readonly keep: (seat: SeatKey, vote: KeptVote) => KeptVote;
};

const HASH = /^0x[0-9a-f]{64}$/;

const isVote = (value: Partial<KeptVote>): value is KeptVote =>
  Number.isInteger(value.vote) &&
  HASH.test(value.reading ?? '') &&
  HASH.test(value.salt ?? '') &&
  readingOf(value.grounds ?? '') === value.reading;

/** On the disk, and not only on its way there, before it is said to be kept. */
const synced = (path: string): void => {
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
};

export const createKeptVotes = (home: string): KeptVotes => {
  const fileOf = ({ chainId, court, caseId, question, round, juror }: SeatKey): string =>
    join(
      home,
      'court-votes',
      `${chainId}-${court.toLowerCase()}`,
      `${caseId}-${question.slice(2, 18)}`,
      `${round}-${juror.toLowerCase()}.json`,
    );

  const find: KeptVotes['find'] = (seat) => {
    const file = fileOf(seat);
    if (!existsSync(file)) return null;
    try {
      const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<KeptVote>;
      if (isVote(value)) return value;
    } catch {
      // Said below: half a file is no vote either.
    }
    throw new SuretyError({
      code: 'config.keys-unreadable',
      message: `${file} holds no vote.`,
      next: 'Restore it from a backup: without its salt the seat cannot be opened.',
      field: file,
    });
  };

  const keep: KeptVotes['keep'] = (seat, vote) => {
    const file = fileOf(seat);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const scratch = `${file}.${process.pid}.new`;
    writeFileSync(scratch, `${JSON.stringify({ ...vote, ...seat, caseId: String(seat.caseId) }, null, 2)}\n`, {
      mode: 0o600,
    });
    synced(scratch);
    try {
      // A link fails where there is a file: of two processes with one key, one votes and the other reads how.
      linkSync(scratch, file);
      synced(dirname(file));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    } finally {
      rmSync(scratch, { force: true });
    }
    return find(seat) ?? vote;
  };

  return { find, keep };
};
