import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compileKernels, KERNEL_PACKAGES, kernelsFile } from './kernels.ts';

for (const name of KERNEL_PACKAGES) {
  test(`the committed kernels of ${name} are what their sources compile to`, async () => {
    assert.equal(readFileSync(kernelsFile(name), 'utf8'), await compileKernels(name));
  });
}
