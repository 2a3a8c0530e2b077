/** The Solidity library and spec 12.7 are one function: over programs made here, and over the shared vectors. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { encode, to0x, utf8 } from '@surety/core';
import {
  type Constant,
  chunksOf,
  hiddenOf,
  interfaceOf,
  listId,
  type Ports,
  programOf,
  tensorOf,
  traceId,
  treeOf,
} from './commit.ts';
import { openHarness } from './harness.ts';

const harness = await openHarness();
after(() => harness.close());

/** Bytes that differ from place to place. */
const bytes = (length: number, salt = 0): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8) * 7 + salt) & 255);
const constant = (dtype: number, dims: readonly number[], salt = 0): Constant => ({
  dtype,
  dims,
  bytes: bytes(
    dims.reduce((product, size) => product * size, 2 ** (dtype - 1)),
    salt,
  ),
});

const CONSTANTS = [
  constant(1, [3, 1500]),
  constant(3, []),
  constant(2, [2, 3, 100]),
  constant(1, [2, 1024]),
  constant(1, [40, 1]),
  constant(3, [257], 5),
];
const HEADER = encode({ type: 'surety/program/v1', inputs: [], outputs: [] });
const NODES = Array.from({ length: 5 }, (_, i) => bytes(30 + i, i));
const PORTS: Ports = {
  inputs: [
    { dtype: 1, dims: [3, 2], low: -128, high: 127 },
    { dtype: 3, dims: [], low: 0, high: 9 },
  ],
  outputs: [4, 0],
  states: [{ input: 1, output: 0 }],
};
const program = programOf(HEADER, PORTS, NODES, CONSTANTS);
const PARTS = {
  inputs: PORTS.inputs.length,
  nodes: NODES.length,
  graphRoot: to0x(program.graph.root),
  constants: CONSTANTS.length,
  constantsRoot: to0x(program.all.root),
};
const ID = to0x(program.id);
const hexes = (list: readonly Uint8Array[]): readonly string[] => list.map(to0x);

test('a program made by the specification has the same id, header, interface, nodes and constants', async () => {
  assert.equal(await harness.call('programId', PARTS), ID);
  assert.equal(await harness.call('isHeader', ID, PARTS, to0x(HEADER), hexes(await program.graph.proof(0))), true);
  const second = hexes(await program.graph.proof(1));
  assert.equal(await harness.call('isInterface', ID, PARTS, to0x(interfaceOf(PORTS)), second), true);
  for (const [i, node] of NODES.entries()) {
    const proof = hexes(await program.graph.proof(i + 2));
    assert.equal(await harness.call('isNode', ID, PARTS, i, to0x(node), proof), true);
  }
  for (const [i, { root }] of program.tensors.entries()) {
    const proof = hexes(await program.all.proof(i));
    assert.equal(await harness.call('isConstant', ID, PARTS, i, to0x(root), proof), true);
  }
});

test('a program without constants has the empty tree', async () => {
  const bare = programOf(HEADER, PORTS, NODES, []);
  const parts = { ...PARTS, constants: 0, constantsRoot: to0x(bare.all.root) };
  assert.equal(await harness.call('programId', parts), to0x(bare.id));
});

test('every chunk of every constant opens to the id, and lies where the layout says', async () => {
  for (const [c, one] of CONSTANTS.entries()) {
    const { chunks } = program.tensors[c]!;
    const constantProof = hexes(await program.all.proof(c));
    const type = { dtype: one.dtype, dims: one.dims };
    let start = 0;
    for (const [chunk, data] of chunksOf(one).entries()) {
      const span = [BigInt(chunks.size), BigInt(start), BigInt(data.length)];
      assert.deepEqual(await harness.call('chunkSpan', type, BigInt(chunk)), span);
      const chunkProof = hexes(await chunks.proof(chunk));
      const chunksRoot = to0x(chunks.root);
      const place = { constantIndex: c, chunk: BigInt(chunk), chunksRoot, chunkProof, constantProof };
      assert.equal(await harness.call('isChunkOf', ID, PARTS, type, place, to0x(data)), true, `${c} ${chunk}`);
      start += data.length;
    }
    assert.equal(start, one.bytes.length);
  }
});

