import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { RealBuilder } from '../real/build.ts';
import type { RealGraph } from '../real/graph.ts';
import { withStates } from '../real/states.ts';
import type { NumericArray } from './npy.ts';
import { labelsOf, samplesIn, samplesOf } from './samples.ts';

const array = (shape: readonly number[], first = 0): NumericArray => {
  const length = shape.reduce((a, b) => a * b, 1);
  return { shape, values: Float64Array.from({ length }, (_, i) => first + i), integer: true };
};

const graph = (): RealGraph => {
  const b = new RealBuilder();
  const x = b.input('x', [1, 3], 'real');
  const k = b.input('k', [1, 3], 'integer');
  const real = b.node({ op: 'affine', x: [k], c: [1], d: 0 }, 'real', 'real');
  return b.finish([{ name: 'y', value: b.node({ op: 'affine', x: [x, real], c: [1, 1], d: 0 }, 'real', 'y') }]);
};

test('the axis of samples is one before the shape, or the first of it', () => {
  assert.deepEqual(
    [
      samplesIn([7, 1, 3], [1, 3]),
      samplesIn([7, 3], [1, 3]),
      samplesIn([8, 3], [4, 3]),
      samplesIn([9, 3], [4, 3]),
      samplesIn([3], [1, 3]),
      samplesIn([7], []),
      samplesIn([], []),
      samplesIn([0, 3], [1, 3]),
    ],
    [7, 7, 2, null, null, 7, 1, 0],
  );
});

test('arrays are cut into samples; none of these has more or fewer inputs than another', () => {
  const read = samplesOf(
    graph(),
    new Map([
      ['x', array([2, 3])],
      ['k', array([2, 1, 3], 10)],
    ]),
  );
  const samples = unwrap(read);
  assert.equal(samples.kind, 'single');
  assert.deepEqual(samples.kind === 'single' && samples.samples.map(({ x, k }) => [[...x!], [...k!]]), [
    [
      [0, 1, 2],
      [10, 11, 12],
    ],
    [
      [3, 4, 5],
      [13, 14, 15],
    ],
  ]);
  const refused = (x: NumericArray, k: NumericArray): string => {
    const made = samplesOf(
      graph(),
      new Map([
        ['x', x],
        ['k', k],
      ]),
    );
    return made.ok ? 'accepted' : `${made.problem.field} ${made.problem.message}`;
  };
  assert.match(refused(array([2, 3]), array([3, 3])), /^samples\.k .*3 samples, others 2/);
  assert.match(refused(array([2, 3]), array([2, 4])), /^samples\.k .*shape \[2, 4\]/);
  assert.match(refused(array([0, 3]), array([0, 3])), /^samples\.x .*shape \[0, 3\]/);
  assert.match(refused(array([1, 3]), array([1, 3], 0.5)), /^samples\.k\[0\] .*0\.5/);
});

test('samples without the states are sequences of steps', () => {
  const b = new RealBuilder();
  const x = b.input('x', [3], 'real');
  const past = b.input('past', [3], 'real');
  const sum = b.node({ op: 'affine', x: [x, past], c: [1, 1], d: 0 }, 'real', 'sum');
  const stated = unwrap(withStates(b.finish([{ name: 'sum', value: sum }]), [{ input: 'past', output: 'sum' }]));
  const read = unwrap(samplesOf(stated, new Map([['x', array([2, 4, 3])]])));
  assert.equal(read.kind, 'sequences');
  assert.deepEqual(read.kind === 'sequences' && read.sequences.map(({ length }) => length), [4, 4]);
  assert.deepEqual(read.kind === 'sequences' && [...read.sequences[1]![0]!.x!], [12, 13, 14]);
  const whole = new Map([
    ['x', array([5, 3])],
    ['past', array([5, 3])],
  ]);
  assert.equal(unwrap(samplesOf(stated, whole)).kind, 'single');
});

test('labels are one for each row of the first output, within its last axis', () => {
  assert.deepEqual([...Array.from(unwrap(labelsOf(graph(), array([2]), 2, 'labels')))], [0, 1]);
  assert.equal(labelsOf(graph(), array([3]), 2, 'labels').ok, false);
  assert.equal(labelsOf(graph(), array([2], 2), 2, 'labels').ok, false, '3 is beyond the last axis');
  assert.equal(labelsOf(graph(), array([2], -1), 2, 'labels').ok, true, '-1 stands for none');
});
