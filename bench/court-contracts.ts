/**
 * `court-contracts`: random sequences of steps of the real court contracts, each from first question to last payment: asking,
 * proposing, funding, drawing, striking, voting, showing early, counting, ending, collecting, staking. No path may lose or make
 * money, and at the end that was stated at the start anybody must be able to end every case. The world is
 * `contracts/test/invariant/CourtWorld.sol`. Then what the steps cost, beside Reality.eth's.
 */
import { courtRows } from '../contracts/scripts/gas-court.ts';
import { type AnswerGas, realityGas } from './court-contracts/reality.ts';
import type { Figure } from './figure.ts';
import { runFuzz } from './support/solidity-fuzz.ts';

const FUZZ = {
  testFile: 'test/invariant/Court.t.sol',
  test: 'testFuzz_aSequence',
  shares: 11,
  share: 10_000,
  firstSeed: 2_000,
};

/** A step, and what it is like in Reality.eth. Published there: about 100,000 for a first answer, about 50,000 for later ones. */
const STEPS: readonly (readonly [step: string, like: keyof AnswerGas | null, published: string])[] = [
  ['Court.ask', 'ask', ''],
  ['Court.propose', 'first', ', published: about 100000'],
  ['Court.fund (fills the rung, calls the panel)', 'later', ', published: about 50000'],
  ['CourtReality.askQuestionWithMinBond (policy known)', 'ask', ''],
  ['CourtReality.submitAnswer (first)', 'first', ', published: about 100000'],
  ['CourtReality.submitAnswer (second, calls the panel)', 'later', ', published: about 50000'],
  ['CourtPanels.draw of 3 seats (drand by EIP-2537)', null, ''],
  ['CourtPanels.commit', null, ''],
  ['CourtPanels.reveal', null, ''],
  ['PersonTokens.register', null, ''],
];

const gasFigures = async (): Promise<Figure[]> => {
  const [rows, reality] = [new Map(await courtRows()), await realityGas()];
  return STEPS.map(([step, like, published]) => {
    const measured = reality === undefined ? 'n/a, REALITY_ETH_CONTRACTS names no package' : `${like && reality[like]}`;
    return {
      name: step,
      value: Number(rows.get(step) ?? Number.NaN),
      unit: 'gas',
      goal: '',
      holds: null,
      peer: like === null ? 'Reality.eth has no jurors; Kleros v2: n/a' : `Reality.eth 3.2: ${measured}${published}`,
    };
  });
};

export const run = async (): Promise<Figure[]> => {
  const gas = await gasFigures();
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
    ...gas,
  ];
};
