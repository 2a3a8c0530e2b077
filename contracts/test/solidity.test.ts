/** The Solidity suites (unit, fuzz, invariant) and the committed artefacts, compiled by the npm solc with no download. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

const contracts = join(import.meta.dirname, '..');
const hardhat = join(dirname(createRequire(import.meta.url).resolve('hardhat/package.json')), 'dist/src/cli.js');

const run = (...parameters: readonly string[]): string => {
  const env: NodeJS.ProcessEnv = { ...process.env, HARDHAT_DISABLE_TELEMETRY_PROMPT: 'true', NO_COLOR: '1' };
  // A test runner below another one would report to it instead of printing.
  delete env.NODE_TEST_CONTEXT;
  const done = spawnSync(process.execPath, parameters, { cwd: contracts, env, encoding: 'utf8', maxBuffer: 1 << 26 });
  const output = `${done.stdout}${done.stderr}`;
  assert.equal(done.status, 0, output.slice(-6000));
  return output;
};

test('the committed ABIs and bytecode are what the sources compile to', () => {
  run('scripts/build.ts', '--check', '--tests');
});

test('every Solidity suite passes', (context) => {
  const output = run(hardhat, 'test', 'solidity', '--no-compile');
  const passing = Number(/(\d+) passing/.exec(output)?.[1] ?? 0);
  context.diagnostic(`${passing} Solidity tests`);
  assert.ok(passing >= 260, output.slice(-3000));
});
