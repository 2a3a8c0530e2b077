/**
 * Sortition (spec 21.5): tickets from a seed fall on candidates in proportion to their weight; a ticket that falls on somebody
 * who cannot sit is spent. That is weighted drawing without replacement, and a contract does the same over a sum tree.
 */
import { ticketOf } from './hashes.ts';
import type { Candidate } from './state.ts';

/** Tickets of one round for each of its seats; then seats stay empty. */
export const TICKETS_PER_SEAT = 64;

/** Who can sit, as far as candidates differ. */
export type Draw = {
  readonly seed: Uint8Array;
  readonly candidates: readonly Candidate[];
  readonly jurors: 'ai' | 'people';
  /** Seats of the whole round. */
  readonly seats: number;
  readonly lockMicroUsd: bigint;
  readonly operators: 'distinct' | 'one';
  /** Parties, and whoever has sat in the case before. */
  readonly barred: ReadonlySet<string>;
  /** Clusters that sat in earlier rounds: left out for the first half of the tickets. */
  readonly staleClusters: ReadonlySet<number>;
};

/** Prefix sums of weights: candidate i holds the tickets `sums[i] .. sums[i + 1] − 1`. */
const prefixSums = (candidates: readonly Candidate[]): bigint[] => {
  const sums = [0n];
  for (const { weight } of candidates) sums.push(sums.at(-1)! + weight);
  return sums;
};

const holderOf = (sums: readonly bigint[], ticket: bigint): number => {
  let [low, high] = [0, sums.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sums[middle]! <= ticket) low = middle;
    else high = middle;
  }
  return low;
};

const canSit = (draw: Draw, panel: readonly Candidate[], one: Candidate, ticket: number): boolean => {
  if (draw.barred.has(one.juror) || one.freeMicroUsd < draw.lockMicroUsd) return false;
  if (panel.some(({ juror }) => juror === one.juror)) return false;
  if (draw.jurors === 'people') return true;
  if (ticket < (draw.seats * TICKETS_PER_SEAT) / 2 && draw.staleClusters.has(one.cluster)) return false;
  // A panel of copies is one juror: each cluster of families sits once.
  return !panel.some(
    ({ cluster, operator }) => cluster === one.cluster || (draw.operators === 'distinct' && operator === one.operator),
  );
};

/**
 * Draws up to `count` more jurors beside `panel`, from ticket `nextTicket` on.
 * @returns who was drawn, in order, and the first ticket that is not spent
 */
export const drawSeats = (
  draw: Draw,
  panel: readonly Candidate[],
  count: number,
  nextTicket: number,
): { readonly drawn: readonly Candidate[]; readonly nextTicket: number } => {
  const sums = prefixSums(draw.candidates);
  const total = sums.at(-1)!;
  const drawn: Candidate[] = [];
  let next = nextTicket;
  while (total > 0n && drawn.length < count && next < draw.seats * TICKETS_PER_SEAT) {
    const one = draw.candidates[holderOf(sums, ticketOf(draw.seed, next) % total)]!;
    if (canSit(draw, [...panel, ...drawn], one, next)) drawn.push(one);
    next += 1;
  }
  return { drawn, nextTicket: next };
};
