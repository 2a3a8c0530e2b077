/** A scenario of `vectors/court.json`, step by step on the real contracts. */
import assert from 'node:assert/strict';
import { type Hex, keccak256, numberToHex, pad, stringToHex, zeroAddress, zeroHash } from 'viem';
import { Court, CourtJurors, CourtPanels } from '../../../packages/chain/src/generated/index.ts';
import type { TestIssuer } from '../../../packages/chain/test/test-issuer.ts';
import { type CourtChain, CURATOR, who } from './court-chain.ts';
import { panelOf, policyId, seatOf } from './moves.ts';
import { enrolPerson } from './persons/person-chain.ts';
import type { CourtVectors, PooledJuror, Proposal, Scenario, Step, Taken } from './vectors.ts';

const CASE = 1n;
const ABSTAIN = 252;
const PLENTY = 10n ** 13n;
const ANYBODY = who(5);
/** How a phase of the game shows in `Court.stateOf`. */
const STATES = {
  proposed: [2],
  round: [3, 4, 5, 6],
  appealable: [7],
  funding: [8],
  final: [9],
  undecided: [10],
} as const;

const address = (name: string): Hex => `0x${keccak256(stringToHex(name)).slice(-40)}`;
const operatorOf = ({ juror, operator }: PooledJuror): Hex =>
  operator === undefined || operator === '' ? juror : address(operator);

const policyOf = ({ policy }: Proposal) => ({
  leastBond: BigInt(policy.leastBondMicroUsd),
  mostBond: BigInt(policy.mostBondMicroUsd),
  challengeSeconds: policy.challengeSeconds,
  drawSeconds: policy.rounds[0]?.drawSeconds ?? 0,
  auditor: policy.auditor ?? zeroAddress,
  beaconSeconds: policy.beaconDelaySeconds,
  oneOperator: policy.operators === 'one',
  unruledStands: policy.unruled === 'stands',
  rounds: policy.rounds.map((r) => ({
    fee: BigInt(r.feePerSeatMicroUsd),
    absence: BigInt(r.absenceMicroUsd),
    lossToGain: r.lossToGain,
    seats: r.seats,
    quorum: r.quorum,
    commitSeconds: r.commitSeconds,
    revealSeconds: r.revealSeconds,
    appealSeconds: r.appealSeconds,
  })),
});

/** Registers the pools in their order, persons only where somebody says who is one. */
export const enrol = async (chain: CourtChain, { pools }: CourtVectors, persons?: TestIssuer): Promise<void> => {
  const { court, jurors, send } = chain;
  for (const [index, juror] of pools.ai.entries()) {
    const family = pad(numberToHex(index + 1), { size: 32 });
    await send(CURATOR, jurors, CourtJurors.abi, 'admitFamily', [family, juror.cluster]);
    const [owner, stake] = [operatorOf(juror), BigInt(juror.weight)];
    await send(owner, court, Court.abi, 'deposit', [owner, stake], stake);
    await send(juror.juror, jurors, CourtJurors.abi, 'serve', [owner]);
    await send(owner, jurors, CourtJurors.abi, 'joinAsProgram', [juror.juror, family, family, stake]);
  }
  for (const { juror, weight } of pools.people) {
    await send(juror, court, Court.abi, 'deposit', [juror, BigInt(weight)], BigInt(weight));
    await send(juror, jurors, CourtJurors.abi, 'joinAsPerson', [BigInt(weight)]);
  }
  if (persons === undefined) return;
  for (const { juror } of pools.persons) await enrolPerson(chain, persons, juror);
};

export type Replay = {
  readonly chain: CourtChain;
  readonly vectors: CourtVectors;
  readonly scenario: Scenario;
  readonly start: number;
};

/** Whose stake counts in the draw though none of it is free: it is out from then to the reveals, when nobody is drawn any more. */
const moveBusyStakes = async ({ chain, vectors }: Replay, name: 'withdrawStake' | 'addStake'): Promise<void> => {
  for (const { juror, weight, freeMicroUsd } of vectors.pools.people) {
    const busy = BigInt(weight) - BigInt(freeMicroUsd);
    if (busy === 0n) continue;
    const { stake } = (await chain.read(chain.jurors, CourtJurors.abi, 'jurorOf', [juror])) as {
      readonly stake: bigint;
    };
    const isOut = stake < BigInt(weight);
    if (isOut === (name === 'addStake')) await chain.send(juror, chain.jurors, CourtJurors.abi, name, [juror, busy]);
  }
};

const caseOf = async ({ chain }: Replay) =>
  (await chain.read(chain.court, Court.abi, 'caseOf', [CASE])) as {
    readonly state: number;
    readonly round: number;
    readonly rungs: number;
    readonly deadline: number;
    readonly latestEnd: number;
    readonly standing: number;
  };

