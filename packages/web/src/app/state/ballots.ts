/** Votes of this browser that are not open yet. They lie in its storage: without them a vote counts as absent. */
import { signal } from '@preact/signals';
import type { Ballot } from '@surety/sdk/page';
import { forget, keep, recall } from './storage.ts';

const KEY = 'court-ballots';
/** Old ones go first. */
const MOST = 64;

const isBallot = (value: unknown): value is Ballot => {
  const { marketId, round, outcome, reason, salt, juror } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof marketId === 'string' &&
    typeof round === 'number' &&
    typeof outcome === 'number' &&
    typeof reason === 'string' &&
    typeof salt === 'string' &&
    (juror === undefined || typeof juror === 'string')
  );
};

const read = (): readonly Ballot[] => {
  try {
    const kept: unknown = JSON.parse(recall(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isBallot) : [];
  } catch {
    return [];
  }
};

export const ballots = signal<readonly Ballot[]>(read());

const write = (next: readonly Ballot[]): boolean => {
  ballots.value = next.slice(-MOST);
  if (next.length > 0) return keep(KEY, JSON.stringify(ballots.value));
  forget(KEY);
  return true;
};

/** Bytes that nobody can guess, hex: salts and marks of ballots. */
export const randomHex = (bytes: number): string =>
  [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Ballots of one seat, newest first. There are several where an answer of the node was lost: it knows which one arrived. */
export const ballotsFor = (marketId: string, round: number, juror?: string): readonly Ballot[] =>
  ballots.value
    .filter((ballot) => ballot.marketId === marketId && ballot.round === round && ballot.juror === juror)
    .toReversed();

/** Keeps a ballot; `false` where this browser does not keep anything once the page is closed. */
export const keepBallot = (ballot: Ballot): boolean =>
  write([...ballots.value.filter(({ salt }) => salt !== ballot.salt), ballot]);

/** Forgets one ballot, once it is open. */
export const dropBallot = ({ salt }: Pick<Ballot, 'salt'>): void => {
  write(ballots.value.filter((ballot) => ballot.salt !== salt));
};

/** A ballot from a file that was kept; `null` for any other text. */
export const readBallot = (text: string): Ballot | null => {
  try {
    const value: unknown = JSON.parse(text);
    return isBallot(value) ? value : null;
  } catch {
    return null;
  }
};

/** Forgets the ballots of one seat, once one of them is open. */
export const dropBallots = (marketId: string, round: number): void => {
  write(ballots.value.filter((ballot) => ballot.marketId !== marketId || ballot.round !== round));
};
