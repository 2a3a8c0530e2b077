/**
 * Folding the weights of a program by random elements: the one work that grows with the weights, once a model or once a batch.
 * An element is two to four signed digits, so the kernels' own products of small integers do it, a dozen times as fast as a loop
 * here; weights of i16, and what the proof of bounds does not let through, are folded by that loop.
 */
import { unwrap } from '@surety/core';
import {
  checkProgram,
  createEngine,
  type Engine,
  I32_MAX,
  LIMITS,
  type Machine,
  type Program,
  type Tensor,
  type TensorType,
} from '@surety/programs';
import { DIGITS, type Digits, digitsOf, joined } from './digits.ts';
import { foldRows } from './field.ts';
import type { Folded, Linear, Parts } from './parts.ts';

/** Weights as matrices whose rows are folded: one for each leading index of b, or for each group of a `conv`. */
export type Matrices = { readonly count: number; readonly rows: number; readonly width: number };

export const matricesOf = (form: Linear, { shape }: TensorType): Matrices => {
  const size = shape.reduce((product, n) => product * n, 1);
  if (form.op === 'matmul') {
    const [rows, width] = [shape.at(-2)!, shape.at(-1)!];
    return { count: size / (rows * width), rows, width };
  }
  const rows = shape[0]! / form.groups;
  return { count: form.groups, rows, width: size / shape[0]! };
};

/** The elements that fold matrix `i`: of `matmul` the first for each, of `conv` those of its group. */
const ownOf = (form: Linear, r: Float64Array, { rows }: Matrices, i: number): Float64Array => {
  const from = form.op === 'matmul' ? 0 : i * rows;
  return r.subarray(from, from + rows);
};

/** What random elements make of weights that are at hand. */
export const foldHere = (form: Linear, w: Tensor, r: Float64Array): Uint32Array[] => {
  const matrices = matricesOf(form, w);
  const { count, rows, width } = matrices;
  return Array.from({ length: count }, (_, i) => {
    const out = new Float64Array(width);
    const values = w.values as Int8Array;
    foldRows(ownOf(form, r, matrices, i), { values, from: i * rows * width, width, step: width }, out);
    return Uint32Array.from(out);
  });
};

export const weightsOf = (form: Linear): number => (form.op === 'matmul' ? form.b : form.w);

/** `[count, width, rows]` of `[count, rows, width]`. */
const transposed = (values: Int8Array, { count, rows, width }: Matrices): Int8Array => {
  const out = new Int8Array(values.length);
  for (let m = 0; m < count; m++) {
    const from = m * rows * width;
    for (let n = 0; n < rows; n++) {
      for (let k = 0; k < width; k++) out[from + k * rows + n] = values[from + n * width + k]!;
    }
  }
  return out;
};

const UNIT = { mantissa: 1, exponent: 0 };

const constantOf = ({ program }: Parts, { form }: Folded) => program.constants[weightsOf(form) - program.inputs.length];

/** A node that the kernels fold. */
type Quick = { readonly folded: Folded; readonly place: number; readonly digits: Digits; readonly matrices: Matrices };

/** How the kernels fold the weights of a node, if they do: bytes whose sums of products with digits stay in range. */
const quickOf = (parts: Parts, folded: Folded, place: number): Quick[] => {
  const constant = constantOf(parts, folded);
  if (constant?.dtype !== 'i8') return [];
  const matrices = matricesOf(folded.form, constant);
  const { count, rows, width } = matrices;
  const values = constant.read();
  const sums = new Float64Array(count * width);
  for (let m = 0, at = 0; m < count; m++) {
    for (let n = 0; n < rows; n++) {
      for (let k = m * width; k < (m + 1) * width; k++, at++) sums[k] = sums[k]! + Math.abs(values[at]!);
    }
  }
  const most = sums.reduce((a, b) => Math.max(a, b), 0);
  const digits = DIGITS.find(({ bits }) => most * 2 ** (bits - 1) <= I32_MAX);
  return digits === undefined ? [] : [{ folded, place, digits, matrices }];
};

