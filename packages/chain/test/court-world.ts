/** A court in development dollars on a local chain, whose first panel is drawn by a round that drand published. For tests. */
import { unwrap } from '@surety/core';
import { encodeFunctionData, keccak256, numberToHex, parseEventLogs, stringToHex, zeroAddress, zeroHash } from 'viem';
import { create2Call, ensureDeployer } from '../src/deployer.ts';
import { Court, DevDollar } from '../src/generated/index.ts';
import {
  type Chain,
  type ContractPolicy,
  type Contracts,
  type CourtBook,
  type CourtIntent,
  type CourtSetting,
  connect,
  decodeIntent,
  deployCourt,
  encodeIntent,
  type Intent,
  planDeployment,
  policyIdOf,
  predictAddresses,
  registryName,
  type SeatFloor,
  submit,
} from '../src/index.ts';
import { send } from '../src/send.ts';
import { KEYS, type LocalChain, startChain } from './local-chain.ts';
import { type TestIssuer, testIssuer } from './test-issuer.ts';

type Hex = `0x${string}`;

/** A published round of drand's quicknet: when it was due, and its signature as relays serve it. */
export const DRAND = {
  round: 657_413,
  seconds: 1_692_803_367 + 3 * (657_413 - 1),
  signature: 'b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b',
  proof:
    '0x1713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b116c5214fdfb7ba78de63a90904f73c935e28a89e5c815c43a49dfc8058ed0d2b7de6f98eae4a917bb868989bd0302b7',
} as const;

export const HOUR_SECONDS = 3_600;
export const BEACON_SECONDS = 60;
export const BOND_UNITS = 1_000_000n;
export const STAKE_UNITS = 5_000_000n;
const GIVEN_UNITS = 100_000_000n;

const round = (seats: number, quorum: number, feeUnits: bigint, people: boolean) => ({
  feeUnits,
  absenceUnits: feeUnits / 2n,
  lossToGain: people ? 1 : 9,
  seats,
  quorum,
  commitSeconds: people ? 72 * HOUR_SECONDS : 900,
  revealSeconds: people ? 24 * HOUR_SECONDS : 900,
  appealSeconds: people ? 48 * HOUR_SECONDS : 8 * HOUR_SECONDS,
});

/** The default ladder of questions that programs watch, with small amounts. */
export const POLICY: ContractPolicy = {
  leastBondUnits: BOND_UNITS,
  mostBondUnits: 100n * BOND_UNITS,
  challengeSeconds: 2 * HOUR_SECONDS,
  drawSeconds: HOUR_SECONDS,
  auditor: zeroAddress,
  beaconSeconds: BEACON_SECONDS,
  oneOperator: false,
  unruledStands: false,
  callMultiple: 6,
  rounds: [
    round(3, 2, 10_000n, false),
    round(7, 4, 10_000n, false),
    round(15, 8, 500_000n, true),
    round(31, 16, 500_000n, true),
  ],
};

/** What the usual ladder gives, and no more. */
export const FLOOR: SeatFloor = {
  ...{ aiFeeUnits: 10_000n, aiSeconds: 900 },
  ...{ peopleFeeUnits: 500_000n, peopleSeconds: 24 * HOUR_SECONDS },
};

/** A step of a court without its address: it is the world's. */
type Step = CourtIntent extends infer I ? (I extends CourtIntent ? Omit<I, 'at'> : never) : never;

