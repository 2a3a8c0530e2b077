import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { random } from '../../packages/programs/training/random.ts';
import { type ClaimKind, type Ledger, playClaim } from './claim.ts';
import { WORLD } from './grid.ts';
import { splitBond, type World } from './world.ts';

const total = ({ watchers, ...others }: Ledger): number =>
  [...watchers, ...Object.values(others)].reduce((sum, change) => sum + change, 0);

const worlds: fc.Arbitrary<World> = fc.record({
  gainMicroUsd: fc.integer({ min: 0, max: 1e12 }),
  bondMicroUsd: fc.integer({ min: 0, max: 1e12 }),
  rewardPpm: fc.integer({ min: 0, max: 500_000 }),
  burnPpm: fc.integer({ min: 0, max: 500_000 }),
  watchers: fc.integer({ min: 0, max: 12 }),
  checkMicroUsd: fc.integer({ min: 0, max: 1e9 }),
  disputeMicroUsd: fc.integer({ min: 0, max: 1e9 }),
  audits: fc.constant(0),
  copied: fc.double({ min: 0, max: 1, noNaN: true }),
  censored: fc.double({ min: 0, max: 1, noNaN: true }),
  liar: fc.constantFrom('plain', 'self-dealing'),
});
const kinds = fc.constantFrom<ClaimKind>('honest', 'lie', 'audit');
const all = (): boolean => true;
const nobody = (): boolean => false;

test('every claim moves money and makes none', () => {
  fc.assert(
    fc.property(
      worlds,
      kinds,
      fc.integer(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (world, kind, seed, checks) => {
        const draw = random(seed);
        assert.equal(total(playClaim(world, kind, () => draw() < checks, draw)), 0);
      },
    ),
  );
});

test('a lie that nobody looks at gains what the relier loses', () => {
  const { provider, relier, burnt } = playClaim(WORLD, 'lie', nobody, random(1));
  assert.deepEqual([provider, relier, burnt], [WORLD.gainMicroUsd, -WORLD.gainMicroUsd, 0]);
});

test('a plain liar loses all of his bond; one who deals with himself and is first, only what is burnt', () => {
  const bond = WORLD.bondMicroUsd;
  assert.equal(playClaim({ ...WORLD, liar: 'plain' }, 'lie', all, random(2)).provider, -bond);
  const first = playClaim({ ...WORLD, copied: 1 }, 'lie', all, random(2));
  assert.equal(first.provider, -splitBond(WORLD).burnt - WORLD.disputeMicroUsd);
  assert.equal(first.burnt, splitBond(WORLD).burnt);
  assert.ok(first.watchers.every((change) => change <= -WORLD.checkMicroUsd));
});

test('one finder is first: he pays for the dispute and has the reward, the others only their checks', () => {
  const { reward } = splitBond(WORLD);
  const { watchers, gas } = playClaim({ ...WORLD, copied: 0 }, 'lie', all, random(2));
  const { checkMicroUsd, disputeMicroUsd } = WORLD;
  assert.equal(gas, disputeMicroUsd);
  assert.equal(Math.max(...watchers), reward - checkMicroUsd - disputeMicroUsd);
  assert.equal(watchers.filter((change) => change === -checkMicroUsd).length, WORLD.watchers - 1);
});

test('a copier takes the reward of an audit, and pays for a dispute but not for a check', () => {
  const { copier, watchers } = playClaim({ ...WORLD, copied: 1 }, 'audit', all, random(3));
  assert.equal(copier, splitBond(WORLD).reward - WORLD.disputeMicroUsd);
  assert.ok(watchers.every((change) => change <= -WORLD.checkMicroUsd));
});

test('an audit costs reward and burnt part when it is found, and nothing when it is not', () => {
  const { reward, burnt } = splitBond(WORLD);
  assert.equal(playClaim(WORLD, 'audit', all, random(4)).auditor, -reward - burnt);
  assert.equal(playClaim(WORLD, 'audit', nobody, random(4)).auditor, 0);
});

test('censored, a lie stands however many look', () => {
  assert.equal(playClaim({ ...WORLD, censored: 1 }, 'lie', all, random(5)).provider, WORLD.gainMicroUsd);
});
