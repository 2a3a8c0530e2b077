/** What the steps of a case cost in whole transactions, in a court of the chain's own currency, drawn by a real round of drand. */
import { encodeFunctionData } from 'viem';
import {
  Court,
  CourtArbitrator,
  CourtJurors,
  CourtPanels,
  CourtReality,
  DrandQuicknet,
} from '../../packages/chain/src/generated/index.ts';
import { testIssuer } from '../../packages/chain/test/test-issuer.ts';
import { type CourtChain, DRAND, type Mined, startCourtChain, who } from '../test/court/court-chain.ts';
import {
  askOf,
  BEACON_SECONDS,
  BOND,
  BY_PERSON,
  CHALLENGE_SECONDS,
  enrolPrograms,
  HOUR_SECONDS,
  hold,
  operator,
  POLICY,
  policyId,
  seatOf,
} from '../test/court/moves.ts';
import { enrolPerson } from '../test/court/persons/person-chain.ts';

type Row = readonly [call: string, gas: bigint];

const [ASKER, PROPOSER, CHALLENGER, BACKER, ANYBODY] = [who(2), who(3), who(4), who(6), who(5)];
const AI_FEES = 1_000n;

const row = (name: string, mined: Mined): Row => [name, mined.gasUsed];
const median = (steps: readonly Mined[]): bigint => {
  const sorted = steps.map(({ gasUsed }) => gasUsed).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted[Math.floor(sorted.length / 2)] ?? 0n;
};

/** A case that is challenged, judged by three programs, and not appealed. */
const caseRows = async (chain: CourtChain): Promise<Row[]> => {
  const rows: Row[] = [];
  const { court, panels, jurors, send } = chain;
  const note = async (name: string, step: Promise<Mined>): Promise<void> => {
    rows.push(row(name, await step));
  };
  await note('Court.registerPolicy', send(ANYBODY, court, Court.abi, 'registerPolicy', [POLICY]));
  const joined = await enrolPrograms(chain, 6);
  rows.push(['CourtJurors.joinAsProgram (sixth)', joined[5]?.gasUsed ?? 0n]);
  const ask = askOf(policyId(POLICY), DRAND.seconds + 40 * HOUR_SECONDS);
  chain.till(DRAND.seconds - BEACON_SECONDS - 100);
  await note('Court.ask', send(ASKER, court, Court.abi, 'ask', [ask], 1_000n));
  await note('Court.propose', send(PROPOSER, court, Court.abi, 'propose', [1n, 0, BOND], BOND));
  await note('Court.fund (a part)', send(BACKER, court, Court.abi, 'fund', [1n, 1, 500n], 500n));
  const need = 2n * BOND + AI_FEES - 500n;
  chain.till(DRAND.seconds - BEACON_SECONDS);
  await note(
    'Court.fund (fills the rung, calls the panel)',
    send(CHALLENGER, court, Court.abi, 'fund', [1n, 1, need], need),
  );
  chain.till(DRAND.seconds);
  const held = await hold(chain, 1n, 1, 1);
  rows.push(row('CourtPanels.draw of 3 seats (drand by EIP-2537)', held.draw));
  rows.push(['CourtPanels.commit', median(held.commits)], ['CourtPanels.reveal', median(held.reveals)]);
  rows.push(row('Court.tally', held.tally));
  const { deadline } = (await chain.read(court, Court.abi, 'caseOf', [1n])) as { readonly deadline: number };
  chain.till(deadline);
  await note('Court.finalise (after one panel)', send(ANYBODY, court, Court.abi, 'finalise', [1n]));
  await note('Court.collect', send(CHALLENGER, court, Court.abi, 'collect', [1n, 1, 1, CHALLENGER]));
  await note('CourtPanels.settleSeat', send(ANYBODY, panels, CourtPanels.abi, 'settleSeat', [1n, 1, 0]));
  await note('Court.withdraw', send(CHALLENGER, court, Court.abi, 'withdraw', [CHALLENGER, 1_000n]));
  const [key, stake] = [(await seatOf(chain, 1n, 1, 0)).juror, 500n];
  const index = Array.from({ length: 6 }, (_, n) => n).find((n) => key.toLowerCase() === who(0x1000 + n)) ?? 0;
  await note(
    'CourtJurors.withdrawStake',
    send(operator(index), jurors, CourtJurors.abi, 'withdrawStake', [key, stake]),
  );
  return rows;
};

/** A first and a second answer by the calls of Reality.eth. */
const realityRows = async (chain: CourtChain): Promise<Row[]> => {
  const reality = (await chain.deploy(CourtReality, [chain.court, POLICY])).address;
  const call = (from: `0x${string}`, name: string, args: readonly unknown[], value = 0n) =>
    chain.send(from, reality, CourtReality.abi, name, args, value);
  const question = (nonce: bigint) => [0n, 'Did it rain?', reality, CHALLENGE_SECONDS, 0, nonce, BOND];
  await call(ASKER, 'askQuestionWithMinBond', question(0n));
  const asked = await call(ASKER, 'askQuestionWithMinBond', question(1n));
  const logs = (await chain.local.rpc('eth_getLogs', [{ fromBlock: '0x0', address: reality }])) as readonly {
    readonly topics: readonly string[];
  }[];
  const last = logs.at(-1)?.topics[1];
  const first = await call(PROPOSER, 'submitAnswer', [last, `0x${'0'.repeat(64)}`, 0n], BOND);
  const later = await call(CHALLENGER, 'submitAnswer', [last, `0x${'1'.padStart(64, '0')}`, 0n], 2n * BOND + AI_FEES);
  return [
    row('CourtReality.askQuestionWithMinBond (policy known)', asked),
    row('CourtReality.submitAnswer (first)', first),
    row('CourtReality.submitAnswer (second, calls the panel)', later),
  ];
};

