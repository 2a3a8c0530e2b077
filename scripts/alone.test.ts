import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'surety-alone-'));
after(() => rmSync(folder, { recursive: true }));
const lock = join(folder, 'lock');
const log = join(folder, 'log');
beforeEach(() => writeFileSync(log, ''));

const WORK = `
const fs = require('node:fs');
const { alone } = require(${JSON.stringify(join(import.meta.dirname, 'alone.cjs'))});
const [lock, log, how] = process.argv.slice(1);
alone(lock, (pid) => fs.appendFileSync(log, 'waits\\n'), () => {
  fs.appendFileSync(log, 'in\\n');
  if (how === 'exits') process.exit(69);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  fs.appendFileSync(log, 'out\\n');
});`;

const start = (...args: readonly string[]) => spawn(process.execPath, ['-e', WORK, lock, log, ...args]);
const lines = (): readonly string[] => readFileSync(log, 'utf8').split('\n').slice(0, -1);

test('of processes that start together one works at a time, and the others say once that they wait', async () => {
  const codes = await Promise.all([1, 2, 3].map(async () => (await once(start(), 'exit'))[0]));
  assert.deepEqual(codes, [0, 0, 0]);
  const steps = lines();
  assert.deepEqual(
    steps.filter((line) => line !== 'waits'),
    ['in', 'out', 'in', 'out', 'in', 'out'],
  );
  assert.ok(steps.filter((line) => line === 'waits').length <= 2);
  assert.equal(existsSync(lock), false);
});

test('a lock of a process that is gone is taken over, and one that ends in its work leaves none', () => {
  writeFileSync(lock, String(spawnSync(process.execPath, ['-e', '']).pid));
  const done = spawnSync(process.execPath, ['-e', WORK, lock, log, 'exits']);
  assert.equal(done.status, 69);
  assert.deepEqual(lines(), ['in']);
  assert.equal(existsSync(lock), false);
});
