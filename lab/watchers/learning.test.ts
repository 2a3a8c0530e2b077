import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equilibrium } from './equilibrium.ts';
import { bonded, STOPPED, WORLD } from './grid.ts';
import { learn } from './learning.ts';
import type { World } from './world.ts';

const LEARNING = { seed: 3, steps: 2_000, plays: 20 };

test('what both sides learn from plays is the closed form, within two points', () => {
  const worlds: readonly World[] = [
    bonded(1),
    { ...bonded(1), audits: 0.1 },
    { ...bonded(4), liar: 'plain', copied: 0 },
    { ...bonded(8), censored: 0.3 },
    { ...bonded(4), checkMicroUsd: 100_000 },
  ];
  for (const world of worlds) {
    const [learnt, exact] = [learn(world, LEARNING), equilibrium(world)];
    assert.ok(exact.lies > 0.01, 'a world in which some lie');
    assert.ok(Math.abs(learnt.lies - exact.lies) < 0.02, `${learnt.lies} beside ${exact.lies}`);
    assert.ok(Math.abs(learnt.checks - exact.checks) < 0.03, `${learnt.checks} beside ${exact.checks}`);
  }
});

test('one watcher and the provider chase each other for ever, and their mean is the closed form', () => {
  const world = { ...bonded(4), watchers: 1 };
  const [learnt, exact] = [learn(world, { ...LEARNING, steps: 8_000 }), equilibrium(world)];
  assert.ok(Math.abs(learnt.lies - exact.lies) < 0.01, `${learnt.lies} beside ${exact.lies}`);
  assert.ok(Math.abs(learnt.checks - exact.checks) < 0.02, `${learnt.checks} beside ${exact.checks}`);
});

test('with enough audits lying is unlearnt', () => {
  assert.ok(learn({ ...WORLD, audits: 0.1 }, LEARNING).lies < STOPPED);
});

test('the same seed learns the same, another seed a little else', () => {
  const [a, b, c] = [3, 3, 4].map((seed) => learn(WORLD, { ...LEARNING, seed, steps: 200 }));
  assert.deepEqual(a, b);
  assert.notDeepEqual(a, c);
});
