import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byStanding, type Places, placeFor, placesIn, type Standing } from './places.ts';

const PLACES: Places = { person: 4, stake: 3, free: 5 };

const person: Standing = { kind: 'person' };
const stake = (dollars: number): Standing => ({ kind: 'stake', stakeMicroUsd: BigInt(dollars) });
const free = (network: number | null, since: number): Standing => ({ kind: 'free', network, since });

/** Those who have places after a newcomer, or `null` where it has none. */
const taken = (held: readonly Standing[], newcomer: Standing): readonly Standing[] | null => {
  const place = placeFor(held, newcomer, PLACES);
  if (place.kind === 'full') return null;
  return [...(place.kind === 'room' ? held : held.toSpliced(place.of, 1)), newcomer];
};
const all = (newcomers: readonly Standing[], from: readonly Standing[] = []): readonly Standing[] =>
  newcomers.reduce((held, each) => taken(held, each) ?? held, from);
const many = (count: number, make: (i: number) => Standing): readonly Standing[] =>
  Array.from({ length: count }, (_, i) => make(i));
const count = (held: readonly Standing[], kind: Standing['kind']): number =>
  held.filter((each) => each.kind === kind).length;

test('a flood of free accounts may use all places, and gives persons and stakes theirs when they come', () => {
  const flood = all(many(50, (i) => free(1, 1_000 + i)));
  assert.equal(flood.length, placesIn(PLACES));
  const held = all([...many(9, () => person), ...many(9, stake)], flood);
  assert.deepEqual([count(held, 'person'), count(held, 'stake'), count(held, 'free')], [4, 3, 5]);
  assert.deepEqual(
    all(
      many(500, (i) => free(i, i)),
      held,
    ).filter(({ kind }) => kind !== 'free'),
    held.filter(({ kind }) => kind !== 'free'),
  );
});

test('money does not shut out those who have none: free accounts keep their places', () => {
  const rich = all(many(50, (i) => stake(10 + i)));
  assert.equal(rich.length, placesIn(PLACES));
  const held = all(
    many(50, (i) => free(i, i)),
    rich,
  );
  assert.deepEqual([count(held, 'stake'), count(held, 'free')], [7, 5]);
  assert.deepEqual(
    held
      .filter(({ kind }) => kind === 'stake')
      .map((each) => each.kind === 'stake' && each.stakeMicroUsd)
      .sort(),
    [53n, 54n, 55n, 56n, 57n, 58n, 59n],
  );
});

const FULL_REST = [...many(4, () => person), ...many(3, () => stake(5))];

test('a flood from few networks does not keep out who comes from another, however young', () => {
  const flood = all(
    many(50, (i) => free(i % 2, 100 + i)),
    FULL_REST,
  );
  const held = all([free(7, 9_999), free(8, 9_999)], flood);
  const networks = held.flatMap((each) => (each.kind === 'free' ? [each.network] : []));
  assert.deepEqual(networks.sort(), [0, 0, 1, 7, 8]);
});

test('a flood from one’s own network, or through a proxy that hides networks, does not keep out an account that is older', () => {
  for (const network of [3, null]) {
    const flood = all(
      many(50, (i) => free(network, 100 + i)),
      FULL_REST,
    );
    assert.ok(taken(flood, free(network, 50)));
    assert.equal(taken(flood, free(network, 200)), null, 'a younger one has to come from elsewhere');
    assert.ok(taken(flood, free(9, 200)));
  }
});

test('where as many networks as there are places hold one each, an older account still takes the place of the youngest', () => {
  const flood = all(
    many(50, (i) => free(i, 100 + i)),
    FULL_REST,
  );
  assert.equal(taken(flood, free(99, 1_000)), null);
  const held = taken(flood, free(99, 50))!;
  assert.ok(held.some((each) => each.kind === 'free' && each.since === 50));
});

test('among stakes the larger stays, and equals stay where they are', () => {
  const held = [...many(4, () => person), stake(5), stake(7), stake(6), ...many(5, (i) => free(i, i))];
  assert.equal(taken(held, stake(5)), null);
  assert.deepEqual(placeFor(held, stake(8), PLACES), { kind: 'instead', of: 4 });
  assert.equal(taken(held, person), null);
});

/** Deterministic numbers below a bound (an LCG of Numerical Recipes). */
const randoms = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

test('whatever comes in whatever order, each exchange is for the better, so accounts that come back again and again settle down', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const next = randoms(seed);
    const crowd = many(40, (): Standing => {
      const kind = next(8);
      if (kind === 0) return { ...person };
      return kind <= 2 ? stake(next(4)) : free(next(6), next(20));
    });
    let held: readonly Standing[] = [];
    let exchanges = 0;
    for (let turn = 0, quiet = 0; quiet < crowd.length; turn += 1) {
      const each = crowd[turn % crowd.length]!;
      const then = held.includes(each) ? null : taken(held, each);
      quiet = then === null ? quiet + 1 : 0;
      held = then ?? held;
      if (then !== null) exchanges += 1;
      assert.ok(exchanges < 1_000, `seed ${seed} goes on for ever`);
    }
    assert.equal(held.length, placesIn(PLACES));
    for (const kind of ['person', 'stake', 'free'] as const)
      assert.ok(count(held, kind) >= Math.min(PLACES[kind], count(crowd, kind)), `seed ${seed}: ${kind}`);
  }
});

test('persons are shown first, then stakes by size, then accounts by age', () => {
  const shown = [free(1, 5), stake(1), free(2, 4), person, stake(2)].sort(byStanding);
  assert.deepEqual(shown, [person, stake(2), stake(1), free(2, 4), free(1, 5)]);
});
