import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compileKernels, KERNELS_FILE } from './kernels.ts';

test('the committed kernels are what their sources compile to', async () => {
  assert.equal(readFileSync(KERNELS_FILE, 'utf8'), await compileKernels());
});
