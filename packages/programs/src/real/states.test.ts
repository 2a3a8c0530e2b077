import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { RealBuilder } from './build.ts';
import type { RealGraph } from './graph.ts';
import { unroll, withStates } from './states.ts';

/** `sum = x + past`, and another shape beside it. */
const adder = (): RealGraph => {
  const b = new RealBuilder();
  const x = b.input('x', [2], 'real');
  const past = b.input('past', [2], 'real');
  const sum = b.node({ op: 'affine', x: [x, past], c: [1, 1], d: 0 }, 'real', 'sum');
  const most = b.node({ op: 'reduce_max', x: sum }, 'real', 'most');
  return b.finish([
    { name: 'sum', value: sum },
    { name: 'most', value: most },
  ]);
};

test('sequences carry their states from zero on, each its own, however long', () => {
  const graph = unwrap(withStates(adder(), [{ input: 'past', output: 'sum' }]));
  const step = (a: number, b: number) => ({ x: Float64Array.of(a, b) });
  const filled = unroll(graph, [[step(1, 2), step(10, 20), step(100, 200)], [], [step(5, 5)]]);
  assert.deepEqual(
    filled.map(({ x, past }) => [[...x!], [...past!]]),
    [
      [
        [1, 2],
        [0, 0],
      ],
      [
        [10, 20],
        [1, 2],
      ],
      [
        [100, 200],
        [11, 22],
      ],
      [
        [5, 5],
        [0, 0],
      ],
    ],
  );
});

test('pairs that cannot be a state are refused by name', () => {
  const refused = (...states: [string, string][]): string => {
    const made = withStates(
      adder(),
      states.map(([input, output]) => ({ input, output })),
    );
    return made.ok ? 'accepted' : made.problem.message;
  };
  assert.equal(refused(['past', 'sum']), 'accepted');
  assert.match(refused(['future', 'sum']), /no input future/);
  assert.match(refused(['past', 'total']), /no output total/);
  assert.match(refused(['past', 'most']), /most is real \[\], past is real \[2\]/);
  assert.match(refused(['past', 'sum'], ['x', 'sum']), /repeats a name/);
});
