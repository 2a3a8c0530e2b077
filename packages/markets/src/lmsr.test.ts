import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { SuretyError } from '@surety/core';
import fc from 'fast-check';
import { outputs } from '../../../scripts/vectors/lmsr.ts';
import {
  belowFloor,
  type Curve,
  chargeMicroUsd,
  costQ192,
  curveAt,
  curveFromExponents,
  liquidityOf,
  MAX_QUANTITY,
  moveCurve,
  priceIn,
  pricesPpm,
} from './lmsr.ts';

const ROOT = new URL('../../../', import.meta.url);
const USD = 1_000_000n;

type Vector = {
  readonly subsidyMicroUsd: string;
  readonly perOctaveQ64: string;
  readonly quantities: readonly string[];
  readonly outcome: number;
  readonly delta: string;
  readonly cost: string;
  readonly costQ192: string;
  readonly costMicroUsd: string;
};

/** A decimal string as a whole number of 10^-places. */
const scaled = (text: string, places: number): bigint => {
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text)!;
  const shift = places + Number(exponent) - fraction.length;
  const digits = BigInt(`${whole}${fraction}`);
  const value = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
  return sign === '-' ? -value : value;
};

const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);

test('the committed vectors are those that the script computes', () => {
  for (const [path, text] of outputs()) assert.equal(readFileSync(new URL(path, ROOT), 'utf8'), text, path);
});

test('every vector: bit-equal steps, and within 1e-15 of a dollar of the textbook form', () => {
  const { cases } = JSON.parse(readFileSync(new URL('vectors/lmsr.json', ROOT), 'utf8')) as { cases: Vector[] };
  assert.ok(cases.length >= 300);
  for (const one of cases) {
    const liquidity = liquidityOf(BigInt(one.subsidyMicroUsd), one.quantities.length);
    assert.equal(liquidity.perOctaveQ64.toString(), one.perOctaveQ64);
    const before = curveAt(liquidity, one.quantities.map(BigInt));
    const after = moveCurve(before, one.outcome, BigInt(one.delta));
    assert.equal(costQ192(before, after).toString(), one.costQ192);
    assert.equal(chargeMicroUsd(before, after).toString(), one.costMicroUsd);
    const got = (costQ192(before, after) * 10n ** 24n) >> 192n;
    assert.ok(distance(got, scaled(one.cost, 24)) <= 10n ** 15n, JSON.stringify(one));
  }
});

type Golden = {
  readonly n: number;
  readonly subsidy: number;
  readonly q: readonly number[];
  readonly buy_outcome: number;
  readonly shares: string;
  readonly cost: string;
  readonly price_before: string;
};

/** The exact value of a double, as the numerator over 2^60. */
const exactly = (value: number): bigint => BigInt(Math.trunc(value)) * 2n ** 60n + BigInt((value % 1) * 2 ** 60);

test('the 60 golden cases within 1e-15 of a dollar before rounding', (context) => {
  const path = new URL('../shared/data/lmsr/golden.json', ROOT);
  if (!existsSync(path)) return context.skip('n/a: ../shared/data/lmsr is absent');
  const cases = JSON.parse(readFileSync(path, 'utf8')) as Golden[];
  assert.equal(cases.length, 60);
  for (const one of cases) {
    const liquidity = liquidityOf(BigInt(one.subsidy) * USD, one.n);
    // Quantities here are doubles and shares go down to 1e-9: finer than a micro-share, so on exponents.
    const at = (numerator: bigint): bigint => ((numerator * USD * liquidity.rateQ192) / 10n ** 9n) >> 124n;
    const nano = one.q.map((quantity) => exactly(quantity) * 10n ** 9n);
    const point = (quantities: readonly bigint[]): Curve =>
      curveFromExponents(liquidity, quantities, quantities.map(at));
    const before = point(nano);
    const moved = nano.map((quantity, j) =>
      j === one.buy_outcome ? quantity + (scaled(one.shares, 9) << 60n) : quantity,
    );
    const got = (costQ192(before, point(moved)) * 10n ** 14n) >> 192n;
    assert.ok(distance(got, scaled(one.cost, 20)) <= 100_000n, JSON.stringify(one));
    const price = priceIn(before, one.buy_outcome, 10n ** 20n);
    assert.ok(distance(price, scaled(one.price_before, 20)) <= 100_000n, JSON.stringify(one));
  }
});

