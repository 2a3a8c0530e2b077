/**
 * Freivalds' check of one linear node (spec 19.3): what it reads and its exact sums, both folded by the same random elements,
 * have to come to the same.
 */
import { DTYPE_BYTES, type Tensor, valueBytes } from '@surety/programs';
import { convFits } from './conv.ts';
import { elementsOf, innerWide, P } from './field.ts';
import { foldHere, matricesOf, weightsOf } from './fold.ts';
import { type Key, loadKey, type NodeKey, placeWeights, weightWords } from './key.ts';
import { type Lanes, placeRecords, RESERVED_BYTES, SLACK_BYTES, up } from './lanes.ts';
import type { PackedRecord } from './record.ts';

type Get = (id: number) => Tensor;

/** A record, and what the run that it is about reads. */
export type Case = { readonly record: PackedRecord; readonly value: Get };

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

/** Of each case the first row whose sums do not fit, or -1; cases have one key. @param sums address of the first case's */
const wrongRows = (
  lanes: Lanes,
  values: readonly Tensor[],
  sums: number,
  stride: number,
  { node, drawn, weights, bias, free }: Filled,
): number[] => {
  const { folded, weightType } = node;
  const vectors = drawn.length;
  const { shape } = folded.type;
  const a = values[0]!;
  const [k, n, runs] = [a.shape.at(-1)!, shape.at(-1)!, values.length];
  const rows = a.values.length / k;
  const rowBytes = k * DTYPE_BYTES[a.dtype];
  const [out, size] = [up(free + runs * rows * rowBytes + SLACK_BYTES), 4 * runs * rows * vectors];
  lanes.reserve(out + 2 * size);
  const { innerRows } = lanes.kernels;
  const r = RESERVED_BYTES + 4 * node.r.at;
  innerRows(out, sums, stride, folded.bytes, runs, rows, n, r, 4 * node.r.step, vectors);
  for (const [run, tensor] of values.entries()) {
    lanes.bytes.set(valueBytes(tensor.values), free + run * rows * rowBytes);
  }
  // One matrix for all rows, or one for each leading index.
  const step = 4 * node.weights.step;
  const { count } = matricesOf(folded.form, weightType);
  const each = count === 1 ? runs * rows : shape.at(-2)!;
  for (let row = 0, m = 0; row < runs * rows; row += each, m = (m + 1) % count) {
    const [to, from] = [out + size + 4 * row * vectors, free + row * rowBytes];
    innerRows(to, from, 0, DTYPE_BYTES[a.dtype], 1, each, k, weights + m * vectors * step, step, vectors);
  }
  const { words } = lanes;
  const [given, wanted] = [out / 4, (out + size) / 4];
  return values.map((_, run) => {
    for (let row = 0, i = run * rows * vectors; row < rows; row++) {
      for (let v = 0; v < vectors; v++, i++) {
        const whole = words[wanted + i]! + bias[v]!;
        if (words[given + i] !== (whole >= P ? whole - P : whole)) return row;
      }
    }
    return -1;
  });
};

/** Where the sums of a node do not fit what it reads; a row where one can be named. */
export type Misfit = { readonly node: number; readonly row: number | null };

/** Of each record the first node whose sums are not what its operands give; null where every check agrees. */
export const misfitsOf = (lanes: Lanes, key: Key, cases: readonly Case[]): (Misfit | null)[] => {
  const misfits = cases.map((): Misfit | null => null);
  if (cases.length === 0 || key.nodes.length === 0) return misfits;
  loadKey(lanes, key);
  const { at, stride, offsets, end } = placeRecords(
    lanes,
    cases.map(({ record }) => record),
  );
  for (const [i, node] of key.nodes.entries()) {
    const { form, node: number } = node.folded;
    const sums = at + offsets[i]!;
    if (form.op === 'matmul' && isFixed(node)) {
      const all = filled(lanes, key, node, cases[0]!.value, end);
      const rows = wrongRows(
        lanes,
        cases.map(({ value }) => value(form.a)),
        sums,
        stride,
        all,
      );
      for (const [run, row] of rows.entries()) if (row >= 0) misfits[run] ??= { node: number, row };
      continue;
    }
    for (const [run, { value }] of cases.entries()) {
      const own = filled(lanes, key, node, value, end);
      const here = sums + run * stride;
      if (form.op === 'conv') {
        if (!convFits(lanes, form, value(form.x), here, own)) misfits[run] ??= { node: number, row: null };
        continue;
      }
      const row = wrongRows(lanes, [value(form.a)], here, stride, own)[0]!;
      if (row >= 0) misfits[run] ??= { node: number, row };
    }
  }
  return misfits;
};