const propose = async ({ chain, start, scenario }: Replay, step: Proposal): Promise<void> => {
  const { court, send } = chain;
  const policy = policyOf(step);
  await send(ANYBODY, court, Court.abi, 'registerPolicy', [policy]);
  const ask = {
    question: zeroHash,
    outcomes: step.outcomes,
    policy: policyId(policy),
    exclusions: step.exclusionRoot ?? zeroHash,
    reward: BigInt(step.rewardMicroUsd),
    opensAt: 0,
    answerBy: start + 1,
    callback: false,
  };
  await send(step.asker, court, Court.abi, 'ask', [ask], ask.reward);
  const bond = BigInt(step.bondMicroUsd);
  await send(step.proposer, court, Court.abi, 'propose', [CASE, step.outcome, bond], bond);
  const { latestEnd } = (await chain.read(court, Court.abi, 'caseOf', [CASE])) as { readonly latestEnd: number };
  assert.equal(latestEnd - start, scenario.latestEndAfter, 'the latest end');
};

const seatNumber = async ({ chain }: Replay, round: number, juror: Hex): Promise<number> => {
  const { seats } = await panelOf(chain, CASE, round);
  for (let seat = 0; seat < seats; seat++) {
    if ((await seatOf(chain, CASE, round, seat)).juror.toLowerCase() === juror.toLowerCase()) return seat;
  }
  throw new RangeError(`${juror} does not sit`);
};

/** Takes one step; rejects where the court refuses it. */
const take = async (replay: Replay, step: Step): Promise<void> => {
  const { chain } = replay;
  const { court, panels, send } = chain;
  const opening = (s: { juror: Hex; outcome: number; reading: Hex; salt: Hex }) => [
    CASE,
    s.juror,
    s.outcome,
    s.reading,
    s.salt,
  ];
  if (step.kind === 'propose') return propose(replay, step);
  const { round, state } = await caseOf(replay);
  switch (step.kind) {
    case 'fund': {
      if (step.outcome === null) return void (await send(step.account, court, Court.abi, 'summon', [CASE]));
      await send(step.account, court, Court.abi, 'fund', [CASE, step.outcome, BigInt(step.amountMicroUsd)]);
      return;
    }
    case 'draw': {
      if (step.candidates === 'people') await moveBusyStakes(replay, 'withdrawStake');
      return void (await send(ANYBODY, panels, CourtPanels.abi, 'draw', [CASE, round, step.randomness, 60_000]));
    }
    case 'commit':
      return void (await send(step.juror, panels, CourtPanels.abi, 'commit', [CASE, step.commitment]));
    case 'reveal':
      await moveBusyStakes(replay, 'addStake');
      return void (await send(ANYBODY, panels, CourtPanels.abi, 'reveal', opening(step)));
    case 'show-early':
      return void (await send(step.by, panels, CourtPanels.abi, 'showEarly', opening(step)));
    case 'strike': {
      const seat = await seatNumber(replay, round, step.juror);
      return void (await send(ANYBODY, panels, CourtPanels.abi, 'strike', [CASE, round, seat, step.proof, 60_000]));
    }
    case 'advance':
      return void (await send(ANYBODY, court, Court.abi, state === 3 ? 'tally' : 'finalise', [CASE]));
    case 'withdraw':
      return;
  }
};

const compare = async (replay: Replay, { state, step }: Taken): Promise<void> => {
  if (state === undefined) return;
  const { chain, start, scenario } = replay;
  const now = await caseOf(replay);
  const at = `${scenario.name}, ${step.kind} at ${step.after}`;
  const shown = (await chain.read(chain.court, Court.abi, 'stateOf', [CASE])) as number;
  assert.ok((STATES[state.phase] as readonly number[]).includes(shown), `${at}: ${state.phase}, not ${shown}`);
  if (state.endsAfter !== undefined) assert.equal(now.deadline - start, state.endsAfter, `${at}: the window's end`);
  if (state.ruling !== undefined) assert.equal(now.standing, state.ruling, `${at}: what stands`);
  if (state.phase === 'final') assert.equal(now.standing, state.outcome, `${at}: the outcome`);
  if (state.round === undefined) return;
  assert.equal(now.round, state.round.number, `${at}: the round`);
  const panel = await panelOf(chain, CASE, now.round);
  assert.equal(panel.revealEnd - start, state.round.revealEndsAfter, `${at}: the end of the reveals`);
  const seats = await Promise.all(
    state.round.seats.map(async (_, seat) => (await seatOf(chain, CASE, now.round, seat)).juror.toLowerCase()),
  );
  const sitting = state.round.seats.map((juror) => (juror ?? zeroAddress).toLowerCase());
  assert.deepEqual(seats, sitting, `${at}: the seats`);
};

