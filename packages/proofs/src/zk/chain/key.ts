/**
 * What a contract has to know of a program to check proofs of its runs: its key (spec 20.2). Only small networks have one: layers
 * of a matrix, a bias, a shift and a clamp, one after the other, on one row of values, with constants that are committed to but
 * not hidden.
 */
import { concatBytes, ok, type Result, refuse, sha256, utf8 } from '@surety/core';
import { DTYPE_BYTES, DTYPE_CODE, type Node, type ValueId } from '@surety/programs';
import { bitsOf } from '../field/multilinear.ts';
import type { Architecture } from '../graph/architecture.ts';
import type { ProofGraph } from '../graph/graph.ts';
import { planned } from '../plan/pads.ts';
import { type PlannedTable, type ProofPlan, stagedTie } from '../plan/plan.ts';
import { type Quotients, splitOf } from '../plan/stages.ts';
import type { TableSpec } from '../plan/tables.ts';
import { planDigest } from '../statement/statement.ts';

const TAG = utf8('surety:chain:v1\0');

export const CHAIN_LIMITS = {
  layers: 8,
  tables: 32,
  widthVars: 9,
  tableVars: 14,
  rowVars: 9,
  shift: 30,
  integer: 2 ** 30,
  tensorBytes: 1024,
} as const;

const unsupported = (field: string, message: string, next: string, limit: string) =>
  refuse({ code: 'proof.unsupported', message, next, field, limit });

const big = (n: number, bytes: number): Uint8Array =>
  Uint8Array.from({ length: bytes }, (_, i) => Math.floor(n / 2 ** (8 * (bytes - 1 - i))) & 0xff);

type Layer = { readonly id: ValueId; readonly node: Node; readonly constants: readonly ValueId[] };

/** The nodes as layers, each reading the one before; null where they are not. */
const layersOf = ({ inputs, constants, nodes, outputs }: ProofGraph): readonly Layer[] | null => {
  const first = inputs.length + constants.length;
  if (inputs.length !== 1 || outputs.length !== 1 || outputs[0]!.value !== first + nodes.length - 1) return null;
  let next = 1;
  const layers: Layer[] = [];
  for (const [i, node] of nodes.entries()) {
    const { form, stage } = node;
    if (form.op !== 'matmul' || typeof stage?.shift !== 'number') return null;
    const own = form.bias === null ? [form.b] : [form.b, form.bias];
    if (form.a !== (i === 0 ? 0 : first + i - 1) || own.some((constant) => constant !== next++)) return null;
    layers.push({ id: first + i, node, constants: own });
  }
  return next === first && layers.length > 0 ? layers : null;
};

const KIND: Readonly<Record<Quotients['kind'], number | null>> = { value: 0, clamped: 1, clipped: 2, split: null };

/** Whether a shape is one row of a power of two. */
const isRow = (shape: readonly number[]): boolean => {
  const [rows, size] = shape;
  const vars = bitsOf(size ?? 0);
  return shape.length === 2 && rows === 1 && size === 2 ** vars && vars <= CHAIN_LIMITS.widthVars;
};

/** A clamp whose bounds lie within what it is given, and all whose integers a key holds; ranges as well. */
const isTable = ({ spec, vars }: PlannedTable): boolean => {
  const numbers = Object.values(spec).filter((part) => typeof part === 'number');
  const small = vars <= CHAIN_LIMITS.tableVars && numbers.every((n) => Math.abs(n) < CHAIN_LIMITS.integer);
  if (spec.kind === 'function' || !small) return false;
  return spec.kind === 'range' || (spec.low <= spec.to + spec.offset && spec.high >= spec.from + spec.offset);
};

const fits = (plan: ProofPlan, layers: readonly Layer[]): boolean => {
  const { graph, tables, ties, rowVars } = plan;
  const [{ low, high, dtype, shape }] = graph.inputs as [ProofGraph['inputs'][number]];
  const output = graph.types.at(-1)!;
  const bytes = [dtype, output.dtype].map((each, i) => DTYPE_BYTES[each] * [shape, output.shape][i]!.at(-1)!);
  return (
    layers.length <= CHAIN_LIMITS.layers &&
    tables.length <= CHAIN_LIMITS.tables &&
    rowVars <= CHAIN_LIMITS.rowVars &&
    Math.max(-low, high) < CHAIN_LIMITS.integer &&
    Math.max(...bytes) <= CHAIN_LIMITS.tensorBytes &&
    isRow(shape) &&
    tables.every(isTable) &&
    layers.every(({ id, constants }) => {
      const tie = ties[id];
      return (
        tie?.kind === 'staged' &&
        KIND[tie.quotients.kind] !== null &&
        tie.shifts[0]! <= CHAIN_LIMITS.shift &&
        isRow(graph.types[id]!.shape) &&
        graph.types[constants[0]!]!.shape.length === 2 &&
        constants.every((constant) => graph.hidden.has(constant))
      );
    })
  );
};

