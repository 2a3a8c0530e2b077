import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzzPrograms } from './programs.ts';

test('damaged program files, sample files and numbers are taken soundly or refused by name', () => {
  const report = fuzzPrograms({ seed: 1, count: 4_000 });
  assert.deepEqual(report.failures, []);
  assert.ok(report.accepted > 400, JSON.stringify(report));
  for (const code of ['program.malformed', 'program.invalid', 'program.unbounded', 'input.malformed']) {
    assert.ok(report.codes[code]! > 0, JSON.stringify(report.codes));
  }
});
