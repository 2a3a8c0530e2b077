import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startNodeThread } from '../src/engine/node-threads.ts';
import { Machine } from '../src/index.ts';
import { conform } from './conformance.ts';
import { randomProgram } from './random-program.ts';

const SEEDS = 300;

test('random programs: the kernels give the bytes of the reference, on one thread and on three', async () => {
  const single = await Machine.create();
  const threads = await Machine.create({ threads: 3, startThread: startNodeThread });
  const tiers = [
    { name: 'one thread', machine: single },
    { name: 'three threads', machine: threads },
  ];
  for (let seed = 0; seed < SEEDS; seed++) assert.equal(await conform(tiers, seed), null);
  await threads.close();
});

test('the random programs cover every operator, and none is empty', () => {
  const seen = new Map<string, number>();
  for (let seed = 0; seed < SEEDS; seed++) {
    for (const { form } of randomProgram(seed).nodes) seen.set(form.op, (seen.get(form.op) ?? 0) + 1);
  }
  assert.equal(seen.size, 15);
  for (const [op, count] of seen) assert.ok(count >= 20, `${op} occurs ${count} times`);
});
