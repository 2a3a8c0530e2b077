/**
 * `court-contracts`: random sequences of steps of the real court contracts, each from first question to last payment: asking,
 * proposing, funding, drawing, striking, voting, showing early, counting, ending, collecting, staking. No path may lose or make
 * money, and at the end that was stated at the start anybody must be able to end every case. The world is
 * `contracts/test/invariant/CourtWorld.sol`.
 */
import type { Figure } from './figure.ts';
import { runFuzz } from './support/solidity-fuzz.ts';

const FUZZ = {
  testFile: 'test/invariant/Court.t.sol',
  test: 'testFuzz_aSequence',
  shares: 11,
  share: 10_000,
  firstSeed: 2_000,
};

export const run = async (): Promise<Figure[]> => {
  const { total, held, perSecond, processes } = await runFuzz(FUZZ);
  return [
    {
      name: 'random sequences in which no money came or went and no case stuck',
      value: total,
      unit: 'sequences',
      goal: '>= 100000, all of them',
      holds: held && total >= 100_000,
      peer: `${FUZZ.share} runs of each of ${FUZZ.shares} seeds from ${FUZZ.firstSeed}`,
    },
    {
      name: 'sequences a second',
      value: perSecond,
      unit: '/s',
      goal: '',
      holds: null,
      peer: `${processes} processes; 8 to 64 steps each, every invariant after every eighth and at the end`,
    },
  ];
};
