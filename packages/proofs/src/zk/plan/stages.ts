/**
 * Which tables stages are looked up in. An arithmetic node computes an exact sum z (spec 12.3), with z + half =
 * 2^shift·p + remainder, and its value is p clamped. Remainders lie in parts that short tables hold. (p, value) is one row of a
 * table where few quotients are possible. Where many are, p − base = 2^k·upper + lower, and with `clipped` the upper part
 * clamped to −2 .. 1, 2^k·clipped + lower lies on the same side of any bound within −2^k .. 2^k − 1 as p − base does: the
 * base is the middle of what the clamp leaves, and a table of 2^(k+2) rows does the rest.
 *
 * The sums and 2^shift·p + remainder are equal as elements of M31; that they are equal as integers follows where their
 * difference is too small to be a multiple of 2^31 − 1 (spec 18): see {@link isExact}.
 */
import { ok, type Result, refuse } from '@surety/core';
import type { Interval, ValueId } from '@surety/programs';
import { P } from '../field/ext.ts';
import { bitsOf } from '../field/multilinear.ts';
import { coarse } from '../graph/declared.ts';
import type { ProofGraph } from '../graph/graph.ts';
import { unsupported } from './refusal.ts';
import { MAX_TABLE_VARS, type TableSpec } from './tables.ts';

/** Bits `from .. from + bits[c] − 1` of the remainders, for each channel c or for all. */
export type Limb = { readonly from: number; readonly bits: readonly number[] };

export type Quotients =
  /** No clamp acts: the value is the quotient, and looked up alone. */
  | { readonly kind: 'value'; readonly table: TableSpec }
  /** As above, in two parts: value = 2^k·upper + lower, each looked up. */
  | { readonly kind: 'split'; readonly k: number; readonly upper: TableSpec; readonly lower: TableSpec }
  /** Quotient and value are a row of a table. */
  | { readonly kind: 'clamped'; readonly table: TableSpec }
  /** (upper, clipped), lower and (2^k·clipped + lower, value) are looked up. */
  | {
      readonly kind: 'clipped';
      readonly k: number;
      readonly base: number;
      readonly upper: TableSpec;
      readonly lower: TableSpec;
      readonly table: TableSpec;
    };

/** p − base = 2^k·upper + lower; all 0 where quotients are not split. */
export const splitOf = (quotients: Quotients): { readonly k: number; readonly base: number } => ({
  k: 'k' in quotients ? quotients.k : 0,
  base: quotients.kind === 'clipped' ? quotients.base : 0,
});

/** How a stage is proved. Values, remainders, lower and clipped parts are committed to; all else is linear in those. */
export type Staged = {
  readonly kind: 'staged';
  /** One of all channels, or one each. */
  readonly shifts: readonly number[];
  readonly limbs: readonly Limb[];
  readonly quotients: Quotients;
};

/** Whatever tables let quotients be. */
export const lookedQuotients = (quotients: Quotients): Interval => {
  switch (quotients.kind) {
    case 'value':
    case 'clamped':
      return tableRange(quotients.table);
    case 'split':
      return joined(tableRange(quotients.upper), quotients.k);
    case 'clipped': {
      const { low, high } = joined(tableRange(quotients.upper), quotients.k);
      return { low: low + quotients.base, high: high + quotients.base };
    }
  }
};

/** Whatever they let values be. */
export const valuesOf = (quotients: Quotients): Interval => {
  if (quotients.kind === 'value' || quotients.kind === 'split') return lookedQuotients(quotients);
  const { low, high } = quotients.table as Extract<TableSpec, { kind: 'clamp' }>;
  return { low, high };
};

const tableRange = (spec: TableSpec): Interval =>
  spec.kind === 'clamp' ? { low: spec.from, high: spec.to } : (spec as Extract<TableSpec, { kind: 'range' }>);

/** A node whose value is not just the exact sum. */
export type Stage = {
  readonly id: ValueId;
  readonly shifts: readonly number[];
  /** Declared of the quotients. */
  readonly quotient: Interval;
  /** Of the clamp. */
  readonly low: number;
  readonly high: number;
  /** Rows of its columns, padding included. */
  readonly rows: number;
};

const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), 0);

const sizeOf = ({ low, high }: Interval): number => high - low + 1;

/**
 * Whether a sum whose quotient is in one interval, and one whose quotient is in another, are equal if they are the same element.
 * @param declared what the node's quotients lie in
 * @param looked what tables let them be
 */
export const isExact = (declared: Interval, looked: Interval, shifts: readonly number[]): boolean =>
  2 ** most(shifts) * Math.max(declared.high - looked.low + 1, looked.high - declared.low + 1) <= P;

