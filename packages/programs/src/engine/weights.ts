/** Constants in the kernels' memory: as they are, in tiles, or as vectors of a node's channels. Read one at a time. */
import { type Problem, SuretyError } from '@surety/core';
import type { CheckedProgram } from '../check.ts';
import type { Node, ValueId } from '../program.ts';
import { DTYPE_CODE, type Dtype, elements, type Shape, type Values } from '../tensor.ts';
import { release } from '../transient.ts';
import type { Kernels } from './kernels.ts';
import { bytesOf } from './operation.ts';
import { tileBytes } from './products.ts';
import { biasOf, type Layout, type Uses, weightsOf } from './uses.ts';

export type Vectors = { readonly bias: number; readonly mult: number };

/** Addresses of everything that no run changes. */
export type ConstantLayout = {
  /** Of constants read as they are. */
  readonly plain: ReadonlyMap<ValueId, number>;
  /** Of packed weights, by node; nodes that share weights and layout share memory. */
  readonly packed: ReadonlyMap<number, number>;
  readonly vectors: ReadonlyMap<number, Vectors>;
  readonly end: number;
  /** Bytes of the largest constant, which lies in the memory once more while it is packed. */
  readonly largest: number;
};

const ALIGN = 64;

const packedBytes = (layout: Layout, dtype: Dtype): number =>
  layout.kind === 'taps'
    ? layout.taps * roundUp(layout.channels, 8) * 2
    : layout.groups * tileBytes(dtype, layout.n, layout.k);

const roundUp = (n: number, to: number): number => Math.ceil(n / to) * to;

/** Groups and channels of a group, of a node with weights. */
const channelsOf = (program: CheckedProgram, node: Node): { readonly groups: number; readonly n: number } => {
  const shape = program.types[weightsOf(node)!]!.shape;
  if (node.form.op === 'conv') return { groups: node.form.groups, n: shape[0]! / node.form.groups };
  return { groups: 1, n: shape.at(-2)! };
};

/** A vector of channels has its tiles filled up, group by group; of depthwise `conv` all groups are one. */
const vectorLength = (program: CheckedProgram, node: Node, layout: Layout | undefined): number => {
  const { groups, n } = channelsOf(program, node);
  return layout?.kind === 'taps' ? roundUp(groups * n, 8) : groups * roundUp(n, 8);
};

export const layoutConstants = (program: CheckedProgram, uses: Uses, start: number): ConstantLayout => {
  let end = start;
  const reserve = (bytes: number): number => {
    const at = end;
    end += roundUp(bytes, ALIGN);
    return at;
  };
  const plain = new Map([...uses.plain].map((id) => [id, reserve(bytesOf(program.types[id]!))]));
  const packed = new Map<number, number>();
  const vectors = new Map<number, Vectors>();
  const known = new Map<string, number>();
  for (const [i, node] of program.nodes.entries()) {
    const weights = weightsOf(node);
    if (weights === null) continue;
    const layout = uses.layouts.get(i);
    if (layout !== undefined) {
      const key = `${weights} ${JSON.stringify(layout)}`;
      const at = known.get(key) ?? reserve(packedBytes(layout, program.types[weights]!.dtype));
      known.set(key, at);
      packed.set(i, at);
    }
    const bytes = vectorLength(program, node, layout) * 4;
    vectors.set(i, { bias: reserve(bytes), mult: reserve(bytes) });
  }
  const sizes = program.constants.map((constant) => bytesOf(constant));
  return { plain, packed, vectors, end, largest: roundUp(Math.max(0, ...sizes), ALIGN) };
};

const copyIn = (memory: WebAssembly.Memory, at: number, values: Values): void => {
  new Uint8Array(memory.buffer, at, values.byteLength).set(
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
};

const pack = (kernels: Kernels, layout: Layout, dtype: Dtype, target: number, source: number): void => {
  if (layout.kind === 'taps') {
    kernels.packDepthwise(target, source, DTYPE_CODE[dtype], layout.channels, layout.taps);
    return;
  }
  const { groups, n, k } = layout;
  for (let g = 0; g < groups; g++) {
    const from = source + g * n * k * (dtype === 'i8' ? 1 : 2);
    kernels.packTiles(target + g * tileBytes(dtype, n, k), from, DTYPE_CODE[dtype], n, k);
  }
};

/** The two vectors of a node: bias + r and 2^(30 − s) of each channel. */
const writeVectors = (
  program: CheckedProgram,
  node: Node,
  layout: Layout | undefined,
  at: Vectors,
  memory: WebAssembly.Memory,
): void => {
  const length = vectorLength(program, node, layout);
  const bias = new Int32Array(memory.buffer, at.bias, length).fill(0);
  const mult = new Int32Array(memory.buffer, at.mult, length).fill(0);
  const inputs = program.inputs.length;
  const constant = (id: ValueId | null): Values | null =>
    id === null || id < inputs ? null : (program.constants[id - inputs]?.read() ?? null);
  const biases = constant(biasOf(node));
  const { shift } = node.stage!;
  const shifts = typeof shift === 'number' ? null : constant(shift.constant);
  const { groups, n } = channelsOf(program, node);
  const step = layout?.kind === 'taps' ? n : roundUp(n, 8);
  for (let channel = 0; channel < groups * n; channel++) {
    const to = Math.floor(channel / n) * step + (channel % n);
    const s = shifts === null ? (shift as number) : shifts[channel]!;
    bias[to] = (biases?.[channel] ?? 0) + (s === 0 ? 0 : 2 ** (s - 1));
    mult[to] = 2 ** (30 - s);
  }
};

/** A constant is read when it is wanted, by whoever gave the program. */
const changedLength = (position: number, shape: Shape, length: number): Problem => ({
  code: 'program.invalid',
  message: `Constant ${position} was checked with ${elements(shape)} values, and now reads as ${length}.`,
  next: 'Give constants that read the same each time.',
  field: `constants[${position}]`,
  value: `${length} values`,
  limit: `${elements(shape)} values`,
});

/**
 * Fills the memory.
 * @throws {SuretyError} `program.invalid` for a constant that reads otherwise than when it was checked
 * @param temporary an address behind which the largest constant fits
 */
export const writeConstants = (
  program: CheckedProgram,
  uses: Uses,
  layout: ConstantLayout,
  kernels: Kernels,
  memory: WebAssembly.Memory,
  temporary: number,
): void => {
  const users = new Map<ValueId, number[]>();
  for (const [i] of layout.packed) {
    const id = weightsOf(program.nodes[i]!)!;
    users.set(id, [...(users.get(id) ?? []), i]);
  }
  for (const [position, { read, dtype, shape }] of program.constants.entries()) {
    const id = program.inputs.length + position;
    const nodes = users.get(id) ?? [];
    const plain = layout.plain.get(id);
    if (nodes.length === 0 && plain === undefined) continue;
    const source = plain ?? temporary;
    const values = read();
    if (values.length !== elements(shape)) throw new SuretyError(changedLength(position, shape, values.length));
    copyIn(memory, source, values);
    release(values);
    const done = new Set<number>();
    for (const i of nodes) {
      const target = layout.packed.get(i)!;
      if (done.has(target)) continue;
      done.add(target);
      pack(kernels, uses.layouts.get(i)!, dtype, target, source);
    }
  }
  for (const [i, at] of layout.vectors) writeVectors(program, program.nodes[i]!, uses.layouts.get(i), at, memory);
};
