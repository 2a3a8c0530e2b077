/** The Solidity library and `packages/markets` are one function: over the shared vectors and over random cases. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { toFunctionSelector } from 'viem';
import {
  chargeMicroUsd,
  costQ192,
  curveAt,
  liquidityOf,
  moveCurve,
  priceIn,
} from '../../../packages/markets/src/lmsr.ts';
import { type Answer, type Case, openHarness } from './harness.ts';

const harness = await openHarness();
after(() => harness.close());

const NO_FAILURE = '0x00000000';

const expected = ({ subsidyMicroUsd, quantities, outcome, delta }: Case): Answer => {
  const liquidity = liquidityOf(subsidyMicroUsd, quantities.length);
  const before = curveAt(liquidity, quantities);
  const moved = moveCurve(before, Number(outcome), delta);
  return {
    perOctaveQ64: liquidity.perOctaveQ64,
    costQ192: costQ192(before, moved),
    costMicroUsd: chargeMicroUsd(before, moved),
    priceE9: priceIn(before, Number(outcome), 1_000_000_000n),
    failure: NO_FAILURE,
  };
};

type Vector = {
  readonly subsidyMicroUsd: string;
  readonly perOctaveQ64: string;
  readonly quantities: readonly string[];
  readonly outcome: number;
  readonly delta: string;
  readonly costQ192: string;
  readonly costMicroUsd: string;
};

test('every shared vector, bit for bit', async () => {
  const file = new URL('../../../vectors/lmsr.json', import.meta.url);
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Vector[] };
  for (let at = 0; at < cases.length; at += 60) {
    const batch = cases.slice(at, at + 60);
    const answers = await harness.answers(
      batch.map((one) => ({
        subsidyMicroUsd: BigInt(one.subsidyMicroUsd),
        quantities: one.quantities.map(BigInt),
        outcome: BigInt(one.outcome),
        delta: BigInt(one.delta),
      })),
    );
    answers.forEach((answer, k) => {
      const one = batch[k]!;
      const got = [answer.perOctaveQ64, answer.costQ192, answer.costMicroUsd].map(String);
      assert.deepEqual(got, [one.perOctaveQ64, one.costQ192, one.costMicroUsd], JSON.stringify(one));
    });
  }
});

const cases: fc.Arbitrary<Case> = fc
  .record({
    outcomes: fc.integer({ min: 2, max: 16 }),
    subsidyMicroUsd: fc.oneof(
      fc.bigInt({ min: 1_000n, max: 1_000_000n }),
      fc.bigInt({ min: 1_000n, max: 1_000_000_000_000_000n }),
    ),
    reach: fc.constantFrom(1n, 40n, 1_000n),
  })
  .chain(({ outcomes, subsidyMicroUsd, reach }) => {
    const edge = subsidyMicroUsd * reach;
    const most = edge < 1n << 59n ? edge : 1n << 59n;
    return fc.record({
      subsidyMicroUsd: fc.constant(subsidyMicroUsd),
      quantities: fc.array(fc.bigInt({ min: -most, max: most }), { minLength: outcomes, maxLength: outcomes }),
      outcome: fc.bigInt({ min: 0n, max: BigInt(outcomes - 1) }),
      delta: fc.oneof(fc.bigInt({ min: -10n, max: 10n }), fc.bigInt({ min: -most, max: most })),
    });
  });

test('random cases, bit for bit', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(cases, { minLength: 20, maxLength: 20 }), async (batch) => {
      assert.deepEqual(await harness.answers(batch), batch.map(expected));
    }),
    { numRuns: 20, endOnFailure: true },
  );
});

test('what TypeScript throws on, Solidity reverts on by name', async () => {
  const one: Case = { subsidyMicroUsd: 1_000_000n, quantities: [0n, 0n], outcome: 0n, delta: 1n };
  const wrong: readonly (readonly [Partial<Case>, string])[] = [
    [{ subsidyMicroUsd: 999n }, 'MarketSubsidy(uint256)'],
    [{ subsidyMicroUsd: 1_000_000_000_000_001n }, 'MarketSubsidy(uint256)'],
    [{ quantities: [0n] }, 'MarketOutcomes(uint256)'],
    [{ quantities: new Array<bigint>(17).fill(0n) }, 'MarketOutcomes(uint256)'],
    [{ outcome: 2n }, 'MarketUnknownOutcome(uint256)'],
    [{ delta: (1n << 60n) + 1n }, 'MarketQuantityLimit(int256)'],
    [{ quantities: [-(1n << 60n) - 1n, 0n] }, 'MarketQuantityLimit(int256)'],
  ];
  const answers = await harness.answers(wrong.map(([change]) => ({ ...one, ...change })));
  assert.deepEqual(
    answers.map((answer) => answer.failure),
    wrong.map(([, error]) => toFunctionSelector(error)),
  );
});