const clamps = ({ quotient, low, high }: Stage): boolean => quotient.low < low || quotient.high > high;

const union = (intervals: readonly Interval[]): Interval => ({
  low: Math.min(...intervals.map(({ low }) => low)),
  high: Math.max(...intervals.map(({ high }) => high)),
});

const ranges = ({ low, high }: Interval): TableSpec => ({ kind: 'range', low, high });

const bitsRange = (bits: number): TableSpec => ranges({ low: 0, high: 2 ** bits - 1 });

/** A row of a column is committed to as well, which one of a table is not. */
const COLUMN_WEIGHT = 1.5;

const MAX_ROWS = 2 ** MAX_TABLE_VARS;

/** The upper parts of an interval. */
const upperOf = ({ low, high }: Interval, k: number): Interval => ({
  low: Math.floor(low / 2 ** k),
  high: Math.floor(high / 2 ** k),
});

/** All integers whose upper part is in an interval. */
const joined = ({ low, high }: Interval, k: number): Interval => ({ low: low * 2 ** k, high: (high + 1) * 2 ** k - 1 });

/** Rows of the tables of a split. */
const splitRows = (upper: Interval, k: number): number => 2 ** bitsOf(sizeOf(upper)) + 2 ** k;

/** The k of a split whose tables are the shortest; null where none is short enough. */
const bestSplit = (quotient: Interval, least: number, extra: (k: number) => number): number | null => {
  let best: number | null = null;
  let rows = Number.POSITIVE_INFINITY;
  for (let k = least; k <= MAX_TABLE_VARS - 2; k++) {
    const upper = upperOf(quotient, k);
    if (sizeOf(upper) > MAX_ROWS) continue;
    const taken = splitRows(upper, k) + extra(k);
    if (taken < rows) [best, rows] = [k, taken];
  }
  return best;
};

/** Fewest bits k so that an interval has at most 2^(k+1) integers. */
const halfBits = (interval: Interval): number => Math.max(bitsOf(sizeOf(interval)) - 1, 0);

/** The two steps of a clamp, for quotients of some interval. */
class TwoSteps {
  readonly k: number | null;
  private readonly base: number;
  private readonly clamp: Interval;

  constructor(all: Interval, clamp: Interval) {
    // What quotients never reach needs no room.
    const left = { low: Math.max(all.low, clamp.low), high: Math.min(all.high, clamp.high) };
    const least = halfBits(left);
    const base = left.low + 2 ** least;
    this.k = bestSplit({ low: all.low - base, high: all.high - base }, least, (k) => 2 ** (k + 2));
    this.base = base;
    this.clamp = clamp;
  }

  /** Rows of their tables. */
  rows(all: Interval): number {
    const { k } = this;
    return k === null ? Number.POSITIVE_INFINITY : splitRows(this.upper(all, k), k) + 2 ** (k + 2);
  }

  /** For quotients of an interval, of a stage with others; null where that would not be exact. */
  of(looked: Interval, { quotient, shifts }: Stage): Quotients | null {
    const { k, base, clamp } = this;
    if (k === null) return null;
    const upper = this.upper(looked, k);
    const { low, high } = joined(upper, k);
    if (!isExact(quotient, { low: low + base, high: high + base }, shifts)) return null;
    return {
      kind: 'clipped',
      k,
      base,
      upper: { kind: 'clamp', from: upper.low, to: upper.high, offset: 0, low: -2, high: 1 },
      lower: bitsRange(k),
      table: { kind: 'clamp', from: -2 * 2 ** k, to: 2 * 2 ** k - 1, offset: base, low: clamp.low, high: clamp.high },
    };
  }

  private upper({ low, high }: Interval, k: number): Interval {
    return upperOf({ low: low - this.base, high: high - this.base }, k);
  }
}

