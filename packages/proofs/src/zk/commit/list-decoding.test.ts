/** What list-decoding.ts states, counted where codes are small enough, and what it comes to where they are not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badChallenges, leastAgreement, listSize } from './list-decoding.ts';

/** Words of a code of Reed and Solomon over the integers modulo p: all polynomials of degree at most 1 at some places. */
const P = 43;
const LENGTH = 8;
const CODE = { length: LENGTH, shared: 1 };
const PLACES = Array.from({ length: LENGTH }, (_, x) => x);
const WORDS = Array.from({ length: P * P }, (_, i) => PLACES.map((x) => ((i % P) + Math.floor(i / P) * x) % P));

const shared = (a: readonly number[], b: readonly number[]): number[] => PLACES.filter((x) => a[x] === b[x]);

/** Words of no pattern. */
const wordsOf = (seed: number): number[] => {
  let state = seed;
  return PLACES.map(() => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 16) % P;
  });
};

test('two words share no more places than the code says', () => {
  for (const a of WORDS) for (const b of WORDS) assert.ok(a === b || shared(a, b).length <= CODE.shared);
});

test('no word has more on its list', () => {
  let longest = 0;
  for (let seed = 1; seed <= 100; seed++) {
    // Of a few lines, place by place, so that lists are long.
    const mixed = PLACES.map((x) => WORDS[(seed * 7 + (x % 3) * 531) % WORDS.length]![x]!);
    for (const given of [wordsOf(seed), mixed]) {
      for (let agreement = 3; agreement <= LENGTH; agreement++) {
        const list = WORDS.filter((own) => shared(own, given).length >= agreement);
        assert.ok(BigInt(list.length) <= listSize(CODE, agreement), `${seed} ${agreement}`);
        if (agreement === 3) longest = Math.max(longest, list.length);
      }
    }
  }
  // Room for 16: n·(a − A)/(a² − n·A).
  assert.equal(listSize(CODE, 3), 16n);
  assert.ok(longest >= 3);
});

/** Challenges at which a word near the line through f and g is that of no pair near both. */
const badOf = (f: readonly number[], g: readonly number[], agreement: number): number => {
  let bad = 0;
  for (let r = 0; r < P; r++) {
    const line = PLACES.map((x) => (f[x]! + r * g[x]!) % P);
    const lossy = WORDS.some((own) => {
      const places = shared(own, line);
      if (places.length < agreement) return false;
      const near = (word: readonly number[]): boolean => WORDS.some((v) => places.every((x) => v[x] === word[x]));
      return !(near(f) && near(g));
    });
    if (lossy) bad++;
  }
  return bad;
};

test('challenges are bad, but no more of them than the bound says, which is less than all', () => {
  const agreement = 6;
  const { numerator, denominator } = badChallenges(CODE, agreement);
  assert.ok(numerator < BigInt(P) * denominator);
  let most = 0;
  for (let seed = 1; seed <= 12; seed++) {
    // Code words but for three places, each of which one challenge mends: f + r·g is then near the code, and they are not.
    const f = WORDS[(31 * seed) % WORDS.length]!.map((y, x) => (x < 3 ? (y + seed + x) % P : y));
    const g = WORDS[(57 * seed) % WORDS.length]!.map((y, x) => (x < 3 ? (y + 1) % P : y));
    const bad = badOf(f, g, agreement);
    assert.ok(BigInt(bad) * denominator <= numerator);
    most = Math.max(most, bad);
  }
  assert.equal(most, 3);
});

test('the least agreement is the first that few enough challenges are bad at', () => {
  for (const [length, shared] of [
    [256, 16],
    [2 ** 18, 2 ** 14],
    [2 ** 16, 2 ** 10],
  ] as const) {
    const code = { length, shared };
    for (const bits of [21n, 25n, 40n]) {
      const most = 1n << bits;
      const agreement = leastAgreement(code, most);
      const count = (a: number): bigint => {
        const { numerator, denominator } = badChallenges(code, a);
        return denominator <= 0n ? most + 1n : numerator / denominator + 2n * listSize(code, a);
      };
      assert.ok(count(agreement) <= most && count(agreement - 1) >= most);
      // Never below the cube root of the share of places that two words have in common.
      assert.ok(BigInt(agreement) ** 3n > BigInt(shared) * BigInt(length) ** 2n);
    }
  }
});
