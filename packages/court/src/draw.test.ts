import assert from 'node:assert/strict';
import { test } from 'node:test';
import { account, ais, hashOf, people, USD } from '../test/support.ts';
import { type Draw, drawSeats } from './draw.ts';
import { seedOf } from './hashes.ts';
import type { Candidate } from './state.ts';

const drawn = (i: number, changes: Partial<Draw> & Pick<Draw, 'candidates' | 'seats'>): readonly Candidate[] =>
  drawSeats(
    {
      seed: seedOf(hashOf(`beacon ${i}`), hashOf('case'), 1),
      jurors: 'people',
      lockMicroUsd: 10n * USD,
      operators: 'distinct',
      barred: new Set(),
      staleClusters: new Set(),
      ...changes,
    },
    [],
    changes.seats,
    0,
  ).drawn;

/** Exact chance of each ordered panel when seats go one by one to those left, in proportion to their weight. */
const exact = (weights: readonly number[], seats: number): Map<string, number> => {
  const chances = new Map<string, number>();
  const go = (taken: readonly number[], chance: number): void => {
    if (taken.length === seats) {
      chances.set(taken.join(), chance);
      return;
    }
    const left = weights.reduce((sum, weight, i) => (taken.includes(i) ? sum : sum + weight), 0);
    for (const [i, weight] of weights.entries()) if (!taken.includes(i)) go([...taken, i], (chance * weight) / left);
  };
  go([], 1);
  return chances;
};

/** Pearson's statistic of what was seen against what was expected. */
const chiSquared = (seen: ReadonlyMap<string, number>, chances: ReadonlyMap<string, number>, draws: number): number =>
  [...chances].reduce((sum, [key, chance]) => {
    const expected = chance * draws;
    return sum + ((seen.get(key) ?? 0) - expected) ** 2 / expected;
  }, 0);

const DRAWS = 6_000;

/** 99.9 % of the chi-squared distribution by Wilson and Hilferty's approximation. */
const limit = (degrees: number): number => degrees * (1 - 2 / (9 * degrees) + 3.09 * Math.sqrt(2 / (9 * degrees))) ** 3;

const panels = (candidates: readonly Candidate[], changes: Partial<Draw> & { seats: number }): Map<string, number> => {
  const places = new Map(candidates.map(({ juror }, i) => [juror, i]));
  const seen = new Map<string, number>();
  for (let i = 0; i < DRAWS; i += 1) {
    const key = drawn(i, { candidates, ...changes })
      .map(({ juror }) => places.get(juror)!)
      .join();
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  return seen;
};

test('panels come in proportion to stake, without replacement: against the exact chance of every ordered panel', () => {
  const weights = [1, 2, 3, 4, 10];
  const candidates = people(5).map((one, i) => ({ ...one, weight: BigInt(weights[i]!) * USD }));
  const chances = exact(weights, 3);
  assert.ok(chiSquared(panels(candidates, { seats: 3 }), chances, DRAWS) < limit(chances.size - 1));
});

test('one person, one vote: every ordered panel alike', () => {
  const candidates = people(5).map((one) => ({ ...one, weight: 1n }));
  const chances = exact([1, 1, 1, 1, 1], 3);
  const seen = panels(candidates, { seats: 3 });
  assert.ok(chiSquared(seen, chances, DRAWS) < limit(chances.size - 1));
  const skewed = exact([1, 1, 1, 1, 1.2], 3);
  assert.ok(chiSquared(seen, skewed, DRAWS) > limit(chances.size - 1), 'the statistic tells a fifth more weight');
});

test('two of one cluster never sit together, and their stakes add up for its one seat', () => {
  const weights = [1, 1, 2, 3];
  // The first two are one cluster: a draw of two panels by cluster {0 or 1}, 2, 3 of weights 2, 2, 3.
  const candidates = ais(4).map((one, i) => ({ ...one, weight: BigInt(weights[i]!) * USD, cluster: Math.max(i, 1) }));
  const byCluster = new Map<string, number>();
  for (const [key, count] of panels(candidates, { seats: 2, jurors: 'ai' })) {
    const clusters = key.split(',').map((place) => Math.max(Number(place), 1) - 1);
    byCluster.set(clusters.join(), (byCluster.get(clusters.join()) ?? 0) + count);
  }
  const chances = exact([2, 2, 3], 2);
  assert.ok(chiSquared(byCluster, chances, DRAWS) < limit(chances.size - 1));
});

test('AI seats go to distinct clusters and operators, and stay empty rather than being doubled', () => {
  const four = ais(4).map((one, i) => ({ ...one, cluster: i < 2 ? 1 : i + 1 }));
  for (let i = 0; i < 50; i += 1) {
    const panel = drawn(i, { candidates: four, seats: 7, jurors: 'ai' });
    assert.equal(panel.length, 3);
    assert.equal(new Set(panel.map(({ cluster }) => cluster)).size, 3);
  }
  const oneOperator = ais(4).map((one) => ({ ...one, operator: 'same' }));
  assert.equal(drawn(0, { candidates: oneOperator, seats: 3, jurors: 'ai' }).length, 1);
  assert.equal(drawn(0, { candidates: oneOperator, seats: 3, jurors: 'ai', operators: 'one' }).length, 3);
});

test('clusters that sat before sit again only when fresh ones do not fill the panel', () => {
  const stale = new Set([1, 2, 3]);
  for (let i = 0; i < 50; i += 1) {
    const enough = drawn(i, { candidates: ais(10), seats: 7, jurors: 'ai', staleClusters: stale });
    assert.equal(enough.filter(({ cluster }) => stale.has(cluster)).length, 0);
    const few = drawn(i, { candidates: ais(8), seats: 7, jurors: 'ai', staleClusters: stale });
    assert.deepEqual(few.map(({ cluster }) => stale.has(cluster)).slice(0, 5), new Array(5).fill(false));
    assert.equal(few.length, 7);
  }
});

test('nobody sits who is barred or whose free stake does not carry the lock, and an empty pool seats nobody', () => {
  const candidates = people(20);
  const barred = new Set(candidates.slice(0, 5).map(({ juror }) => juror));
  const poor = candidates.map((one, i) => ({ ...one, freeMicroUsd: i < 10 ? 9_999_999n : 10n * USD }));
  for (let i = 0; i < 30; i += 1) {
    const panel = drawn(i, { candidates: poor, seats: 10, barred });
    assert.equal(panel.length, 10);
    assert.ok(panel.every(({ juror }) => !barred.has(juror) && poor.findIndex((one) => one.juror === juror) >= 10));
  }
  assert.deepEqual(drawn(0, { candidates: [], seats: 3 }), []);
  assert.deepEqual(drawn(0, { candidates: people(3).map((one) => ({ ...one, weight: 0n })), seats: 3 }), []);
});

test('a party whose stake is nearly all of it can empty a panel: tickets are spent on him', () => {
  const whale = { ...people(1)[0]!, juror: account('whale'), weight: 10n ** 9n * USD };
  const panel = drawn(0, { candidates: [whale, ...people(40)], seats: 15, barred: new Set([whale.juror]) });
  assert.ok(panel.length < 15);
  const half = { ...whale, weight: 40n * 100n * USD };
  assert.equal(drawn(0, { candidates: [half, ...people(40)], seats: 15, barred: new Set([whale.juror]) }).length, 15);
});