/** Stages of one clamp, and whether they take one table of all their quotients, or the two steps. */
const clampedGroup = (group: readonly Stage[]): Map<ValueId, Quotients> => {
  const { low, high } = group[0]!;
  const direct = group.filter(({ quotient }) => sizeOf(quotient) <= MAX_ROWS);
  const all = union(group.map(({ quotient }) => quotient));
  const together = union(direct.map(({ quotient }) => quotient));
  const steps = new TwoSteps(all, { low, high });
  const rows = direct.reduce((sum, stage) => sum + stage.rows, 0);
  // Where some have to take the two steps, their tables are there for all.
  const twoSteps = 2 * COLUMN_WEIGHT * rows + (direct.length < group.length ? 0 : steps.rows(all));
  const oneTable = 2 ** bitsOf(Math.min(sizeOf(together), MAX_ROWS));
  const alone = (looked: Interval): Quotients => ({
    kind: 'clamped',
    table: { kind: 'clamp', from: looked.low, to: looked.high, offset: 0, low, high },
  });
  const found = new Map<ValueId, Quotients>();
  for (const stage of group) {
    const { id, quotient, shifts } = stage;
    const isDirect = sizeOf(quotient) <= MAX_ROWS;
    const shared = sizeOf(together) <= MAX_ROWS && isExact(quotient, together, shifts);
    const inOne = isDirect ? alone(shared ? together : quotient) : null;
    // Upper parts of all may be more than is exact for one: that one takes its own.
    const inTwo = steps.of(all, stage) ?? steps.of(quotient, stage);
    const chosen = oneTable <= twoSteps ? (inOne ?? inTwo) : (inTwo ?? inOne);
    if (chosen !== null) found.set(id, chosen);
  }
  return found;
};

/**
 * A stage whose clamp does not act.
 * @param believed whether that is so whatever tables let quotients be
 */
const unclamped = ({ quotient, shifts, low, high }: Stage, believed: boolean): Quotients | null => {
  // Made coarser, so that stages share their tables.
  const wide = coarse(quotient);
  const fits = wide.low >= low && wide.high <= high && isExact(quotient, wide, shifts);
  const looked = fits ? wide : quotient;
  if (sizeOf(looked) <= MAX_ROWS) return { kind: 'value', table: ranges(looked) };
  const k = bestSplit(quotient, 1, () => 0);
  const reached = k === null ? quotient : joined(upperOf(quotient, k), k);
  if (k === null || !isExact(quotient, reached, shifts)) return null;
  if (!believed && (reached.low < low || reached.high > high)) return null;
  return { kind: 'split', k, upper: ranges(upperOf(quotient, k)), lower: bitsRange(k) };
};

const limbsOf = (shifts: readonly number[], width: number): Limb[] => {
  const limbs: Limb[] = [];
  for (let from = 0; from < most(shifts); from += width) {
    limbs.push({ from, bits: shifts.map((shift) => Math.min(Math.max(shift - from, 0), width)) });
  }
  return limbs;
};

/** Bits of the parts of remainders: one number for a proof, so that parts share their tables. */
const limbWidth = (stages: readonly Stage[]): number => {
  // Channels are many, and their shifts few.
  const distinct = stages.map(({ shifts, rows }) => ({ shifts: [...new Set(shifts)], rows }));
  let best = 16;
  let least = Number.POSITIVE_INFINITY;
  for (let width = 4; width <= 16; width++) {
    const tables = new Set<number>();
    let rows = 0;
    for (const stage of distinct) {
      const limbs = limbsOf(stage.shifts, width);
      rows += COLUMN_WEIGHT * stage.rows * limbs.length;
      for (const { bits } of limbs) for (const b of bits) tables.add(b);
    }
    for (const b of tables) rows += 2 ** b;
    if (rows < least) [best, least] = [width, rows];
  }
  return best;
};

const refusal = (graph: ProofGraph, { id, quotient, shifts }: Stage) => {
  const size = sizeOf(quotient);
  const next = 'Quantise with fewer bits, clamp to a narrower range, or shift in two steps.';
  const message = `shifts by ${most(shifts)} to one of ${size} quotients.`;
  return refuse(unsupported(graph, id, message, next, quotient, `2^31 sums, clamped within 2^${MAX_TABLE_VARS - 2}`));
};

/** How each stage is proved, or `proof.unsupported`. */
export const planStages = (graph: ProofGraph, stages: readonly Stage[]): Result<ReadonlyMap<ValueId, Staged>> => {
  const groups = Map.groupBy(stages.filter(clamps), ({ low, high }) => `${low} ${high}`);
  const quotients = new Map([...groups.values()].flatMap((group) => [...clampedGroup(group)]));
  const width = limbWidth(stages);
  const planned = new Map<ValueId, Staged>();
  for (const stage of stages) {
    const own = clamps(stage) ? quotients.get(stage.id) : unclamped(stage, graph.hidden.size === 0);
    if (!own || !isExact(stage.quotient, stage.quotient, stage.shifts)) return refusal(graph, stage);
    planned.set(stage.id, {
      kind: 'staged',
      shifts: stage.shifts,
      limbs: limbsOf(stage.shifts, width),
      quotients: own,
    });
  }
  return ok(planned);
};