const markets = fc
  .record({ outcomes: fc.integer({ min: 2, max: 16 }), subsidy: fc.bigInt({ min: 1_000n, max: 10n ** 15n }) })
  .map(({ outcomes, subsidy }) => liquidityOf(subsidy, outcomes));

/** A market and a walk over its outcomes in steps of up to about twice the subsidy. */
const walks = markets.chain((liquidity) =>
  fc.record({
    liquidity: fc.constant(liquidity),
    steps: fc.array(
      fc.record({
        outcome: fc.integer({ min: 0, max: liquidity.outcomes - 1 }),
        delta: fc.bigInt({ min: -2n * liquidity.subsidyMicroUsd, max: 2n * liquidity.subsidyMicroUsd }),
      }),
      { minLength: 1, maxLength: 40 },
    ),
  }),
);

const start = (liquidity: Curve['liquidity']): Curve =>
  curveAt(liquidity, new Array<bigint>(liquidity.outcomes).fill(0n));

test('no sequence of trades over all outcomes loses the maker more than the subsidy', () => {
  fc.assert(
    fc.property(walks, ({ liquidity, steps }) => {
      let curve = start(liquidity);
      let received = 0n;
      for (const { outcome, delta } of steps) {
        const next = moveCurve(curve, outcome, delta);
        received += chargeMicroUsd(curve, next);
        curve = next;
        for (const owed of curve.quantities) assert.ok(owed - received <= liquidity.subsidyMicroUsd);
      }
    }),
    { numRuns: 300 },
  );
});

test('costs telescope exactly: every path between two points costs the same before rounding', () => {
  fc.assert(
    fc.property(walks, ({ liquidity, steps }) => {
      const origin = start(liquidity);
      let curve = origin;
      let exact = 0n;
      let charged = 0n;
      for (const { outcome, delta } of steps) {
        const next = moveCurve(curve, outcome, delta);
        exact += costQ192(curve, next);
        charged += chargeMicroUsd(curve, next);
        curve = next;
      }
      const direct = curveAt(liquidity, curve.quantities);
      assert.deepEqual(direct, curve, 'the curve depends on the quantities alone');
      assert.equal(costQ192(origin, direct), exact);
      const excess = charged - chargeMicroUsd(origin, direct);
      assert.ok(
        excess >= 0n && excess < BigInt(steps.length),
        'rounding costs the trader under a micro-dollar a trade',
      );
    }),
    { numRuns: 200 },
  );
});

test('no shares are free, and buying then selling never profits', () => {
  fc.assert(
    fc.property(walks, fc.bigInt({ min: 1n, max: 10n ** 9n }), ({ liquidity, steps }, shares) => {
      let curve = start(liquidity);
      for (const { outcome, delta } of steps) {
        const next = moveCurve(curve, outcome, delta);
        if (belowFloor(next) < 0) curve = next;
      }
      const bought = moveCurve(curve, 0, shares);
      const cost = chargeMicroUsd(curve, bought);
      assert.ok(cost >= 1n, 'at least a micro-dollar');
      assert.ok(cost <= shares, 'never more than what they can win');
      assert.ok(cost + chargeMicroUsd(bought, curve) >= 0n);
    }),
    { numRuns: 300 },
  );
});

test('prices sum to one exactly, and the dearest outcome is the one most bought', () => {
  fc.assert(
    fc.property(walks, ({ liquidity, steps }) => {
      let curve = start(liquidity);
      for (const { outcome, delta } of steps) curve = moveCurve(curve, outcome, delta);
      const prices = pricesPpm(curve);
      assert.equal(
        prices.reduce((sum, price) => sum + price, 0),
        1_000_000,
      );
      const most = curve.quantities.reduce((best, q, j) => (q > curve.quantities[best]! ? j : best), 0);
      assert.equal(Math.max(...prices), prices[most]);
    }),
    { numRuns: 200 },
  );
});

test('limits of subsidy, outcomes and quantities are kept', () => {
  for (const [subsidy, outcomes] of [
    [999n, 2],
    [10n ** 15n + 1n, 2],
    [USD, 1],
    [USD, 17],
    [USD, 2.5],
  ] as const)
    assert.throws(() => liquidityOf(subsidy, outcomes), SuretyError);
  const curve = start(liquidityOf(USD, 2));
  assert.throws(() => moveCurve(curve, 0, MAX_QUANTITY + 1n), SuretyError);
  assert.throws(() => curveAt(curve.liquidity, [0n]), SuretyError);
});
