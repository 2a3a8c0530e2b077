import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

test('the gas report is what the committed bytecode costs', () => {
  const script = join(import.meta.dirname, '..', 'scripts', 'gas.ts');
  const done = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  assert.equal(done.status, 0, `${done.stdout}${done.stderr}`);
});