/** Tags of a layer's columns, which follow one another from `column`. */
const tagsOf = (plan: ProofPlan, column: number, count: number): readonly number[] =>
  plan.columns.slice(column, column + count).map(({ tags }) => tags[0]!);

const layerBytes = (plan: ProofPlan, layers: readonly Layer[]): readonly Uint8Array[] => {
  let column = 0;
  return layers.map(({ id, constants }) => {
    const { shifts, limbs, quotients } = stagedTie(plan, id);
    const two = quotients.kind === 'clipped';
    const tags = tagsOf(plan, column, (two ? 3 : 1) + limbs.length);
    column += tags.length;
    const [upper, lower, table] = two ? tags : [0, 0, tags[0]];
    const { k, base } = splitOf(quotients);
    const full = limbs.length > 1 ? tags.at(-limbs.length)! : 0;
    const last = limbs.length > 0 ? tags.at(-1)! : 0;
    return concatBytes(
      Uint8Array.of(
        bitsOf(plan.graph.types[id]!.shape[1]!),
        KIND[quotients.kind]!,
        constants.length - 1,
        shifts[0]!,
        k,
      ),
      big(base, 4),
      Uint8Array.of(table!, upper!, lower!, full, last),
    );
  });
};

const tableBytes = (spec: TableSpec): Uint8Array => {
  if (spec.kind === 'range') {
    const { low, high } = spec;
    return concatBytes(Uint8Array.of(0), big(low, 4), big(high - low + 1, 3), new Uint8Array(12));
  }
  const { from, to, offset, low, high } = spec as Extract<TableSpec, { kind: 'clamp' }>;
  // What a clamp does not act on is not said of it.
  const bounds = [Math.max(low, from + offset), Math.min(high, to + offset)];
  return concatBytes(
    Uint8Array.of(1),
    big(from, 4),
    big(to - from + 1, 3),
    big(offset, 4),
    ...bounds.map((bound) => big(bound, 4)),
  );
};

/** Bits of all parts of remainders but the last. */
const limbBits = (plan: ProofPlan, layers: readonly Layer[]): number => {
  const parts = layers.map(({ id }) => stagedTie(plan, id).limbs.map(({ bits }) => bits[0]!));
  return Math.max(1, ...parts.flat());
};

/**
 * The key of a program; whoever holds its architecture derives it, and believes no other: a key that was made otherwise says
 * nothing.
 * Problems: `proof.unsupported` for programs that no contract checks proofs of.
 */
export const chainKey = async (architecture: Architecture): Promise<Result<Uint8Array>> => {
  const { graph, proofs } = architecture;
  if (proofs !== 0) {
    const next = 'Commit to the constants with `proofs: 0`: they are then bound, and not hidden.';
    return unsupported('proofs', 'A contract checks no proofs that hide.', next, '0');
  }
  const made = await planned(graph, { hideInput: false, proofs });
  if (!made.ok) return made;
  const plan = made.value;
  const layers = layersOf(graph);
  if (layers === null || !fits(plan, layers)) {
    const message = 'The program is no chain of small layers.';
    const next =
      'Use matrices, biases, shifts and clamps alone, on one row, all sizes powers of two, constants in the order of the layers.';
    const limit = `${CHAIN_LIMITS.layers} layers of 2^${CHAIN_LIMITS.widthVars} values, tables of 2^${CHAIN_LIMITS.tableVars} rows`;
    return unsupported('nodes', message, next, limit);
  }
  const { dtype, shape, low, high } = graph.inputs[0]!;
  return ok(
    concatBytes(
      architecture.id,
      architecture.weights,
      planDigest(plan),
      Uint8Array.of(plan.rowVars, DTYPE_CODE[dtype]),
      big(low, 4),
      big(high, 4),
      Uint8Array.of(DTYPE_CODE[graph.types.at(-1)!.dtype], layers.length, plan.tables.length),
      Uint8Array.of(limbBits(plan, layers), bitsOf(shape[1]!)),
      ...layerBytes(plan, layers),
      ...plan.tables.map(({ spec }) => tableBytes(spec)),
    ),
  );
};

/** What a run names as its program on the proof route: it commits to the key, and so to the architecture and the constants. */
export const chainProgramId = (key: Uint8Array): Uint8Array => sha256(concatBytes(TAG, key));