export type CourtWorld = {
  readonly local: LocalChain;
  readonly setting: CourtSetting;
  /** Whose tokens the court's registry of persons takes. */
  readonly issuer: TestIssuer;
  /** Of the rest of Surety, which is not deployed here. */
  readonly contracts: Contracts;
  readonly policyId: Hex;
  /** The curator; its key is the first of anvil's. */
  readonly curator: Chain;
  /** Connects with a key of its own that has gas and dollars. */
  readonly member: (name: string) => Promise<Chain>;
  readonly keyOf: (name: string) => string;
  /** Makes an intent take effect, through the journal's encoding, and shows that it does so once. */
  readonly must: (by: Chain, step: Step) => Promise<void>;
  /** So much of the member's money is at the court from now on. */
  readonly deposit: (by: Chain, amountUnits: bigint) => Promise<void>;
  readonly ask: (by: Chain, question: Hex) => Promise<bigint>;
  /** A block at that time. */
  readonly mineAt: (seconds: number) => Promise<void>;
  /** The next transaction is mined at that time. */
  readonly nextAt: (seconds: number) => Promise<void>;
  /** What the court holds, and what its books add up to, at the block of the book: others may go on meanwhile. */
  readonly balance: (book: CourtBook) => Promise<{ readonly held: bigint; readonly booked: bigint }>;
};

export const startCourtWorld = async (startSeconds = DRAND.seconds - 40 * HOUR_SECONDS): Promise<CourtWorld> => {
  const local = await startChain('--timestamp', String(startSeconds), '--hardfork', 'osaka');
  try {
    return await furnish(local);
  } catch (error) {
    await local.kill();
    throw error;
  }
};

