/**
 * `dispute-schedules`: random adversarial schedules of the real arbiter contract, each from first claim to last payment. After
 * each step money must be conserved, and no honest side may have lost; at the end every claim must be decided as it should.
 * The world of cheats is `contracts/test/invariant/ArbiterWorld.sol`.
 */
import type { Figure } from './figure.ts';
import { runFuzz } from './support/solidity-fuzz.ts';

const FUZZ = {
  testFile: 'test/invariant/Arbiter.t.sol',
  test: 'testFuzz_aSchedule',
  shares: 12,
  share: 10_000,
  firstSeed: 1_000,
};

export const run = async (): Promise<Figure[]> => {
  const { total, held, perSecond, processes } = await runFuzz(FUZZ);
  return [
    {
      name: 'adversarial schedules in which no honest side lost',
      value: total,
      unit: 'schedules',
      goal: '>= 100000, all of them',
      holds: held && total >= 100_000,
      peer: `${FUZZ.share} runs of each of ${FUZZ.shares} seeds from ${FUZZ.firstSeed}`,
    },
    {
      name: 'schedules a second',
      value: perSecond,
      unit: '/s',
      goal: '',
      holds: null,
      peer: `${processes} processes; 6 to 32 steps each, every invariant after every step`,
    },
  ];
};
