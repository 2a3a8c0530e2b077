import assert from 'node:assert/strict';
import { test } from 'node:test';
import { together } from './together.ts';

test('every item gets its own answer, in few calls', async () => {
  const sizes: number[] = [];
  const double = together(async (items: readonly number[]) => {
    sizes.push(items.length);
    await new Promise(setImmediate);
    return items.map((item) => 2 * item);
  }, 40);
  const first = double(1);
  await new Promise(setImmediate);
  const rest = Array.from({ length: 100 }, (_, n) => double(n));
  assert.equal(await first, 2);
  assert.deepEqual(
    await Promise.all(rest),
    rest.map((_, n) => 2 * n),
  );
  assert.deepEqual(sizes, [1, 40, 40, 20]);
  assert.equal(await double(7), 14);
});

test('a failure fails its call and not the next', async () => {
  let calls = 0;
  const flaky = together(async (items: readonly number[]) => {
    calls += 1;
    if (calls === 1) throw new TypeError('away');
    return items;
  });
  await assert.rejects(flaky(1), /away/);
  assert.equal(await flaky(2), 2);
});
