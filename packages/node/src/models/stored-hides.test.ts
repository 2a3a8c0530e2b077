/** An architecture is stored under the program that follows from it, and says from its first bytes what claims of it hide. */
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { toHex, unwrap } from '@surety/core';
import { commit, publishedArchitecture, stepProgram } from '@surety/proofs/zk';
import { mlpProgram, randomLayers } from '../../../programs/test/networks.ts';
import { storedHides } from './stored-hides.ts';
import { createTasks } from './task.ts';

test('the id of the file is the program of its claims, and what they hide is read from it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'surety-architectures-'));
  const path = (_: string, id: string): string => join(folder, id);
  const run = createTasks();
  const widths = [20, 12];
  const { architecture } = unwrap(await commit(mlpProgram(widths, randomLayers(widths, 1)), { proofs: 2 }));
  for (const hideInput of [false, true]) {
    const id = toHex(unwrap(await stepProgram(architecture, { hideInput })).id);
    writeFileSync(path('architectures', id), publishedArchitecture({ architecture, hideInput }));
    const found = await run({ kind: 'identify', of: 'architectures', path: path('architectures', id) });
    assert.deepEqual(unwrap(found), { id });
    assert.deepEqual(await storedHides({ has: async () => true, path }, id), { proofs: 2, input: hideInput });
  }
  assert.equal(await storedHides({ has: async () => false, path }, 'none'), null);
  const other = path('architectures', 'other');
  writeFileSync(other, Uint8Array.of(2, 1, 1));
  const refused = await run({ kind: 'identify', of: 'architectures', path: other });
  assert.equal(refused.ok ? 'identified' : refused.problem.code, 'proof.malformed');
});