/** Everybody fetches what is his. */
const fetchAll = async (replay: Replay, contributors: ReadonlySet<Hex>): Promise<void> => {
  const { chain } = replay;
  const { rungs, round } = await caseOf(replay);
  for (let rung = 0; rung <= rungs; rung++) {
    for (const outcome of [0, 1, 253, 254, 255, ABSTAIN]) {
      for (const account of contributors) {
        const args = [CASE, rung, outcome, account];
        if ((await chain.read(chain.court, Court.abi, 'contributionOf', args)) === 0n) continue;
        await chain.send(ANYBODY, chain.court, Court.abi, 'collect', args);
      }
    }
  }
  for (let number = 1; number <= round; number++) {
    const { seats } = await panelOf(chain, CASE, number);
    for (let seat = 0; seat < seats; seat++) {
      const { state } = await seatOf(chain, CASE, number, seat);
      // Empty, shown early.
      if (state === 0 || state === 5) continue;
      await chain.send(ANYBODY, chain.panels, CourtPanels.abi, 'settleSeat', [CASE, number, seat]);
    }
  }
};

/** What each account gained or lost, by the vectors; programs under their operator. */
const expectedGains = ({ vectors, scenario }: Replay): Map<string, bigint> => {
  const owners = new Map(vectors.pools.ai.map((juror) => [juror.juror.toLowerCase(), operatorOf(juror).toLowerCase()]));
  const gains = new Map<string, bigint>();
  const add = (account: string, amount: bigint): void => {
    const owner = owners.get(account.toLowerCase()) ?? account.toLowerCase();
    gains.set(owner, (gains.get(owner) ?? 0n) + amount);
  };
  const credits = new Map<string, bigint>();
  for (const { moved = [], state } of scenario.steps) {
    for (const { kind, account, amountMicroUsd } of moved) {
      add(account, kind === 'take' ? -BigInt(amountMicroUsd) : BigInt(amountMicroUsd));
    }
    for (const [account, amount] of Object.entries(state?.credits ?? {})) credits.set(account, BigInt(amount));
  }
  for (const [account, amount] of credits) add(account, amount);
  return gains;
};

/** What an account has: balance, and stakes of the jurors that it operates. */
const wealthOf = async ({ chain, vectors }: Replay, account: string): Promise<bigint> => {
  let wealth = (await chain.read(chain.court, Court.abi, 'balanceOf', [account])) as bigint;
  for (const juror of [...vectors.pools.ai, ...vectors.pools.people]) {
    if (operatorOf(juror).toLowerCase() !== account) continue;
    wealth += (
      (await chain.read(chain.jurors, CourtJurors.abi, 'jurorOf', [juror.juror])) as { readonly stake: bigint }
    ).stake;
  }
  return wealth;
};

/** Replays a scenario: after each step what shows must be what the vectors say, and in the end everybody has what they say. */
export const replay = async (given: Replay): Promise<void> => {
  const { chain, scenario, start } = given;
  const gains = expectedGains(given);
  const contributors = new Set<Hex>();
  for (const { step } of scenario.steps) {
    if (step.kind === 'fund') contributors.add(step.account);
    if (step.kind === 'propose') contributors.add(step.proposer).add(step.asker);
  }
  chain.still(start);
  for (const account of contributors)
    await chain.send(account, chain.court, Court.abi, 'deposit', [account, PLENTY], PLENTY);
  const before = new Map<string, bigint>();
  for (const account of gains.keys()) before.set(account, await wealthOf(given, account));
  let burnt = 0n;
  for (const taken of scenario.steps) {
    chain.still(start + taken.step.after);
    if (taken.refused !== undefined) await assert.rejects(take(given, taken.step), /reverted/, taken.refused);
    else await take(given, taken.step);
    await compare(given, taken);
    burnt = BigInt(taken.state?.burnt ?? burnt);
  }
  await fetchAll(given, contributors);
  for (const [account, gain] of gains) {
    const first = before.get(account) ?? 0n;
    // What was paid along with asking and proposing came on top of the deposits.
    const along = scenario.steps.flatMap(({ step }) =>
      step.kind === 'propose'
        ? [
            [step.asker.toLowerCase(), BigInt(step.rewardMicroUsd)] as const,
            [step.proposer.toLowerCase(), BigInt(step.bondMicroUsd)] as const,
          ]
        : [],
    );
    const paid = along.reduce((sum, [payer, amount]) => (payer === account ? sum + amount : sum), 0n);
    assert.equal((await wealthOf(given, account)) - first - paid, gain, `${scenario.name}: ${account}`);
  }
  assert.equal(await chain.read(chain.court, Court.abi, 'burnt', []), burnt, `${scenario.name}: what is burnt`);
};
