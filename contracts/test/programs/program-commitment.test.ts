/** The Solidity library and spec 12.7 are one function: over programs made here, and over the shared vectors. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { encode, to0x, utf8 } from '@surety/core';
import { type Constant, chunksOf, hiddenOf, listId, programOf, traceId, treeOf } from './commit.ts';
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
const program = programOf(HEADER, NODES, CONSTANTS);
const PARTS = {
  nodes: NODES.length,
  graphRoot: to0x(program.graph.root),
  constants: CONSTANTS.length,
  constantsRoot: to0x(program.all.root),
};
const ID = to0x(program.id);
const hexes = (list: readonly Uint8Array[]): readonly string[] => list.map(to0x);

test('a program made by the specification has the same id, header, nodes and constants', async () => {
  assert.equal(await harness.call('programId', PARTS), ID);
  assert.equal(await harness.call('isHeader', ID, PARTS, to0x(HEADER), hexes(await program.graph.proof(0))), true);
  for (const [i, node] of NODES.entries()) {
    const proof = hexes(await program.graph.proof(i + 1));
    assert.equal(await harness.call('isNode', ID, PARTS, i, to0x(node), proof), true);
  }
  for (const [i, { root }] of program.tensors.entries()) {
    const proof = hexes(await program.all.proof(i));
    assert.equal(await harness.call('isConstant', ID, PARTS, i, to0x(root), proof), true);
  }
});

test('a program without constants has the empty tree', async () => {
  const bare = programOf(HEADER, NODES, []);
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

type Vectors = {
  readonly programs: readonly {
    readonly header: string;
    readonly nodes: readonly string[];
    readonly constants: readonly {
      readonly dtype: 'i8' | 'i16' | 'i32';
      readonly shape: readonly number[];
      readonly bytesHex: string;
      readonly root: string;
    }[];
    readonly id: string;
  }[];
};
const VECTORS = new URL('../../../vectors/program.json', import.meta.url);
const DTYPE_CODE = { i8: 1, i16: 2, i32: 3 } as const;
const fromHex = (text: string): Uint8Array => Buffer.from(text.replace(/^0x/, ''), 'hex');

test('the shared vectors', { skip: existsSync(VECTORS) ? false : 'n/a: no vectors/program.json yet' }, async () => {
  const { programs } = JSON.parse(readFileSync(VECTORS, 'utf8')) as Vectors;
  assert.ok(programs.length > 0);
  for (const one of programs) {
    const constants = one.constants.map(({ dtype, shape, bytesHex }) => {
      return { dtype: DTYPE_CODE[dtype], dims: shape, bytes: fromHex(bytesHex) };
    });
    const built = programOf(fromHex(one.header), one.nodes.map(fromHex), constants);
    for (const [c, { root }] of one.constants.entries()) {
      const { dtype, dims } = constants[c]!;
      const chunksRoot = to0x(built.tensors[c]!.chunks.root);
      assert.equal(await harness.call('tensorRoot', { dtype, dims }, chunksRoot), to0x(fromHex(root)));
    }
    const parts = {
      nodes: one.nodes.length,
      graphRoot: to0x(built.graph.root),
      constants: constants.length,
      constantsRoot: to0x(built.all.root),
    };
    assert.equal(await harness.call('programId', parts), to0x(fromHex(one.id)));
  }
});

test('text as a node is no header', async () => {
  const proof = hexes(await program.graph.proof(1));
  assert.equal(await harness.call('isHeader', ID, PARTS, to0x(utf8('x')), proof), false);
});
