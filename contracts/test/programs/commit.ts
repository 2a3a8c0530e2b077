/** Spec 12.7 once more, out of core's log functions alone: what the Solidity library is compared with. */
import { createHash } from 'node:crypto';
import {
  appendLeaf,
  type CompleteNode,
  concatBytes,
  EMPTY_FRONTIER,
  frontierRoot,
  leafHash,
  proveInclusion,
  utf8,
} from '@surety/core';

export type TypeOf = { readonly dtype: number; readonly dims: readonly number[] };
export type Constant = TypeOf & { readonly bytes: Uint8Array };

export const uint32 = (value: number): Uint8Array =>
  new Uint8Array([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);

const hash = (tag: string, ...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(
    createHash('sha256')
      .update(concatBytes(utf8(`${tag}\0`), ...parts))
      .digest(),
  );

/** A tree over entries, with its proofs. */
export type Tree = {
  readonly size: number;
  readonly root: Uint8Array;
  readonly proof: (index: number) => Promise<Uint8Array[]>;
};

export const treeOf = (entries: readonly Uint8Array[]): Tree => {
  const nodes = new Map<string, Uint8Array>();
  const keep = ({ level, index, hash: node }: CompleteNode) => nodes.set(`${level}/${index}`, node);
  let frontier = EMPTY_FRONTIER;
  for (const entry of entries) {
    const grown = appendLeaf(frontier, leafHash(entry));
    grown.completed.forEach(keep);
    frontier = grown.frontier;
  }
  const read = (level: number, index: number): Uint8Array => nodes.get(`${level}/${index}`)!;
  const size = entries.length;
  return { size, root: frontierRoot(frontier), proof: (index) => proveInclusion(index, size, read) };
};

/** The chunks of a tensor, one after the other. */
export const chunksOf = ({ dtype, dims, bytes }: Constant): readonly Uint8Array[] => {
  const rowBytes = (dims.at(-1) ?? 1) * 2 ** (dtype - 1);
  const chunks: Uint8Array[] = [];
  if (rowBytes < 1024) {
    const step = Math.floor(1024 / rowBytes) * rowBytes;
    for (let start = 0; start < bytes.length; start += step) chunks.push(bytes.subarray(start, start + step));
    return chunks;
  }
  for (let row = 0; row < bytes.length; row += rowBytes) {
    const end = row + rowBytes;
    for (let start = row; start < end; start += 1024) chunks.push(bytes.subarray(start, Math.min(start + 1024, end)));
  }
  return chunks;
};

export const tensorRoot = ({ dtype, dims }: TypeOf, chunksRoot: Uint8Array): Uint8Array =>
  hash('surety:tensor:v1', new Uint8Array([dtype, dims.length]), ...dims.map(uint32), chunksRoot);

export const tensorOf = (constant: Constant): { readonly chunks: Tree; readonly root: Uint8Array } => {
  const chunks = treeOf(chunksOf(constant));
  return { chunks, root: tensorRoot(constant, chunks.root) };
};

/** What the interface of a program says (spec 12.6). */
export type Ports = {
  readonly inputs: readonly (TypeOf & { readonly low: number; readonly high: number })[];
  /** Values. */
  readonly outputs: readonly number[];
  readonly states: readonly { readonly input: number; readonly output: number }[];
};

export const interfaceOf = ({ inputs, outputs, states }: Ports): Uint8Array =>
  concatBytes(
    new Uint8Array([inputs.length]),
    ...inputs.map(({ dtype, dims, low, high }) =>
      concatBytes(new Uint8Array([dtype, dims.length]), ...[...dims, low, high].map(uint32)),
    ),
    new Uint8Array([outputs.length]),
    ...outputs.map(uint32),
    new Uint8Array([states.length, ...states.flatMap(({ input, output }) => [input, output])]),
  );

export const programOf = (
  header: Uint8Array,
  ports: Ports,
  nodes: readonly Uint8Array[],
  constants: readonly Constant[],
) => {
  const tensors = constants.map(tensorOf);
  const [graph, all] = [treeOf([header, interfaceOf(ports), ...nodes]), treeOf(tensors.map(({ root }) => root))];
  const counts = [ports.inputs.length, nodes.length, constants.length].map(uint32);
  const id = hash('surety:program:v2', counts[0]!, counts[1]!, graph.root, counts[2]!, all.root);
  return { id, graph, all, tensors };
};

export const listId = (tensors: Tree): Uint8Array => hash('surety:tensors:v1', uint32(tensors.size), tensors.root);

export const traceId = (program: Uint8Array, inputs: Uint8Array, values: Tree): Uint8Array =>
  hash('surety:trace:v1', program, inputs, uint32(values.size), values.root);

export const hiddenOf = (salt: Uint8Array, programOrList: Uint8Array): Uint8Array =>
  hash('surety:hidden:v1', salt, programOrList);
