import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { toIntegers, toReals } from '../encoding.ts';
import type { InputSpec } from '../program.ts';
import { RealBuilder } from '../real/build.ts';
import type { Sample } from '../real/evaluate.ts';
import type { RealGraph } from '../real/graph.ts';
import { runReference } from '../reference.ts';
import { tensor } from '../tensor.ts';
import { calibrate } from './calibrate.ts';
import { INT8, INT16, type Policy } from './policy.ts';
import { quantise } from './quantise.ts';

/** Numbers in −1 .. 1 from a small generator, the same at every run. */
const randoms = (seed: number, length: number): Float32Array => {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  });
};

const encoded = (spec: InputSpec, reals: ArrayLike<number>) =>
  tensor(spec.dtype, spec.shape, toIntegers(reals, spec.encoding, spec).integers);

/** Largest error of the program's outputs over the samples, as a share of the largest output. */
const error = (graph: RealGraph, samples: readonly Sample[], policy: Policy): number => {
  const { observed, outputs } = calibrate(graph, samples);
  const program = unwrap(quantise(graph, observed, { policy }));
  let worst = 0;
  let most = 0;
  samples.forEach((sample, i) => {
    const values = runReference(
      program,
      program.inputs.map((spec) => encoded(spec, sample[spec.name]!)),
    );
    for (const { name, value, encoding } of program.outputs) {
      const expected = outputs[i]![name]!.values;
      toReals(values[value]!.values, encoding).forEach((y, at) => {
        worst = Math.max(worst, Math.abs(y - expected[at]!));
        most = Math.max(most, Math.abs(expected[at]!));
      });
    }
  });
  return worst / most;
};

const samplesOf = (name: string, length: number): Sample[] =>
  Array.from({ length: 8 }, (_, i) => ({ [name]: randoms(7 + i, length) }));

const relu = {
  op: 'unary',
  name: 'relu',
  f: (x: number) => Math.max(x, 0),
  clip: { low: 0, high: Number.POSITIVE_INFINITY },
} as const;

test('a perceptron keeps its outputs within 2 % in int8 and 0.5 % in int16', () => {
  const b = new RealBuilder();
  const x = b.input('x', [1, 32], 'real');
  const w1 = b.constant([48, 32], 'real', randoms(1, 48 * 32), 'w1');
  const b1 = b.constant([48], 'real', randoms(2, 48), 'b1');
  const w2 = b.constant([10, 48], 'real', randoms(3, 480), 'w2');
  const hidden = b.node({ op: 'matmul', a: x, b: w1, bias: b1 }, 'real', 'fc1');
  const active = b.node({ ...relu, x: hidden }, 'real', 'relu');
  const graph = b.finish([{ name: 'y', value: b.node({ op: 'matmul', a: active, b: w2, bias: null }, 'real', 'fc2') }]);
  const samples = samplesOf('x', 32);
  assert.ok(error(graph, samples, INT8) < 0.02, `${error(graph, samples, INT8)}`);
  assert.ok(error(graph, samples, INT16) < 0.005, `${error(graph, samples, INT16)}`);
});

test('softmax and a residual sum stay close', () => {
  const b = new RealBuilder();
  const x = b.input('x', [4, 8], 'real');
  const most = b.node({ op: 'reduce_max', x }, 'real', 'max');
  const column = b.node({ op: 'reshape', x: most, shape: [4, 1] }, 'real', 'column');
  const shifted = b.node({ op: 'affine', x: [x, column], c: [3, -3], d: 0 }, 'real', 'shift');
  const exp = b.node({ op: 'unary', x: shifted, name: 'exp', f: Math.exp }, 'real', 'exp');
  const total = b.node({ op: 'reduce_sum', x: exp }, 'real', 'sum');
  const inverse = b.node({ op: 'unary', x: total, name: 'reciprocal', f: (v) => 1 / v }, 'real', 'inverse');
  const factor = b.node({ op: 'reshape', x: inverse, shape: [4, 1] }, 'real', 'factor');
  const softmax = b.node({ op: 'mul', a: exp, b: factor }, 'real', 'softmax');
  const graph = b.finish([
    { name: 'y', value: b.node({ op: 'affine', x: [softmax, x], c: [1, 0.5], d: 0.25 }, 'real', 'sum') },
  ]);
  const samples = samplesOf('x', 32);
  assert.ok(error(graph, samples, INT8) < 0.01, `${error(graph, samples, INT8)}`);
  assert.ok(error(graph, samples, INT16) < 0.001, `${error(graph, samples, INT16)}`);
});

test('exact integers are never rounded', () => {
  const b = new RealBuilder();
  const x = b.input('x', [6], 'integer');
  const y = b.node({ op: 'affine', x: [x], c: [7], d: -3 }, 'integer', 'y');
  const graph = b.finish([{ name: 'y', value: b.node({ op: 'mul', a: y, b: x }, 'integer', 'z') }]);
  assert.equal(error(graph, [{ x: Float64Array.from([0, 1, -5, 100, 99, -100]) }], INT8), 0);
});
