import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ModelVersion } from '@surety/sdk/page';
import { barsOf, topOf } from './drift-scale.ts';

const version = (over: Partial<ModelVersion>): ModelVersion => ({
  publicationId: 'ab'.repeat(32),
  version: 1,
  status: 'open',
  commitment: { kind: 'open', program: 'cd'.repeat(32) },
  revealBy: null,
  bondMicroUsd: '0',
  heldMicroUsd: '0',
  program: 'cd'.repeat(32),
  probes: null,
  bundle: null,
  publishedAt: 1,
  revealedAt: null,
  overdueAt: null,
  drift: null,
  ...over,
});

const measured = {
  kind: 'measured',
  probes: 2_000,
  argmaxChanged: 1,
  meanAbsolute: '0.0125',
  maxAbsolute: '1.5',
  values: 10,
  clamped: 0,
} as const;
const drifted = (result: NonNullable<ModelVersion['drift']>['result']) => ({
  from: 1,
  probes: 'ee'.repeat(32),
  result,
  at: 2,
});

test('each step has its value, or says why it has none', () => {
  const versions = [
    version({}),
    version({ version: 2, status: 'hidden', program: null }),
    version({ version: 3, drift: drifted(measured) }),
    version({ version: 4, drift: drifted({ ...measured, argmaxChanged: null }) }),
    version({ version: 5, drift: drifted({ kind: 'not-comparable', reason: 'Other outputs.' }) }),
    version({ version: 6 }),
  ];
  assert.deepEqual(
    barsOf(versions, 'choices').map(({ words }) => words),
    ['first version', 'not public', '< 0.1 %', 'chooses nothing', 'not comparable', 'not measured'],
  );
  assert.deepEqual(barsOf(versions, 'mean')[2], { version: 3, from: 1, value: 0.0125, words: '0.0125' });
});

test('the scale ends at a round number above every bar, and a share at 1', () => {
  const top = (value: number, measure: 'choices' | 'max') =>
    topOf([{ version: 2, from: 1, value, words: '' }], measure);
  assert.equal(top(0.07, 'choices'), 0.1);
  assert.equal(top(0.7, 'choices'), 1);
  assert.equal(top(1.5, 'max'), 2);
  assert.equal(top(0, 'max'), 1);
});
