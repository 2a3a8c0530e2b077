/** Questions for the planner's tests: a fixed one, and random ones over the ranges that people have. */
import fc from 'fast-check';
import { ARBITER_RULES, ASSUMED_MARKET, type MarketFacts, type Question } from '../src/planner/index.ts';

export const USD = 1_000_000n;
export const HOUR = 3_600_000n;

/** An 18.9 M-parameter network on a public input, $500 at stake, relied on by a person without a machine for it. */
export const QUESTION: Question = {
  valueMicroUsd: 500n * USD,
  latencyMilliseconds: 2n * HOUR,
  privacy: 'public',
  budgetMicroUsd: 20n * USD,
  lossLimitMicroUsd: 10n * USD,
  program: { weightBytes: 18_900_000n, multiplyAccumulates: 18_900_000n, published: true },
  ownMachine: null,
  onChain: false,
  market: ASSUMED_MARKET,
  rules: ARBITER_RULES,
};

export const ENCLAVE = { overheadPpm: 100_000, brokenPpm: 100, corruptMicroUsd: 10_000n * USD };

/** The fixed question with other facts of the market. */
export const inMarket = (changes: Partial<MarketFacts>, question: Question = QUESTION): Question => ({
  ...question,
  market: { ...question.market, ...changes },
});

const ppm = (min: number, max: number) => fc.integer({ min, max });

const machines = fc.record({
  macsPerSecond: fc.bigInt(1_000_000n, 10n ** 13n),
  bytesPerSecond: fc.bigInt(1_000n, 10n ** 9n),
  microUsdPerHour: fc.bigInt(0n, 100n * USD),
});

const markets: fc.Arbitrary<MarketFacts> = fc.record({
  chain: fc.record({
    weiPerGas: fc.bigInt(0n, 10n ** 12n),
    microUsdPerNative: fc.bigInt(0n, 10_000n * USD),
    blockMilliseconds: fc.bigInt(250n, 60_000n),
    confirmations: fc.integer({ min: 0, max: 64 }),
    passPpm: ppm(50_000, 1_000_000),
    censorMicroUsdPerSecond: fc.bigInt(1n, 1_000n * USD),
  }),
  capitalPpmPerYear: ppm(0, 1_000_000),
  provider: fc.record({
    machine: machines,
    largestBondMicroUsd: fc.bigInt(0n, 10n ** 15n),
    faultPpm: ppm(0, 1_000_000),
  }),
  watchers: fc.record({
    count: fc.integer({ min: 0, max: 40 }),
    checkPpm: ppm(0, 1_000_000),
    silenced: fc.integer({ min: 0, max: 5 }),
    auditPpm: fc.oneof(fc.constant(0), ppm(1, 500_000)),
    copiedPpm: ppm(0, 999_999),
    machine: machines,
  }),
  enclave: fc.option(
    fc.record({
      overheadPpm: ppm(0, 10_000_000),
      brokenPpm: ppm(0, 1_000_000),
      corruptMicroUsd: fc.bigInt(0n, 10n ** 13n),
    }),
    { nil: null },
  ),
  premiumPpm: ppm(0, 1_000_000),
});

export const questions: fc.Arbitrary<Question> = fc.record({
  valueMicroUsd: fc.bigInt(0n, 10n ** 13n),
  latencyMilliseconds: fc.bigInt(0n, 100n * HOUR),
  privacy: fc.constantFrom('public', 'public', 'public', 'private-weights', 'private-input', 'private-both'),
  budgetMicroUsd: fc.bigInt(0n, 10n ** 10n),
  lossLimitMicroUsd: fc.bigInt(0n, 10n ** 13n),
  program: fc
    .record({
      weightBytes: fc.bigInt(0n, 10n ** 12n),
      multiplyAccumulates: fc.bigInt(0n, 10n ** 14n),
      published: fc.boolean(),
      proof: fc.option(
        fc.record({
          proveAccumulates: fc.bigInt(0n, 10n ** 14n),
          verifyAccumulates: fc.bigInt(0n, 10n ** 12n),
          bytes: fc.bigInt(0n, 10n ** 8n),
        }),
        { nil: null },
      ),
      onChainProof: fc.option(
        fc.oneof(
          fc.record({
            kind: fc.constant('checked' as const),
            proveAccumulates: fc.bigInt(0n, 10n ** 14n),
            gas: fc.bigInt(0n, 10n ** 7n),
          }),
          fc.record({
            kind: fc.constant('steps' as const),
            proveAccumulates: fc.bigInt(0n, 10n ** 14n),
            dataBytes: fc.bigInt(0n, 10n ** 8n),
            checkAccumulates: fc.bigInt(0n, 10n ** 14n),
          }),
        ),
        { nil: null },
      ),
    })
    .map(({ proof, onChainProof, ...counted }) => ({
      ...counted,
      ...(proof === null ? {} : { proof }),
      ...(onChainProof === null ? {} : { onChainProof }),
    })),
  ownMachine: fc.option(machines, { nil: null }),
  onChain: fc.boolean(),
  market: markets,
  rules: fc.constant(ARBITER_RULES),
});