const furnish = async (local: LocalChain): Promise<CourtWorld> => {
  const curator = unwrap(await connect(local.rpcUrl, { key: KEYS[0] }));
  const members: Hex[] = [curator.account!.address];
  const contracts = predictAddresses({ operator: curator.account!.address });
  const must = async (by: Chain, intent: Intent): Promise<void> => {
    const sent = await submit(by, contracts, decodeIntent(encodeIntent(intent)));
    if (sent.kind !== 'mined') throw new RangeError(`${intent.kind}: ${JSON.stringify(sent)}`);
    const again = await submit(by, contracts, intent);
    if (again.kind !== 'already') throw new RangeError(`${intent.kind} took effect twice`);
  };
  const call = async (by: Chain, to: Hex, data: Hex): Promise<Hex> => {
    const sent = await send(by, { to, data });
    if (sent.kind !== 'mined') throw new RangeError(JSON.stringify(sent));
    return sent.hash;
  };
  unwrap(await ensureDeployer(curator));
  const { steps, salt } = planDeployment({ operator: curator.account!.address });
  const dollar = steps.find(({ name }) => name === 'dollar')!;
  const { to, data } = create2Call(dollar.initCode, salt);
  await call(curator, to, data);
  const currency = dollar.address;
  const issuer = testIssuer('persons.example');
  const setting = unwrap(
    await deployCourt(curator, {
      currency,
      curator: curator.account!.address,
      leastStakeUnits: 1_000_000n,
      fallbackBlocks: 100n,
      floor: FLOOR,
      persons: { kind: 'issuer', issuer: issuer.issuer, modulus: issuer.modulus },
    }),
  );
  const { court, panels, jurors } = setting;
  const at = { court, panels, jurors };
  const mustHere = (by: Chain, step: Step): Promise<void> => must(by, { ...step, at } as CourtIntent);
  await mustHere(curator, { kind: 'court-register-policy', policy: POLICY });

  const keyOf = (name: string): string => keccak256(stringToHex(name)).slice(2);
  const member = async (name: string): Promise<Chain> => {
    const chain = unwrap(await connect(local.rpcUrl, { key: keyOf(name) }));
    const { address } = chain.account!;
    if (members.includes(address)) return chain;
    members.push(address);
    await local.rpc('anvil_setBalance', [address, numberToHex(10n ** 20n)]);
    const id = keccak256(stringToHex(`mint ${name}`));
    const args = [address, GIVEN_UNITS, id] as const;
    await call(chain, currency, encodeFunctionData({ abi: DevDollar.abi, functionName: 'mintDevelopment', args }));
    return chain;
  };
  const deposit = async (by: Chain, amountUnits: bigint): Promise<void> => {
    const { address } = by.account!;
    const args = [address] as const;
    const before = await by.reader.readContract({ abi: Court.abi, address: court, functionName: 'balanceOf', args });
    await mustHere(by, { kind: 'court-approve', currency, amountUnits });
    await mustHere(by, { kind: 'court-deposit', amountUnits, untilUnits: before + amountUnits, payWei: 0n });
  };
  const policyId = policyIdOf(POLICY);
  const ask = async (by: Chain, question: Hex): Promise<bigint> => {
    const { timestamp } = await by.reader.getBlock();
    const terms = {
      ...{ question, outcomes: 2, policy: policyId, exclusions: zeroHash, reward: 0n, opensAt: 0 },
      ...{ answerBy: Number(timestamp) + 30 * 24 * HOUR_SECONDS, callback: false },
    };
    const hash = await call(by, court, encodeFunctionData({ abi: Court.abi, functionName: 'ask', args: [terms] }));
    const { logs } = await by.reader.getTransactionReceipt({ hash });
    return parseEventLogs({ abi: Court.abi, eventName: 'Asked', logs })[0]!.args.caseId;
  };
  const nextAt = async (seconds: number): Promise<void> => {
    await local.rpc('evm_setNextBlockTimestamp', [seconds]);
  };
  const balance: CourtWorld['balance'] = async ({ cases, block }) => {
    const at = { blockNumber: block.number };
    const of = { ...at, abi: Court.abi, address: court } as const;
    const { reader } = curator;
    const sum = (parts: readonly bigint[]): bigint => parts.reduce((total, part) => total + part, 0n);
    const balances = members.map((each) => reader.readContract({ ...of, functionName: 'balanceOf', args: [each] }));
    const inCases = cases.map(async (each) => {
      const ended = each.state === 'final' || each.state === 'undecided';
      const lying = each.contributions
        .filter(({ collectedUnits, rung, outcome }) => {
          const filled = each.rungs[rung]?.outcome === outcome;
          return collectedUnits === null && !(ended && filled);
        })
        .map(({ amountUnits }) => amountUnits);
      if (!ended) return sum(lying) + each.rewardUnits;
      const left = each.rungs.map(async (_, rung) => {
        const payout = await reader.readContract({ ...of, functionName: 'payoutOf', args: [each.id, rung] });
        return payout.left;
      });
      const pot = await reader.readContract({ ...of, functionName: 'seatPot', args: [each.id] });
      return sum(lying) + sum(await Promise.all(left)) + pot;
    });
    const [stakes, burnt, held] = await Promise.all([
      reader.readContract({ ...of, functionName: 'stakes' }),
      reader.readContract({ ...of, functionName: 'burnt' }),
      reader.readContract({ ...at, abi: DevDollar.abi, address: currency, functionName: 'balanceOf', args: [court] }),
    ]);
    return { held, booked: stakes + burnt + sum(await Promise.all(balances)) + sum(await Promise.all(inCases)) };
  };
  return {
    issuer,
    ...{ local, setting, contracts, policyId, curator, member, keyOf, deposit, ask, nextAt, balance },
    must: mustHere,
    mineAt: async (seconds) => {
      await nextAt(seconds);
      await local.rpc('evm_mine');
    },
  };
};

/** Admits a family as a cluster of its own and registers a member, with a stake, as a juror of it. */
export const enrol = async (world: CourtWorld, by: Chain, family: string, cluster: number): Promise<void> => {
  const { address } = by.account!;
  const id = registryName(family);
  await world.must(world.curator, { kind: 'court-admit-family', family: id, cluster });
  await world.deposit(by, STAKE_UNITS);
  await world.must(by, { kind: 'court-serve', operator: address });
  const program = registryName(`${family} program`);
  const terms = { key: address, family: id, program, stakeUnits: STAKE_UNITS };
  await world.must(by, { kind: 'court-join-as-program', ...terms });
};
