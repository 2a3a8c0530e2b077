import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RealBuilder } from './build.ts';
import { evaluateGraph } from './evaluate.ts';

const image = Float64Array.from({ length: 2 * 3 * 4 * 5 }, (_, i) => Math.sin(i));

const channelsLast = (b: RealBuilder, x: number) => b.node({ op: 'transpose', x, perm: [0, 2, 3, 1] }, 'real', 'last');
const channelsFirst = (b: RealBuilder, x: number) =>
  b.node({ op: 'transpose', x, perm: [0, 3, 1, 2] }, 'real', 'first');

test('transposes sink through elementwise forms and cancel', () => {
  const b = new RealBuilder();
  const x = b.input('x', [2, 3, 4, 5], 'real');
  const pool = (y: number) =>
    channelsFirst(
      b,
      b.node(
        {
          op: 'max_pool',
          x: channelsLast(b, y),
          kernel: [2, 2],
          strides: [1, 1],
          dilations: [1, 1],
          pads: [0, 0, 0, 0],
        },
        'real',
        'pool',
      ),
    );
  const bias = b.constant([3, 1, 1], 'real', Float64Array.of(1, 2, 3), 'bias');
  const first = pool(x);
  const sum = b.node({ op: 'affine', x: [first, bias], c: [2, 1], d: 0.5 }, 'real', 'sum');
  const squared = b.node({ op: 'unary', x: sum, name: 'square', f: (v) => v * v }, 'real', 'square');
  const both = b.node({ op: 'concat', x: [squared, first], axis: 1 }, 'real', 'both');
  const graph = b.finish([{ name: 'y', value: pool(both) }]);
  const forms = graph.values.map((value) => (value.kind === 'node' ? value.form.op : value.kind));
  assert.deepEqual(
    forms.filter((op) => op === 'transpose' || op === 'max_pool'),
    ['transpose', 'max_pool', 'max_pool', 'transpose'],
  );

  // The same without the builder's help.
  const at = (n: number, c: number, i: number, j: number) => image[((n * 3 + c) * 4 + i) * 5 + j]!;
  const firstAt = (n: number, c: number, i: number, j: number) =>
    Math.max(at(n, c, i, j), at(n, c, i + 1, j), at(n, c, i, j + 1), at(n, c, i + 1, j + 1));
  const bothAt = (n: number, c: number, i: number, j: number) =>
    c < 3 ? (2 * firstAt(n, c, i, j) + c + 1.5) ** 2 : firstAt(n, c - 3, i, j);
  const [outputs] = evaluateGraph(graph, [{ x: image }]);
  const { y } = outputs!;
  assert.deepEqual(y!.shape, [2, 6, 2, 3]);
  let index = 0;
  for (let n = 0; n < 2; n++)
    for (let c = 0; c < 6; c++)
      for (let i = 0; i < 2; i++)
        for (let j = 0; j < 3; j++) {
          const want = Math.max(
            bothAt(n, c, i, j),
            bothAt(n, c, i + 1, j),
            bothAt(n, c, i, j + 1),
            bothAt(n, c, i + 1, j + 1),
          );
          assert.ok(Math.abs(y!.values[index++]! - want) < 1e-12);
        }
});

test('what depends on constants alone is computed, and equal nodes are one', () => {
  const b = new RealBuilder();
  const x = b.input('x', [2], 'real');
  const two = b.constant([2], 'real', Float64Array.of(2, 3), 'two');
  const six = b.node({ op: 'mul', a: two, b: two }, 'real', 'square');
  assert.deepEqual([...b.known(six)!], [4, 9]);
  const double = () => b.node({ op: 'affine', x: [x, six], c: [2, 1], d: 0 }, 'real', 'double');
  assert.equal(double(), double());
  assert.equal(b.constant([2], 'real', Float64Array.of(4, 9), 'again'), six);
  const graph = b.finish([{ name: 'y', value: double() }]);
  assert.equal(graph.values.length, 3);
  assert.deepEqual([...evaluateGraph(graph, [{ x: Float64Array.of(1, 1) }])[0]!.y!.values], [6, 11]);
});

test('large constants are read when a node needs them, once for all samples', () => {
  const b = new RealBuilder();
  let readings = 0;
  const weights = b.constant(
    [300, 400],
    'real',
    () => {
      readings++;
      return Float32Array.from({ length: 120_000 }, (_, i) => i % 7);
    },
    'weights',
  );
  const turned = b.node({ op: 'transpose', x: weights, perm: [1, 0] }, 'real', 'turned');
  assert.ok(b.isConstant(turned));
  assert.equal(readings, 0);
  const x = b.input('x', [1, 300], 'real');
  const y = b.node({ op: 'matmul', a: x, b: turned, bias: null }, 'real', 'y');
  const graph = b.finish([{ name: 'y', value: y }]);
  const sample = { x: new Float64Array(300).fill(1) };
  const outputs = evaluateGraph(graph, [sample, sample, sample]);
  assert.equal(readings, 1);
  const column = Array.from({ length: 300 }, (_, row) => (row * 400) % 7).reduce((sum, v) => sum + v, 0);
  assert.equal(outputs[2]!.y!.values[0], column);
});

test('transposes of single elements go away, alone and joined', () => {
  const b = new RealBuilder();
  const [x, y] = [b.input('x', [1, 1], 'real'), b.input('y', [1, 1], 'real')];
  const turned = b.node({ op: 'transpose', x, perm: [1, 0] }, 'real', 'turned');
  assert.equal(turned, x);
  const joined = b.node({ op: 'concat', x: [turned, y], axis: 0 }, 'real', 'joined');
  assert.deepEqual(b.shapeOf(joined), [2, 1]);
});
