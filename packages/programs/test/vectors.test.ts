import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { concatBytes, fromHex, toHex, unwrap } from '@surety/core';
import {
  allocate,
  bytesSource,
  commitProgram,
  createEngine,
  type Dtype,
  decodeInterface,
  elements,
  encodeInterface,
  hiding,
  listRoot,
  openChunk,
  readProgram,
  type Tensor,
  tensorRoot,
  traceRoot,
  valueBytes,
  verifyOpening,
  writeProgram,
} from '../src/index.ts';

type Written = { readonly dtype: Dtype; readonly shape: readonly number[]; readonly values: string };

const vectors = JSON.parse(readFileSync(new URL('../../../vectors/program.json', import.meta.url), 'utf8'));
const bytes = (hex: string): Uint8Array => unwrap(fromHex(hex));

const read = ({ dtype, shape, values: hex }: Written): Tensor => {
  const values = allocate(dtype, elements(shape));
  valueBytes(values).set(bytes(hex));
  return { dtype, shape, values };
};

test('programs of the vectors: file, id, run and trace', async () => {
  const operators = new Set<string>();
  for (const vector of vectors.programs) {
    const program = unwrap(readProgram(bytesSource(bytes(vector.file))));
    for (const { form } of program.nodes) operators.add(form.op);
    assert.equal(toHex(concatBytes(...writeProgram(program))), vector.file);
    const { id, constants } = commitProgram(program);
    assert.equal(toHex(id), vector.id);
    assert.equal(toHex(encodeInterface(program)), vector.interface);
    const ports = decodeInterface(bytes(vector.interface));
    assert.deepEqual(
      ports?.inputs,
      program.inputs.map(({ dtype, shape, low, high }) => ({ dtype, shape, low, high })),
    );
    assert.deepEqual(constants.map(toHex), vector.constantRoots);
    const inputs = vector.inputs.map(read);
    const engine = unwrap(await createEngine(program));
    const { outputs, trace } = unwrap(await engine.run(inputs, { trace: true }));
    assert.deepEqual(outputs, vector.outputs.map(read));
    assert.equal(toHex(listRoot(outputs)), vector.outputsRoot);
    const nodes = program.nodes.map((_, node) => trace!.nodeRoot(node));
    assert.deepEqual(nodes.map(toHex), vector.nodeRoots);
    assert.equal(toHex(listRoot(inputs)), vector.inputsRoot);
    assert.equal(toHex(traceRoot(id, listRoot(inputs), nodes)), vector.traceRoot);
  }
  assert.equal(operators.size, 15);
});

test('tensors of the vectors: root, openings, hiding', async () => {
  for (const vector of vectors.tensors) {
    const value = read(vector);
    assert.equal(toHex(tensorRoot(value)), vector.root);
    for (const { index, chunk, path } of vector.openings) {
      const opening = await openChunk(value, index);
      assert.deepEqual({ chunk: toHex(opening.chunk), path: opening.path.map(toHex) }, { chunk, path });
      assert.ok(verifyOpening(value, bytes(vector.root), opening).ok);
    }
  }
  const { salt, hidden, name } = vectors.hiding;
  assert.equal(toHex(hiding(bytes(salt), bytes(hidden))), name);
});