/** A view, as a contract would pay for it: without the base fee of a transaction, with its calldata. */
const drandRows = async (chain: CourtChain): Promise<Row[]> => {
  const beacon = (await chain.read(chain.panels, CourtPanels.abi, 'beacon', [])) as `0x${string}`;
  const data = encodeFunctionData({
    abi: DrandQuicknet.abi,
    functionName: 'randomnessAt',
    args: [BigInt(DRAND.seconds), DRAND.proof],
  });
  const gas = (await chain.local.rpc('eth_estimateGas', [{ to: beacon, data }])) as string;
  return [['DrandQuicknet.randomnessAt (view)', BigInt(gas) - 21_000n]];
};

const adapterRows = async (chain: CourtChain): Promise<Row[]> => {
  const arbitrator = (await chain.deploy(CourtArbitrator, [chain.court, POLICY])).address;
  const args = [2n, '0x'];
  return [
    row(
      'CourtArbitrator.createDispute',
      await chain.send(ASKER, arbitrator, CourtArbitrator.abi, 'createDispute', args, AI_FEES),
    ),
  ];
};

const PEOPLE = 40;
/** Two panels of programs that nobody draws, there being none: draw, commit and reveal of each. */
const EMPTY_ROUNDS_SECONDS = 2 * (HOUR_SECONDS + 900 + 900);
const PEOPLE_BEGIN = DRAND.seconds - BEACON_SECONDS - EMPTY_ROUNDS_SECONDS - 100;

/** The next panel of people out of those who joined: the auditor calls it after two panels of programs without a ruling. */
const drawPeople = async (
  chain: CourtChain,
  policy: typeof POLICY | typeof BY_PERSON,
): Promise<{ readonly summoned: Mined; readonly drawn: Mined }> => {
  const call = (from: `0x${string}`, name: string, args: readonly unknown[], value = 0n) =>
    chain.send(from, chain.court, Court.abi, name, args, value);
  await call(ANYBODY, 'registerPolicy', [policy]);
  await call(ASKER, 'ask', [askOf(policyId(policy), DRAND.seconds)], 1_000n);
  chain.till(PEOPLE_BEGIN);
  await call(policy.auditor, 'summon', [1n], AI_FEES);
  for (const round of [1, 2]) {
    chain.till(PEOPLE_BEGIN + (round * EMPTY_ROUNDS_SECONDS) / 2);
    await call(ANYBODY, 'tally', [1n]);
  }
  chain.till(DRAND.seconds - BEACON_SECONDS);
  const summoned = await call(policy.auditor, 'summon', [1n], 15n * 5_000n);
  chain.till(DRAND.seconds);
  const args = [1n, 3, DRAND.proof, 60_000];
  return { summoned, drawn: await chain.send(ANYBODY, chain.panels, CourtPanels.abi, 'draw', args) };
};

const stakedRows = async (): Promise<Row[]> => {
  const chain = await startCourtChain(PEOPLE_BEGIN - HOUR_SECONDS);
  try {
    const joined: Mined[] = [];
    for (let n = 0; n < PEOPLE; n++) {
      const person = who(0x3000 + n);
      await chain.send(person, chain.court, Court.abi, 'deposit', [person, 10_000n], 10_000n);
      joined.push(await chain.send(person, chain.jurors, CourtJurors.abi, 'joinAsPerson', [10_000n]));
    }
    const { summoned, drawn } = await drawPeople(chain, POLICY);
    return [
      row(`CourtJurors.joinAsPerson (number ${PEOPLE})`, joined.at(-1)!),
      row('Court.summon', summoned),
      row(`CourtPanels.draw of 15 people out of ${PEOPLE} (drand by EIP-2537)`, drawn),
    ];
  } finally {
    await chain.local.kill();
  }
};

/** The same of persons, who are shown by tokens of an issuer whose key is always the same. */
const personRows = async (): Promise<Row[]> => {
  const issuer = testIssuer('persons.example');
  const chain = await startCourtChain(PEOPLE_BEGIN - HOUR_SECONDS, { persons: issuer });
  try {
    const enrolled: (readonly [shown: Mined, joined: Mined])[] = [];
    for (let n = 0; n < PEOPLE; n++) enrolled.push(await enrolPerson(chain, issuer, who(0x3000 + n)));
    const [shown, joined] = enrolled.at(-1)!;
    const { drawn } = await drawPeople(chain, BY_PERSON);
    return [
      row('PersonTokens.register', shown),
      row(`CourtJurors.joinByPerson (number ${PEOPLE})`, joined),
      row(`CourtPanels.draw of 15 persons out of ${PEOPLE} (drand by EIP-2537)`, drawn),
    ];
  } finally {
    await chain.local.kill();
  }
};

export const courtRows = async (): Promise<readonly Row[]> => {
  const chain = await startCourtChain(DRAND.seconds - 40 * HOUR_SECONDS);
  try {
    return [
      ...(await caseRows(chain)),
      ...(await stakedRows()),
      ...(await personRows()),
      ...(await drandRows(chain)),
      ...(await realityRows(chain)),
      ...(await adapterRows(chain)),
    ];
  } finally {
    await chain.local.kill();
  }
};