test('lists of tensors, traces and hiding names are those of the specification', async () => {
  const tensors = program.tensors.map(({ root }) => root);
  const tree = treeOf(tensors);
  const list = to0x(listId(tree));
  const parts = { program: ID, inputs: list, nodes: tensors.length, root: to0x(tree.root) };
  const trace = to0x(traceId(program.id, listId(tree), tree));
  assert.equal(await harness.call('listId', tree.size, to0x(tree.root)), list);
  assert.equal(await harness.call('traceId', parts), trace);
  for (const [i, root] of tensors.entries()) {
    const proof = hexes(await tree.proof(i));
    assert.equal(await harness.call('isInList', list, tree.size, to0x(tree.root), i, to0x(root), proof), true);
    assert.equal(await harness.call('isInTrace', trace, parts, i, to0x(root), proof), true);
  }
  const salt = bytes(32, 9);
  assert.equal(await harness.call('hidden', to0x(salt), ID), to0x(hiddenOf(salt, program.id)));
});

type Dtype = 'i8' | 'i16' | 'i32';
type Written = { readonly dtype: Dtype; readonly shape: readonly number[]; readonly values: string };
type Vectors = {
  readonly programs: readonly {
    readonly file: string;
    readonly constantRoots: readonly string[];
    readonly id: string;
    readonly interface: string;
    readonly inputs: readonly Written[];
    readonly inputsRoot: string;
    readonly nodeRoots: readonly string[];
    readonly traceRoot: string;
  }[];
  readonly tensors: readonly (Written & {
    readonly root: string;
    readonly openings: readonly { readonly index: number; readonly chunk: string; readonly path: readonly string[] }[];
  })[];
  readonly hiding: { readonly salt: string; readonly hidden: string; readonly name: string };
};
const vectors = JSON.parse(readFileSync(new URL('../../../vectors/program.json', import.meta.url), 'utf8')) as Vectors;

type Header = {
  readonly inputs: readonly {
    readonly dtype: Dtype;
    readonly shape: number[];
    readonly low: number;
    readonly high: number;
  }[];
  readonly constants: readonly { readonly dtype: Dtype; readonly shape: number[] }[];
  readonly outputs: readonly { readonly value: number }[];
  readonly states: readonly { readonly input: number; readonly output: number }[];
};

const CODE = { i8: 1, i16: 2, i32: 3 } as const;
const fromHex = (text: string): Uint8Array => Buffer.from(text, 'hex');
const constantOf = ({ dtype, shape, values }: Written): Constant => ({
  dtype: CODE[dtype],
  dims: shape,
  bytes: fromHex(values),
});

/** Header, interface, nodes and constants of a program's file (spec 12.8). */
const partsOf = (file: Buffer) => {
  const headerEnd = 12 + file.readUInt32BE(8);
  const header = file.subarray(12, headerEnd);
  const nodes: Uint8Array[] = [];
  let next = headerEnd + 4;
  for (let left = file.readUInt32BE(headerEnd); left > 0; left--) {
    const end = next + 2 + file.readUInt16BE(next);
    nodes.push(file.subarray(next + 2, end));
    next = end;
  }
  const types = JSON.parse(header.toString()) as Header;
  const ports: Ports = {
    inputs: types.inputs.map(({ dtype, shape, ...range }) => ({ dtype: CODE[dtype], dims: shape, ...range })),
    outputs: types.outputs.map(({ value }) => value),
    states: types.states,
  };
  const constants = types.constants.map(({ dtype, shape }): Constant => {
    const start = next;
    next += shape.reduce((product, size) => product * size, 2 ** (CODE[dtype] - 1));
    return { dtype: CODE[dtype], dims: shape, bytes: file.subarray(start, next) };
  });
  assert.equal(next, file.length);
  return { header, ports, nodes, constants };
};

