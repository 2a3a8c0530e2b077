import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { random } from '../../packages/programs/training/random.ts';
import { caught, equilibrium, evenChance, leastAudits, lossOfLiar } from './equilibrium.ts';
import { bonded, WORLD } from './grid.ts';
import { type Measured, worthOfCheck, worthOfLie } from './payoffs.ts';
import type { Habits, World } from './world.ts';

const PLAYS = 20_000;

const worlds: fc.Arbitrary<World> = fc.record({
  gainMicroUsd: fc.integer({ min: 100_000, max: 10_000_000 }),
  bondMicroUsd: fc.integer({ min: 100_000, max: 100_000_000 }),
  rewardPpm: fc.constant(250_000),
  burnPpm: fc.constantFrom(250_000, 500_000),
  watchers: fc.integer({ min: 1, max: 12 }),
  checkMicroUsd: fc.integer({ min: 100, max: 300_000 }),
  disputeMicroUsd: fc.integer({ min: 0, max: 300_000 }),
  audits: fc.constantFrom(0, 0.001, 0.03, 0.3),
  copied: fc.constantFrom(0, 0.5, 0.9),
  censored: fc.constantFrom(0, 0.2, 0.7),
  liar: fc.constantFrom('plain', 'self-dealing'),
});

/** By how many standard errors leaving a habit for `always` or `never` pays, measured by plays. */
const pullOf = ({ mean, error }: Measured, habit: number): number => {
  const pull = error === 0 ? (mean === 0 ? 0 : mean * 1e9) : mean / error;
  if (habit === 0) return Math.max(0, pull);
  return habit === 1 ? Math.max(0, -pull) : Math.abs(pull);
};

const gainOfLeaving = (world: World, habits: Habits, seed: number): number => {
  const draw = random(seed);
  return Math.max(
    pullOf(worthOfLie(world, habits, PLAYS, draw), habits.lies),
    pullOf(worthOfCheck(world, habits, PLAYS, draw), habits.checks),
  );
};

test('nobody gains by leaving it, measured by playing claims', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const pull = gainOfLeaving(world, equilibrium(world), 11);
      assert.ok(pull < 5, `${pull} standard errors`);
    }),
    { numRuns: 25, seed: 7 },
  );
});

test('a habit that is off by a little is left: the measure can tell', () => {
  const { lies, checks } = equilibrium(WORLD);
  assert.ok(gainOfLeaving(WORLD, { lies, checks: checks * 1.2 }, 12) > 5);
  assert.ok(gainOfLeaving(WORLD, { lies: lies * 1.2, checks }, 12) > 5);
});

test('without audits some always lie, whatever the bond; more bond only makes them fewer', () => {
  let before = 1;
  for (const times of [1, 4, 16, 64, 256, 1_024]) {
    const { lies } = equilibrium(bonded(times));
    assert.ok(lies > 0 && lies < before);
    before = lies;
  }
});

test('nobody lies from the least audits on, and somebody does just below them', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const least = leastAudits(world);
      if (least === null) {
        assert.ok(equilibrium({ ...world, audits: 1 - 1e-9 }).lies > 0);
        return;
      }
      assert.equal(equilibrium({ ...world, audits: least }).lies, 0);
      assert.ok(equilibrium({ ...world, audits: least * 0.999 }).lies > 0);
    }),
    { seed: 8 },
  );
});

test('where some lie, a lie is caught just as often as makes it even', () => {
  const { checks, lies } = equilibrium(WORLD);
  assert.ok(lies > 0 && lies < 1);
  assert.ok(Math.abs(caught(WORLD, checks) - evenChance(WORLD)) < 1e-12);
});

test('a liar who is always first loses what is burnt, and a dispute with himself', () => {
  assert.equal(lossOfLiar({ ...WORLD, copied: 1 }), WORLD.bondMicroUsd / 4 + WORLD.disputeMicroUsd);
  assert.equal(lossOfLiar({ ...WORLD, liar: 'plain' }), WORLD.bondMicroUsd);
});

test('censorship beyond what the bond can bear: all lie, and no audits help', () => {
  const world = { ...bonded(1), censored: 0.5 };
  assert.equal(leastAudits(world), null);
  assert.equal(equilibrium(world).lies, 1);
});

test('a reward that does not pay for a dispute: nobody looks, all lie', () => {
  const world = { ...bonded(0.25), audits: 0.5 };
  assert.deepEqual(equilibrium(world), { lies: 1, checks: 0 });
  assert.equal(leastAudits(world), null);
});
