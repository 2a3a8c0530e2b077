import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { Random } from '../test/random.ts';
import { resultShape, touchesNothing } from './shapes.ts';

/** Whether some window meets no element, tried one by one. */
const tried = (
  size: number,
  before: number,
  count: number,
  kernel: number,
  stride: number,
  dilation: number,
): boolean =>
  Array.from({ length: count }, (_, i) => i * stride - before).some(
    (start) => !Array.from({ length: kernel }, (_, k) => start + k * dilation).some((at) => at >= 0 && at < size),
  );

test('windows wholly in the padding are found as by trying each', () => {
  const random = new Random(1);
  let found = 0;
  for (let i = 0; i < 20_000; i++) {
    const [size, kernel, stride, dilation] = [random.int(1, 9), random.int(1, 6), random.int(1, 6), random.int(1, 14)];
    const [before, count] = [random.int(0, 20), random.int(1, 12)];
    const expected = tried(size, before, count, kernel, stride, dilation);
    const given = [size, before, count, kernel, stride, dilation] as const;
    assert.equal(touchesNothing(...given), expected, `${given}`);
    if (expected) found++;
  }
  assert.ok(found > 2_000 && found < 18_000);
});

test('windows by the billion are judged without trying each', () => {
  const most = 2 ** 30 - 1;
  const window = { kernel: [most, 1], strides: [1, 1], dilations: [1, 1], pads: [most, 0, most, 0] } as const;
  const shape = resultShape({ op: 'max_pool', x: 0, ...window }, () => [1, 1, 1, 1]);
  assert.equal(!shape.ok && shape.problem.code, 'program.invalid');
  assert.equal(touchesNothing(2 ** 27, 2 ** 29, 2 ** 28, 2 ** 29, 1, 2 ** 27 + 1), true);
  assert.equal(touchesNothing(2 ** 27, 2 ** 29, 2 ** 28, 2 ** 29, 1, 2 ** 27), false);
});

test('a window has no more positions than a tensor has elements, so that 32 bits count its segments', () => {
  const pool = (size: number) => {
    const window = { kernel: [size, 2 ** 14], strides: [1, 1], dilations: [1, 1] } as const;
    const pads = [size - 1, 2 ** 14 - 1, 0, 0] as const;
    return resultShape({ op: 'max_pool', x: 0, ...window, pads }, () => [1, 1, 1, 1]);
  };
  assert.deepEqual(unwrap(pool(2 ** 14)), [1, 1, 1, 1]);
  const more = pool(2 ** 14 + 1);
  assert.equal(!more.ok && more.problem.limit, `${2 ** 28} positions`);
});