test('vectors/program.json: ids, interfaces, nodes and constants of every program', async () => {
  for (const { file, id, constantRoots, interface: wanted } of vectors.programs) {
    const { header, ports, nodes, constants } = partsOf(Buffer.from(file, 'hex'));
    const built = programOf(header, ports, nodes, constants);
    const parts = {
      inputs: ports.inputs.length,
      nodes: nodes.length,
      graphRoot: to0x(built.graph.root),
      constants: constants.length,
      constantsRoot: to0x(built.all.root),
    };
    assert.equal(await harness.call('programId', parts), `0x${id}`);
    assert.equal(to0x(interfaceOf(ports)), `0x${wanted}`);
    const second = hexes(await built.graph.proof(1));
    assert.equal(await harness.call('isInterface', `0x${id}`, parts, to0x(interfaceOf(ports)), second), true);
    for (const [i, node] of nodes.entries()) {
      const proof = hexes(await built.graph.proof(i + 2));
      assert.equal(await harness.call('isNode', `0x${id}`, parts, i, to0x(node), proof), true);
    }
    for (const [i, root] of constantRoots.entries()) {
      const { dtype, dims } = constants[i]!;
      assert.equal(await harness.call('tensorRoot', { dtype, dims }, to0x(built.tensors[i]!.chunks.root)), `0x${root}`);
      const proof = hexes(await built.all.proof(i));
      assert.equal(await harness.call('isConstant', `0x${id}`, parts, i, `0x${root}`, proof), true);
    }
  }
});

test('vectors/program.json: inputs, traces and hiding names', async () => {
  for (const { id, inputs, inputsRoot, nodeRoots, traceRoot } of vectors.programs) {
    const list = treeOf(inputs.map((input) => tensorOf(constantOf(input)).root));
    assert.equal(await harness.call('listId', list.size, to0x(list.root)), `0x${inputsRoot}`);
    const values = treeOf(nodeRoots.map(fromHex));
    const parts = { program: `0x${id}`, inputs: `0x${inputsRoot}`, nodes: values.size, root: to0x(values.root) };
    const last = values.size - 1;
    const proof = hexes(await values.proof(last));
    assert.equal(await harness.call('isInTrace', `0x${traceRoot}`, parts, last, `0x${nodeRoots[last]}`, proof), true);
  }
  const { salt, hidden, name } = vectors.hiding;
  assert.equal(await harness.call('hidden', `0x${salt}`, `0x${hidden}`), `0x${name}`);
});

test('vectors/program.json: opened chunks', async () => {
  for (const { root, openings, ...written } of vectors.tensors) {
    const one = constantOf(written);
    const { id, all, graph, tensors } = programOf(HEADER, PORTS, [], [one]);
    const [constantsRoot, chunksRoot] = [to0x(all.root), to0x(tensors[0]!.chunks.root)];
    assert.equal(to0x(tensors[0]!.root), `0x${root}`);
    const parts = { ...PARTS, nodes: 0, graphRoot: to0x(graph.root), constants: 1, constantsRoot };
    const type = { dtype: one.dtype, dims: one.dims };
    for (const { index, chunk, path } of openings) {
      const chunkProof = path.map((step) => `0x${step}`);
      const place = { constantIndex: 0, chunk: BigInt(index), chunksRoot, chunkProof, constantProof: [] };
      assert.equal(await harness.call('isChunkOf', to0x(id), parts, type, place, `0x${chunk}`), true);
    }
  }
});

test('text as a node is no header', async () => {
  const proof = hexes(await program.graph.proof(2));
  assert.equal(await harness.call('isHeader', ID, PARTS, to0x(utf8('x')), proof), false);
});
