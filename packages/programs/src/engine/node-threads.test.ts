import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startNodeThread } from './node-threads.ts';
import type { ThreadData } from './threads.ts';

const DATA = { thread: 1, epoch: 0, spins: 0 } as ThreadData;

test('a thread that ends before it works is a typed failure', async () => {
  await assert.rejects(startNodeThread('process.exit(3);', DATA), {
    code: 'process.start-failed',
    message: /it ended with 3\./,
  });
});
