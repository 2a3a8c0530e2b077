/**
 * How the value of a node is tied to what it is computed from. An arithmetic node computes an exact sum z (spec 12.3), with
 * z + half = 2^shift·p + remainder, and its value is p clamped. Values and remainders are committed to and looked up; z and p
 * are not: they are linear in what is committed and in the operands.
 */
import { ok, type Result, refuse } from '@surety/core';
import type { Shape, ValueId } from '@surety/programs';
import { nodeOf, type ProofGraph, shiftsOf, signedBits, signedRange } from '../graph/graph.ts';
import { marginRange } from '../relations/argmax.ts';
import { differenceRange, type Maximum, maximumShapes } from '../relations/maxima.ts';
import { type KnownOf, unsupportedNode } from '../relations/supported.ts';
import { unsupported } from './refusal.ts';
import { MAX_TABLE_VARS, type TableSpec, tableVars } from './tables.ts';

/** Bits of a remainder that one table holds; longer ones lie in two parts. */
const LIMB_BITS = 16;

/** Bits `from .. from + bits[c] − 1` of the remainders, for each channel c or for all. */
export type Limb = { readonly from: number; readonly bits: readonly number[] };

/** The value is committed to, and looked up with the quotient that it is the clamp of, or alone where no clamp acts. */
export type Staged = {
  readonly kind: 'staged';
  /** One of all channels, or one each. */
  readonly shifts: readonly number[];
  readonly limbs: readonly Limb[];
  readonly table: TableSpec;
};

export type Tie =
  /** The value is linear in, or a rearrangement of, its operands: claims on it go through to them. */
  | { readonly kind: 'through' }
  | Staged
  /** A tree of pairwise maxima: the relus of each level are committed to, and looked up with the differences they are of. */
  | { readonly kind: 'maximum'; readonly levels: readonly Shape[]; readonly table: TableSpec }
  /** The value is an output: the margins by which it is the first of the largest are looked up. */
  | { readonly kind: 'argmax'; readonly x: ValueId; readonly table: TableSpec }
  /** The value is committed to, and looked up with the index. */
  | { readonly kind: 'lookup'; readonly x: ValueId; readonly table: TableSpec };

const THROUGH: Tie = { kind: 'through' };

const limbsOf = (shifts: readonly number[]): Limb[] => {
  const most = Math.max(...shifts);
  const limbs: Limb[] = [];
  for (let from = 0; from < most; from += LIMB_BITS) {
    limbs.push({ from, bits: shifts.map((shift) => Math.min(Math.max(shift - from, 0), LIMB_BITS)) });
  }
  return limbs;
};

const stagedTieOf = (graph: ProofGraph, id: ValueId): Result<Tie> => {
  const node = nodeOf(graph, id)!;
  const { low, high } = node.stage!;
  const shifts = Array.from(shiftsOf(graph, node));
  const bits = graph.bits[id]!;
  const range = signedRange(bits);
  const clamps = range.low < low || range.high > high;
  const most = Math.max(...shifts);
  if (!clamps && most === 0) return ok(THROUGH);
  // Else 2^shift·p + remainder could be another integer that is the same modulo p (spec 18).
  if (most + bits > 30) {
    const next = 'Quantise with fewer bits, or shift in two steps.';
    const message = `shifts by ${most} what has ${bits} bits after it.`;
    return refuse(unsupported(graph, id, message, next, most + bits, '30 bits together'));
  }
  if (bits > MAX_TABLE_VARS) {
    const next = 'Shift by more bits before the clamp, or quantise with fewer.';
    const limit = `${MAX_TABLE_VARS} bits`;
    return refuse(unsupported(graph, id, `gives its clamp ${bits} bits.`, next, bits, limit));
  }
  const table: TableSpec = clamps ? { kind: 'clamp', bits, low, high } : { kind: 'range', ...range };
  return ok({ kind: 'staged', shifts, limbs: limbsOf(shifts), table });
};

const maximumTie = (graph: ProofGraph, id: ValueId, form: Maximum): Result<Tie> => {
  const bits = signedBits(differenceRange(graph.ranges[form.x]!));
  const levels = maximumShapes(form, graph.types[form.x]!.shape, graph.types[id]!.shape);
  if (levels.length === 0) return ok(THROUGH);
  if (bits <= MAX_TABLE_VARS) {
    return ok({ kind: 'maximum', levels, table: { kind: 'clamp', bits, low: 0, high: signedRange(bits).high } });
  }
  const limit = `${MAX_TABLE_VARS} bits`;
  return refuse(unsupported(graph, id, `compares values ${bits} bits apart.`, 'Clamp them before.', bits, limit));
};

const argmaxTie = (graph: ProofGraph, id: ValueId, x: ValueId): Result<Tie> => {
  const table: TableSpec = { kind: 'range', ...marginRange(graph.ranges[x]!) };
  if (tableVars(graph, table) <= MAX_TABLE_VARS) return ok({ kind: 'argmax', x, table });
  const limit = `2^${MAX_TABLE_VARS} values`;
  return refuse(unsupported(graph, id, 'compares values that are further apart.', 'Clamp them before.', table, limit));
};

/**
 * The tie of a node, or `proof.unsupported`.
 * @param known what decides whether there is a relation of it
 */
export const tieOf = (graph: ProofGraph, id: ValueId, known: KnownOf): Result<Tie> => {
  const { form, stage } = nodeOf(graph, id)!;
  if (stage !== null) return stagedTieOf(graph, id);
  if (form.op === 'max_pool' || form.op === 'reduce_max') return maximumTie(graph, id, form);
  const unknown = unsupportedNode(nodeOf(graph, id)!, known);
  if (unknown !== null) return refuse(unsupported(graph, id, unknown.message, unknown.next, form.op, 'as stated'));
  if (form.op === 'argmax') return argmaxTie(graph, id, form.x);
  if (form.op !== 'lookup') return ok(THROUGH);
  const table: TableSpec = { kind: 'function', table: form.table, first: form.first };
  if (tableVars(graph, table) <= MAX_TABLE_VARS) return ok({ kind: 'lookup', x: form.x, table });
  const rows = graph.types[form.table]!.shape[0];
  return refuse(unsupported(graph, id, `has ${rows} entries.`, 'Use a coarser index.', rows, `2^${MAX_TABLE_VARS}`));
};