/** A program of products of digits with the transposed weights of some nodes. */
const foldProgram = (parts: Parts, nodes: readonly Quick[], vectors: number): Program => {
  const constants = nodes.map(({ folded }) => constantOf(parts, folded)!);
  return {
    inputs: nodes.map(({ digits: { bits, count: each }, matrices: { count, rows } }, i) => {
      const [shape, half] = [[count, each * vectors, rows], 2 ** (bits - 1)];
      return { name: `${i}`, dtype: 'i16', shape, low: -half, high: half - 1, encoding: UNIT };
    }),
    constants: nodes.map(({ matrices }, i) => ({
      dtype: 'i8',
      shape: [matrices.count, matrices.width, matrices.rows],
      read: () => transposed(constants[i]!.read() as Int8Array, matrices),
    })),
    nodes: nodes.map((_, i) => ({
      form: { op: 'matmul', a: i, b: nodes.length + i, bias: null },
      dtype: 'i32',
      stage: { shift: 0, low: -I32_MAX, high: I32_MAX },
    })),
    outputs: nodes.map((_, i) => ({ name: `${i}`, value: 2 * nodes.length + i, encoding: UNIT })),
    states: [],
  };
};

/** Folded weights of one node: of each vector each matrix. */
type Weights = readonly (readonly Uint32Array[])[];

/** What folds the weights of nodes in one program; null without the memory for it. */
type FoldGroup = (drawn: readonly Float64Array[]) => Promise<readonly Weights[] | null>;

const createGroup = (parts: Parts, nodes: readonly Quick[], machine: Machine): FoldGroup => {
  const engines = new Map<number, Promise<Engine | null>>();
  const make = async (vectors: number): Promise<Engine | null> => {
    const checked = unwrap(checkProgram(foldProgram(parts, nodes, vectors)));
    const made = await createEngine(checked, { machine });
    return made.ok ? made.value : null;
  };
  return async (drawn) => {
    const vectors = drawn.length;
    const engine = await (engines.get(vectors) ?? engines.set(vectors, make(vectors)).get(vectors)!);
    if (engine === null) return null;
    const used = new Set(nodes.map(({ digits }) => digits));
    const cut = new Map([...used].map((digits) => [digits, drawn.flatMap((elements) => digitsOf(elements, digits))]));
    const inputs = nodes.map(({ folded, digits, matrices }): Tensor => {
      const { count, rows } = matrices;
      const shape = [count, digits.count * vectors, rows];
      const values = new Int16Array(count * digits.count * vectors * rows);
      let at = 0;
      for (let m = 0; m < count; m++) {
        const from = folded.form.op === 'matmul' ? 0 : m * rows;
        for (const row of cut.get(digits)!) {
          values.set(row.subarray(from, from + rows), at);
          at += rows;
        }
      }
      return { dtype: 'i16', shape, values };
    });
    const { outputs } = unwrap(await engine.run(inputs));
    return nodes.map(({ digits, matrices: { count, width } }, i): Weights => {
      const sums = outputs[i]!.values as Int32Array;
      return drawn.map((_, v) =>
        Array.from({ length: count }, (__, m) => joined(sums, (m * vectors + v) * digits.count * width, width, digits)),
      );
    });
  };
};

/**
 * What folds the weights of a program's folded nodes.
 * @param machine whose memory takes the transposed weights
 */
export const createFold = (parts: Parts, machine: Machine) => {
  const quick = parts.folded.flatMap((folded, place) => quickOf(parts, folded, place));
  const groups = Array.from({ length: Math.ceil(quick.length / LIMITS.ports) }, (_, i) => {
    const nodes = quick.slice(i * LIMITS.ports, (i + 1) * LIMITS.ports);
    return { nodes, fold: createGroup(parts, nodes, machine) };
  });
  /** @param drawn each vector's elements, as many as the node of most channels has; gives null for weights that change from run to run */
  return async (drawn: readonly Float64Array[]): Promise<(Weights | null)[]> => {
    const done: (Weights | null)[] = parts.folded.map(() => null);
    for (const { nodes, fold } of groups) {
      const given = await fold(drawn);
      if (given !== null) for (const [n, { place }] of nodes.entries()) done[place] = given[n]!;
    }
    return parts.folded.map((folded, i) => {
      const constant = constantOf(parts, folded);
      if (done[i] !== null || constant === undefined) return done[i]!;
      const { dtype, shape } = constant;
      const w = { dtype, shape, values: constant.read() };
      return drawn.map((r) => foldHere(folded.form, w, r));
    });
  };
};
