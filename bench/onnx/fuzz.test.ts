import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importOnnx } from '../../packages/programs/src/onnx/import.ts';
import { bytesSource } from '../../packages/programs/src/source.ts';
import { altered, damaged, fuzzOnnx } from './fuzz.ts';
import { SEEDS } from './seeds.ts';

test('the models that fuzzing starts from are imported', () => {
  for (const model of SEEDS) {
    const result = importOnnx(bytesSource(model));
    assert.ok(result.ok, result.ok ? '' : result.problems.map(({ message }) => message).join('\n'));
  }
});

const clock = (): number => performance.now();

test('damaged models are imported or refused by name', () => {
  const report = fuzzOnnx(damaged(SEEDS), { seed: 1, count: 2000, clock });
  assert.deepEqual(report.failures, []);
  assert.ok(report.imported > 0 && Object.keys(report.codes).length >= 2, JSON.stringify(report));
});

test('models that mean something else are imported or refused by name', () => {
  const report = fuzzOnnx(altered, { seed: 1, count: 2000, clock });
  assert.deepEqual(report.failures, []);
  assert.ok(report.imported > 100 && Object.keys(report.codes).length === 3, JSON.stringify(report));
});
