/**
 * Freivalds' check of one linear node (spec 19.3): what it reads and its exact sums, both folded by the same random elements,
 * have to come to the same.
 */
import { type CheckedProgram, DTYPE_BYTES, elements, type Tensor, type TensorType, valueBytes } from '@surety/programs';
import { convFits } from './conv.ts';
import { elementsOf, innerWide, P } from './field.ts';
import { foldHere, matricesOf, weightsOf } from './fold.ts';
import { type Key, type NodeKey, placeWeights, weightWords } from './key.ts';
import { type Lanes, placeRecords, RESERVED_BYTES, SLACK_BYTES, up } from './lanes.ts';
import type { PackedRecord } from './record.ts';
import type { Staged } from './stage.ts';

type Get = (id: number) => Tensor;

/** Records whose folded nodes are staged, and what else the runs read that they are about. */
export type Cases = {
  readonly records: readonly PackedRecord[];
  readonly staged: Staged;
  /** Null where the record is wrong already. */
  readonly values: readonly (Get | null)[];
};

/** Where the operands of some runs lie: the first, and bytes from one to the next. */
type Operands = { readonly at: number; readonly size: number; readonly type: TensorType };

/** A node's key with what changes from run to run folded too. */
export type Filled = {
  readonly node: NodeKey;
  readonly drawn: Key['drawn'];
  /** Address of the folded weights. */
  readonly weights: number;
  /** `Σ r · bias` of each vector. */
  readonly bias: readonly number[];
  /** First free byte of the kernels' memory. */
  readonly free: number;
};

/** @param free first free byte of the kernels' memory */
const filled = (lanes: Lanes, { drawn, vectors }: Key, node: NodeKey, get: Get, free: number): Filled => {
  const { folded, weightType, checks } = node;
  const { form } = folded;
  const bias = checks.map(({ bias: known }, v) => {
    return known ?? innerWide(elementsOf(drawn[v]!.r), get(form.bias!).values as Int32Array);
  });
  if (checks[0]!.weights !== null) {
    return { node, drawn, weights: RESERVED_BYTES + 4 * node.weights.at, bias, free };
  }
  const w = get(weightsOf(form));
  const matrices = form.op === 'matmul' ? matricesOf(form, weightType).count : 1;
  const count = matrices * vectors * weightWords(form, weightType);
  const end = up(free + 4 * count);
  lanes.reserve(end);
  lanes.words.fill(0, free / 4, free / 4 + count);
  const folds = drawn.map(({ r }) => foldHere(form, w, r));
  placeWeights(form, weightType, folds, lanes.words, free / 4);
  return { node, drawn, weights: free, bias, free: end };
};

/** Whether keys are the same for all runs. */
const isFixed = ({ checks }: NodeKey): boolean => checks[0]!.weights !== null && checks[0]!.bias !== null;

/** Of each of some runs the first row whose sums do not fit, or -1. @param sums address of the first run's */
const wrongRows = (
  lanes: Lanes,
  { at, size, type }: Operands,
  runs: number,
  sums: number,
  stride: number,
  { node, drawn, weights, bias, free }: Filled,
): number[] => {
  const { folded, weightType } = node;
  const { shape } = folded.type;
  const vectors = drawn.length;
  const [k, n] = [type.shape.at(-1)!, shape.at(-1)!];
  const bytes = DTYPE_BYTES[type.dtype];
  const rows = size / (k * bytes);
  const total = 4 * runs * rows * vectors;
  lanes.reserve(free + 2 * total);
  const { innerRows } = lanes.kernels;
  const r = RESERVED_BYTES + 4 * node.r.at;
  innerRows(free, sums, stride, folded.bytes, runs, rows, n, r, 4 * node.r.step, vectors);
  // One matrix for all rows, or one for each leading index.
  const step = 4 * node.weights.step;
  const { count } = matricesOf(folded.form, weightType);
  const each = count === 1 ? runs * rows : shape.at(-2)!;
  for (let row = 0, m = 0; row < runs * rows; row += each, m = (m + 1) % count) {
    const [to, from] = [free + total + 4 * row * vectors, at + row * k * bytes];
    innerRows(to, from, 0, bytes, 1, each, k, weights + m * vectors * step, step, vectors);
  }
  const { words } = lanes;
  const [given, wanted] = [free / 4, (free + total) / 4];
  const wrong: number[] = [];
  for (let run = 0, i = 0; run < runs; run++) {
    let first = -1;
    for (let row = 0; row < rows; row++) {
      for (let v = 0; v < vectors; v++, i++) {
        const whole = words[wanted + i]! + bias[v]!;
        if (first < 0 && words[given + i] !== (whole >= P ? whole - P : whole)) first = row;
      }
    }
    wrong.push(first);
  }
  return wrong;
};

/** Where the sums of a node do not fit what it reads; a row where one can be named. */
export type Misfit = { readonly node: number; readonly row: number | null };

/** Of each record the first node whose sums are not what its operands give; null where every check agrees. */
export const misfitsOf = (
  lanes: Lanes,
  { types }: CheckedProgram,
  key: Key,
  { records, staged, values }: Cases,
): (Misfit | null)[] => {
  const misfits = records.map((): Misfit | null => null);
  const { at, stride, offsets } = placeRecords(lanes, records);
  const placeOf = new Map(key.nodes.map(({ folded }, i) => [folded.id, i]));
  /** Values by number, of all runs: where they were staged, or put there. */
  const operandsOf = (id: number): Operands & { readonly free: number } => {
    const type = types[id]!;
    const i = placeOf.get(id);
    if (i !== undefined) return { ...staged.places[i]!, type, free: staged.end };
    const size = elements(type.shape) * DTYPE_BYTES[type.dtype];
    const free = up(staged.end + records.length * size + SLACK_BYTES);
    lanes.reserve(free);
    for (const [run, value] of values.entries()) {
      if (value !== null) lanes.bytes.set(valueBytes(value(id).values), staged.end + run * size);
    }
    return { at: staged.end, size, type, free };
  };
  for (const [i, node] of key.nodes.entries()) {
    const { form, node: number } = node.folded;
    const sums = at + offsets[i]!;
    const { free, ...operands } = operandsOf(form.op === 'conv' ? form.x : form.a);
    const any = values.find((value) => value !== null);
    if (form.op === 'matmul' && isFixed(node) && any != null) {
      const own = filled(lanes, key, node, any, free);
      const rows = wrongRows(lanes, operands, records.length, sums, stride, own);
      for (const [run, row] of rows.entries()) if (row >= 0) misfits[run] ??= { node: number, row };
      continue;
    }
    for (const [run, value] of values.entries()) {
      if (value === null) continue;
      const own = filled(lanes, key, node, value, free);
      const [here, operand] = [sums + run * stride, operands.at + run * operands.size];
      if (form.op === 'conv') {
        if (!convFits(lanes, form, { type: operands.type, at: operand }, here, own))
          misfits[run] ??= { node: number, row: null };
        continue;
      }
      const row = wrongRows(lanes, { ...operands, at: operand }, 1, here, stride, own)[0]!;
      if (row >= 0) misfits[run] ??= { node: number, row };
    }
  }
  return misfits;
};
