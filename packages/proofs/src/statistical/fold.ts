/**
 * Folding the weights of a program by random elements: the one work that grows with the weights, once a model or once a batch.
 * An element is four signed bytes, so the kernels' own products of bytes do it, a dozen times as fast as a loop here; weights of
 * i16, and what the proof of bounds does not let through, are folded by that loop.
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
import { element, foldRows, P } from './field.ts';
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

/** The elements that fold matrix `i`: of `matmul` all of them for each, of `conv` those of its group. */
const ownOf = (form: Linear, r: Float64Array, { rows }: Matrices, i: number): Float64Array =>
  form.op === 'matmul' ? r : r.subarray(i * rows, (i + 1) * rows);

/** What random elements make of weights that are at hand. */
export const foldHere = (form: Linear, w: Tensor, r: Float64Array): Float64Array[] => {
  const matrices = matricesOf(form, w);
  const { count, rows, width } = matrices;
  return Array.from({ length: count }, (_, i) => {
    const out = new Float64Array(width);
    const values = w.values as Int8Array;
    foldRows(ownOf(form, r, matrices, i), { values, from: i * rows * width, width, step: width }, out);
    return out;
  });
};

export const weightsOf = (form: Linear): number => (form.op === 'matmul' ? form.b : form.w);

const BYTES = 4;

/** Signed bytes of an element, lowest first: what stands for it lies in −2^30 .. 2^30, so the highest has room. */
const bytesOf = (x: number, out: Int8Array, at: number, step: number): void => {
  let rest = x > P / 2 ? x - P : x;
  for (let i = 0; i < BYTES; i++) {
    const digit = ((rest + 128) & 255) - 128;
    out[at + i * step] = digit;
    rest = (rest - digit) / 256;
  }
};

/** The elements that four sums of bytes, lowest first, come to. */
const joined = (sums: Int32Array, at: number, width: number): Float64Array => {
  const out = new Float64Array(width);
  for (let k = 0; k < width; k++) {
    const [a, b, c, d] = [at + k, at + width + k, at + 2 * width + k, at + 3 * width + k];
    out[k] = element(element(sums[d]! * 65_536 + sums[c]! * 256 + sums[b]!) * 256 + sums[a]!);
  }
  return out;
};

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

/** A program of products of bytes with the transposed weights of some nodes. */
const foldProgram = ({ program }: Parts, nodes: readonly Folded[], vectors: number): Program => {
  const constants = nodes.map(({ form }) => program.constants[weightsOf(form) - program.inputs.length]!);
  const shapes = nodes.map(({ form }, i) => matricesOf(form, constants[i]!));
  return {
    inputs: shapes.map(({ count, rows }, i) => {
      const shape = [count, BYTES * vectors, rows];
      return { name: `${i}`, dtype: 'i8', shape, low: -128, high: 127, encoding: UNIT };
    }),
    constants: shapes.map((matrices, i) => ({
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

const constantOf = ({ program }: Parts, { form }: Folded) => program.constants[weightsOf(form) - program.inputs.length];

/** Whether the kernels fold the weights of a node: bytes, in columns so short that sums of products of bytes stay in range. */
const inKernels = (parts: Parts, folded: Folded): boolean => {
  const constant = constantOf(parts, folded);
  return constant?.dtype === 'i8' && matricesOf(folded.form, constant).rows * 2 ** 14 <= I32_MAX;
};

/** Nodes of one program, with its engine for each number of vectors. */
class Group {
  private readonly engines = new Map<number, Promise<Engine | null>>();
  readonly nodes: readonly Folded[];
  private readonly parts: Parts;
  private readonly machine: Machine;

  constructor(parts: Parts, nodes: readonly Folded[], machine: Machine) {
    this.parts = parts;
    this.nodes = nodes;
    this.machine = machine;
  }

  private engine(vectors: number): Promise<Engine | null> {
    const known = this.engines.get(vectors);
    if (known !== undefined) return known;
    const make = async (): Promise<Engine | null> => {
      const checked = unwrap(checkProgram(foldProgram(this.parts, this.nodes, vectors)));
      const made = await createEngine(checked, { machine: this.machine });
      // Without the memory for it the weights are folded where they are.
      return made.ok ? made.value : null;
    };
    const made = make();
    this.engines.set(vectors, made);
    return made;
  }

  /** @param drawn of each of its nodes, each vector's elements */
  async fold(drawn: readonly (readonly Float64Array[])[]): Promise<Float64Array[][][] | null> {
    const vectors = drawn[0]!.length;
    const engine = await this.engine(vectors);
    if (engine === null) return null;
    const inputs = this.nodes.map((folded, i): Tensor => {
      const matrices = matricesOf(folded.form, constantOf(this.parts, folded)!);
      const { count, rows } = matrices;
      const shape = [count, BYTES * vectors, rows];
      const values = new Int8Array(count * BYTES * vectors * rows);
      for (let m = 0; m < count; m++) {
        for (const [v, r] of drawn[i]!.entries()) {
          const own = ownOf(folded.form, r, matrices, m);
          const at = (m * vectors + v) * BYTES * rows;
          for (let n = 0; n < rows; n++) bytesOf(own[n]!, values, at + n, rows);
        }
      }
      return { dtype: 'i8', shape, values };
    });
    const { outputs } = unwrap(await engine.run(inputs));
    return this.nodes.map((folded, i) => {
      const { count, width } = matricesOf(folded.form, constantOf(this.parts, folded)!);
      const sums = outputs[i]!.values as Int32Array;
      return drawn[i]!.map((_, v) =>
        Array.from({ length: count }, (_, m) => joined(sums, (m * vectors + v) * BYTES * width, width)),
      );
    });
  }
}

/**
 * What folds the weights of a program's folded nodes.
 * @param machine whose memory takes the transposed weights
 */
export const createFold = (parts: Parts, machine: Machine) => {
  const quick = parts.folded.filter((folded) => inKernels(parts, folded));
  const groups = Array.from(
    { length: Math.ceil(quick.length / LIMITS.ports) },
    (_, i) => new Group(parts, quick.slice(i * LIMITS.ports, (i + 1) * LIMITS.ports), machine),
  );
  const place = new Map(parts.folded.map((folded, i) => [folded, i]));
  /** @param drawn of each folded node, each vector's elements; gives null for weights that change from run to run */
  return async (drawn: readonly (readonly Float64Array[])[]): Promise<(readonly Float64Array[][] | null)[]> => {
    const done: (readonly Float64Array[][] | null)[] = parts.folded.map(() => null);
    for (const group of groups) {
      const at = group.nodes.map((folded) => place.get(folded)!);
      const given = await group.fold(at.map((i) => drawn[i]!));
      if (given !== null) for (const [n, i] of at.entries()) done[i] = given[n]!;
    }
    return parts.folded.map((folded, i) => {
      const constant = constantOf(parts, folded);
      if (done[i] !== null || constant === undefined) return done[i]!;
      const { dtype, shape } = constant;
      const w = { dtype, shape, values: constant.read() };
      return drawn[i]!.map((r) => foldHere(folded.form, w, r));
    });
  };
};
