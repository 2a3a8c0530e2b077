/** The tables are those that their script draws, and the commands of the page run one after the other. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { TABLES } from './draw-loans.ts';

const ROOT = join(import.meta.dirname, '../..');

test('the committed tables are those that are drawn', () => {
  for (const [name, text] of Object.entries(TABLES)) {
    assert.equal(readFileSync(join(import.meta.dirname, name), 'utf8'), text, name);
  }
});

test('a training is committed to, proved and checked by the commands of the page', () => {
  const page = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const commands = [...page.matchAll(/^\.\/surety (.+)$/gm)].map(([, command]) => command!);
  assert.equal(commands.length, 5);
  const cwd = mkdtempSync(join(tmpdir(), 'surety-training-'));
  symlinkSync(join(ROOT, 'examples'), join(cwd, 'examples'));
  const main = ['--disable-warning=ExperimentalWarning', join(ROOT, 'packages/cli/src/main.ts')];
  const env = { SURETY_HOME: join(cwd, '.surety') };
  const outputs = commands.map((command) => {
    const done = spawnSync(process.execPath, [...main, ...command.split(' ')], { cwd, encoding: 'utf8', env });
    assert.equal(done.status, 0, `${command}: ${done.stdout}${done.stderr}`);
    return done.stdout;
  });
  assert.match(outputs[3]!, /128 samples in 4 batches of 32: 63 of class 0, 65 of class 1/);
  assert.match(outputs[4]!, /class 1 for \d+ of 30 in group 0 .* and \d+ of 30 in group 1/);
  assert.match(outputs[4]!, /Not held against a root that you know/);
  assert.ok(existsSync(join(cwd, 'loans.program')));
});
