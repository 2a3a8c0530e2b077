/** The usual moves of a case on a `CourtChain`. */
import { encodeAbiParameters, getAbiItem, type Hex, keccak256, numberToHex, pad, stringToHex } from 'viem';
import { Court, CourtJurors, CourtPanels } from '../../../packages/chain/src/generated/index.ts';
import { type CourtChain, CURATOR, DRAND, type Mined, who } from './court-chain.ts';

export const HOUR_SECONDS = 3_600;
export const BEACON_SECONDS = 60;
export const CHALLENGE_SECONDS = 2 * HOUR_SECONDS;
export const BOND = 10_000n;

const round = (seats: number, quorum: number, fee: bigint, lossToGain: number, people: boolean) => ({
  fee,
  absence: (fee * BigInt(lossToGain)) / 2n,
  lossToGain,
  seats,
  quorum,
  commitSeconds: people ? 72 * HOUR_SECONDS : 900,
  revealSeconds: people ? 24 * HOUR_SECONDS : 900,
  appealSeconds: people ? 48 * HOUR_SECONDS : 8 * HOUR_SECONDS,
});

/** The default policy of questions of kind `oracle`, with small amounts. */
export const POLICY = {
  leastBond: BOND,
  mostBond: 100n * BOND,
  challengeSeconds: CHALLENGE_SECONDS,
  drawSeconds: HOUR_SECONDS,
  auditor: who(9),
  beaconSeconds: BEACON_SECONDS,
  oneOperator: false,
  unruledStands: false,
  rounds: [
    round(3, 2, 100n, 9, false),
    round(7, 4, 100n, 9, false),
    round(15, 8, 5_000n, 1, true),
    round(31, 16, 5_000n, 1, true),
  ],
} as const;

/** The same with people drawn by person. */
export const BY_PERSON = {
  ...POLICY,
  rounds: POLICY.rounds.map((each, i) => (i < 2 ? each : { ...each, lossToGain: 0, absence: 0n })),
} as const;

/** The id of a policy. */
export const policyId = (policy: unknown): Hex => {
  const registerPolicy = getAbiItem({ abi: Court.abi, name: 'registerPolicy' });
  return keccak256(encodeAbiParameters(registerPolicy.inputs, [policy] as never));
};

export const question = (text: string): Hex => keccak256(stringToHex(text));

export const askOf = (policy: Hex, answerBy: number) => ({
  question: question('Is it so?'),
  outcomes: 2,
  policy,
  exclusions: question('nobody'),
  reward: 1_000n,
  opensAt: 0,
  answerBy,
  callback: false,
});

const word = (n: number): Hex => pad(numberToHex(n), { size: 32 });
export const program = (n: number): Hex => who(0x1000 + n);
export const operator = (n: number): Hex => who(0x2000 + n);

/** Programs of families, clusters and operators of their own. */
export const enrolPrograms = async (chain: CourtChain, count: number): Promise<readonly Mined[]> => {
  const mined: Mined[] = [];
  for (let n = 0; n < count; n++) {
    await chain.send(CURATOR, chain.jurors, CourtJurors.abi, 'admitFamily', [word(n + 1), n + 1]);
    await chain.send(operator(n), chain.court, Court.abi, 'deposit', [operator(n), 10_000n], 10_000n);
    const args = [program(n), word(n + 1), word(n + 1), 10_000n];
    await chain.send(program(n), chain.jurors, CourtJurors.abi, 'serve', [operator(n)]);
    mined.push(await chain.send(operator(n), chain.jurors, CourtJurors.abi, 'joinAsProgram', args));
  }
  return mined;
};

export type Seat = { readonly juror: Hex; readonly state: number };

export const seatOf = async (chain: CourtChain, caseId: bigint, roundNumber: number, seat: number): Promise<Seat> =>
  (await chain.read(chain.panels, CourtPanels.abi, 'seatOf', [caseId, roundNumber, seat])) as Seat;

export const panelOf = async (chain: CourtChain, caseId: bigint, roundNumber: number) =>
  (await chain.read(chain.panels, CourtPanels.abi, 'panelOf', [caseId, roundNumber])) as {
    readonly drawEnd: number;
    readonly commitEnd: number;
    readonly revealEnd: number;
    readonly seats: number;
  };

const openingOf = (juror: Hex) => ({
  reading: keccak256(encodeAbiParameters([{ type: 'address' }], [juror])),
  salt: keccak256(juror),
});

/** Draws the panel by the published round of drand, and has all its seats vote the same. @returns what each step took */
export const hold = async (chain: CourtChain, caseId: bigint, roundNumber: number, vote: number) => {
  const draw = await chain.send(who(5), chain.panels, CourtPanels.abi, 'draw', [
    caseId,
    roundNumber,
    DRAND.proof,
    60_000,
  ]);
  const panel = await panelOf(chain, caseId, roundNumber);
  const steps: { commits: Mined[]; reveals: Mined[] } = { commits: [], reveals: [] };
  const jurors = await Promise.all(
    Array.from({ length: panel.seats }, async (_, seat) => (await seatOf(chain, caseId, roundNumber, seat)).juror),
  );
  chain.till(panel.drawEnd);
  for (const juror of jurors) {
    const { reading, salt } = openingOf(juror);
    const args = [caseId, roundNumber, juror, vote, reading, salt];
    const commitment = await chain.read(chain.panels, CourtPanels.abi, 'commitmentOf', args);
    steps.commits.push(await chain.send(juror, chain.panels, CourtPanels.abi, 'commit', [caseId, commitment]));
  }
  chain.till(panel.commitEnd);
  for (const juror of jurors) {
    const { reading, salt } = openingOf(juror);
    const args = [caseId, juror, vote, reading, salt];
    steps.reveals.push(await chain.send(juror, chain.panels, CourtPanels.abi, 'reveal', args));
  }
  const tally = await chain.send(who(5), chain.court, Court.abi, 'tally', [caseId]);
  return { draw, ...steps, tally };
};
