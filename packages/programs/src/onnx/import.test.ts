import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ModelSpec, modelBytes, type TensorSpec } from '../../training/onnx-writer.ts';
import { evaluateGraph } from '../real/evaluate.ts';
import { bytesSource } from '../source.ts';
import { type ImportOptions, importOnnx } from './import.ts';

const read = (spec: ModelSpec, options: ImportOptions = {}) => importOnnx(bytesSource(modelBytes(spec)), options);

const ports = (...names: readonly string[]) => names.map((name) => ({ name, shape: [2, 3] }));

const relu = { op: 'Relu', inputs: ['x'], outputs: ['y'] };

const simple: ModelSpec = { nodes: [relu], inputs: ports('x'), outputs: ports('y') };

/** The code and message of the first problem. */
const refused = (spec: ModelSpec, options: ImportOptions = {}): string => {
  const result = read(spec, options);
  assert.ok(!result.ok, 'it was imported');
  assert.ok(result.problem.next.length > 0 && result.problem.field !== undefined);
  return `${result.problem.code}: ${result.problem.message}`;
};

test('a model becomes a graph that computes what the model says', () => {
  const weights: TensorSpec = { name: 'w', dims: [3, 2], floats: [1, 2, 3, 4, 5, 6] };
  const result = read(
    {
      nodes: [
        { op: 'MatMul', inputs: ['x', 'w'], outputs: ['h'] },
        { op: 'Relu', inputs: ['h'], outputs: ['y'] },
      ],
      inputs: [{ name: 'x', shape: ['batch', 3] }],
      outputs: [{ name: 'y', shape: ['batch', 2] }],
      initializers: [weights],
    },
    { dimensions: { batch: 2 } },
  );
  assert.ok(result.ok);
  assert.deepEqual(result.operators, { MatMul: 1, Relu: 1 });
  assert.equal(result.parameters, 6);
  const [out] = evaluateGraph(result.graph, [{ x: Float64Array.of(1, 0, 0, -1, -1, 1) }]);
  assert.deepEqual([...out!.y!.values], [1, 2, 1, 0]);
});

test('everything unsupported is listed at once, and what could be bound', () => {
  const result = read({
    nodes: [
      { op: 'Loop', inputs: ['x'], outputs: ['a'], name: 'first' },
      { op: 'Reshape', inputs: ['x', 'shape'], outputs: ['b'] },
      { op: 'Gelu', inputs: ['a'], outputs: ['c'], domain: 'com.example' },
    ],
    inputs: [...ports('x'), { name: 'shape', shape: [1], type: 7 }],
    outputs: ports('b', 'c'),
  });
  assert.ok(!result.ok);
  assert.deepEqual(
    result.problems.map(({ field }) => field),
    ['node first (Loop)', 'node Reshape (b) (Reshape)', 'node Gelu (c) (Gelu)'],
  );
  assert.deepEqual(result.bind, ['shape']);
});

test('a name in the options that the model does not know is refused', () => {
  const open: ModelSpec = { ...simple, inputs: [{ name: 'x', shape: ['n', 3] }] };
  assert.match(refused(open, { dimensions: { n: 2, m: 2 } }), /no open dimension m$|no open dimension m\./);
  assert.match(refused(simple, { dimensions: { n: 2 } }), /model\.unsupported: The model has no open dimension n/);
  const w: TensorSpec = { name: 'w', dims: [1], floats: [1] };
  const read = () => Float32Array.of(1);
  assert.match(
    refused({ ...simple, initializers: [w] }, { constants: { z: { name: 'z', type: 'float', shape: [1], read } } }),
    /The model has no input z/,
  );
});

test('hostile structure is refused with a code that names it', () => {
  const big = { name: 'w', dims: [2 ** 31, 2 ** 31], raw: new Uint8Array(8) };
  const cases: readonly (readonly [string, ModelSpec])[] = [
    [
      'model.malformed: node Relu (y) (Relu) reads z, which nothing makes',
      { ...simple, nodes: [{ ...relu, inputs: ['z'] }] },
    ],
    [
      'is made only later',
      {
        ...simple,
        nodes: [
          { ...relu, inputs: ['b'] },
          { op: 'Abs', inputs: ['y'], outputs: ['b'] },
        ],
      },
    ],
    ['makes y, which exists already', { ...simple, nodes: [relu, relu] }],
    [
      'model.malformed: Two weights are named "w"',
      {
        ...simple,
        initializers: [
          { name: 'w', dims: [1], floats: [1] },
          { name: 'w', dims: [1], floats: [1] },
        ],
      },
    ],
    ['model.too-large', { ...simple, initializers: [big] }],
    [
      'model.malformed: tensor w has a dimension of -1',
      { ...simple, initializers: [{ name: 'w', dims: [-1], floats: [1] }] },
    ],
    ['tensor w has 4 bytes of 8', { ...simple, initializers: [{ name: 'w', dims: [2], raw: new Uint8Array(4) }] }],
    ['weight w holds NaN at 1', { ...simple, initializers: [{ name: 'w', dims: [2], floats: [1, Number.NaN] }] }],
    ['model.unsupported: The model is of operator set 99', { ...simple, opset: 99 }],
    ['model.unsupported: The model is of ONNX format version 99', { ...simple, ir: 99 }],
    ['model.too-large: input x has', { ...simple, inputs: [{ name: 'x', shape: [1_000_000, 1_000_000] }] }],
    ['has a dimension of -5', { ...simple, inputs: [{ name: 'x', shape: [-5] }] }],
    ['has an open dimension n', { ...simple, inputs: [{ name: 'x', shape: ['n'] }] }],
    ['is a string', { ...simple, inputs: [{ name: 'x', shape: [1], type: 8 }] }],
    ['at most 4096 are taken', { ...simple, nodes: [{ ...relu, name: 'n'.repeat(5000) }] }],
    ['tensor w is of string', { ...simple, initializers: [{ name: 'w', dims: [1], type: 8 }] }],
    [
      'mixes float and int64',
      {
        ...simple,
        nodes: [{ op: 'Add', inputs: ['x', 'i'], outputs: ['y'] }],
        initializers: [{ name: 'i', dims: [1], type: 7, ints: [1] }],
      },
    ],
    [
      'takes Exp of int64',
      {
        ...simple,
        nodes: [{ op: 'Exp', inputs: ['i'], outputs: ['y'] }],
        initializers: [{ name: 'i', dims: [1], type: 7, ints: [1] }],
      },
    ],
    [
      'by Infinity leaves the type',
      {
        ...simple,
        nodes: [{ op: 'Div', inputs: ['x', 'w'], outputs: ['y'] }],
        initializers: [{ name: 'w', dims: [1], floats: [0] }],
      },
    ],
    ['tensor w has no data', { ...simple, initializers: [{ name: 'w', dims: [200_000_000] }] }],
  ];
  for (const [want, spec] of cases) {
    const got = refused(spec);
    assert.ok(got.includes(want), `${got} instead of ${want}`);
  }
  assert.match(
    refused({ ...simple, nodes: [{ op: 'MatMul', inputs: ['x', 'x'], outputs: ['y'] }] }),
    /node MatMul \(y\)/,
  );
});

test('external data comes from plain names below the folder only', () => {
  const external = (location: string, more: Record<string, string> = {}): ModelSpec => ({
    ...simple,
    nodes: [{ op: 'Add', inputs: ['x', 'w'], outputs: ['y'] }],
    initializers: [{ name: 'w', dims: [3], external: { location, ...more } }],
  });
  const data = new Uint8Array(Float32Array.of(9, 1, 2, 3).buffer);
  const asked: string[] = [];
  const open = (path: string) => {
    asked.push(path);
    return bytesSource(data);
  };
  const good = read(external('weights/a.bin', { offset: '4', length: '12' }), { external: open });
  assert.ok(good.ok);
  const [out] = evaluateGraph(good.graph, [{ x: new Float64Array(6) }]);
  assert.deepEqual([...out!.y!.values], [1, 2, 3, 1, 2, 3]);
  for (const path of ['../a', '/etc/passwd', 'a/../../b', 'C:\\a', 'a\\..\\b', '', 'a//b', 'a/./b', 'a\u0000b']) {
    assert.match(refused(external(path), { external: open }), /^model\.malformed: .* outside the model's folder/);
  }
  assert.match(refused(external('a', { offset: '8' }), { external: open }), /needs 12 bytes of a and names 8/);
  assert.match(refused(external('a', { offset: '4', length: '99' }), { external: open }), /reaches beyond the end/);
  assert.match(refused(external('a')), /^model\.unsupported: tensor w keeps its data in another file/);
  assert.deepEqual([...new Set(asked)], ['weights/a.bin', 'a']);
});

test('weights are read when they are needed, in place', () => {
  const bytes = modelBytes({
    nodes: [{ op: 'MatMul', inputs: ['x', 'w'], outputs: ['y'] }],
    inputs: [{ name: 'x', shape: [1, 1000] }],
    outputs: [{ name: 'y', shape: [1, 1000] }],
    initializers: [{ name: 'w', dims: [1000, 1000], raw: new Uint8Array(4_000_000) }],
  });
  let longest = 0;
  let total = 0;
  const source = {
    size: bytes.length,
    read: (offset: number, length: number) => {
      assert.ok(offset >= 0 && length >= 0 && offset + length <= bytes.length);
      longest = Math.max(longest, length);
      total += length;
      return bytes.subarray(offset, offset + length);
    },
  };
  const result = importOnnx(source);
  assert.ok(result.ok);
  // Once to look for NaN, and the messages around it.
  assert.equal(longest, 4_000_000);
  assert.ok(total < 4_500_000, `${total} bytes were read`);
  const before = total;
  evaluateGraph(result.graph, [{ x: new Float64Array(1000) }]);
  assert.equal(total - before, 4_000_000);
});

test('minus infinity in a mask takes no part in a softmax, and is refused elsewhere', () => {
  const mask: TensorSpec = { name: 'm', dims: [3], floats: [0, Number.NEGATIVE_INFINITY, 0] };
  const masked: ModelSpec = {
    nodes: [
      { op: 'Add', inputs: ['x', 'm'], outputs: ['s'] },
      { op: 'Softmax', inputs: ['s'], outputs: ['y'] },
    ],
    inputs: [{ name: 'x', shape: [1, 3] }],
    outputs: [{ name: 'y', shape: [1, 3] }],
    initializers: [mask],
  };
  const result = read(masked);
  assert.ok(result.ok);
  const [out] = evaluateGraph(result.graph, [{ x: Float64Array.of(1, 5, 1) }]);
  assert.deepEqual(
    [...out!.y!.values].map((v) => Math.round(v * 1e9) / 1e9),
    [0.5, 0, 0.5],
  );
  const { nodes } = masked;
  assert.match(refused({ ...masked, nodes: [nodes[0]!, { ...nodes[1]!, op: 'Tanh' }] }), /operand 0 is minus infinity/);
  assert.match(refused({ ...masked, nodes: [{ ...nodes[0]!, outputs: ['y'] }] }), /output y is minus infinity/);
});
