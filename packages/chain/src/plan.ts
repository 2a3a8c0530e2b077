/** What is deployed, in which order, and at which addresses. Pure: the same for everybody who knows the parameters. */
import { encodeDeployData, type Hex, keccak256, stringToHex } from 'viem';

import { create2Address } from './deployer.ts';
import {
  Anchor,
  Arbiter,
  CoverBond,
  DevDollar,
  ProofStepVerifier,
  ProofVerifier,
  ReceiptVerifier,
  Settlement,
  TensorVerifier,
} from './generated/index.ts';

/** EIP-55 addresses of one deployment. */
export type Contracts = {
  /** The dollar token: the development dollar, or the one that was named. */
  readonly dollar: Hex;
  readonly settlement: Hex;
  readonly anchor: Hex;
  readonly receiptVerifier: Hex;
  readonly coverBond: Hex;
  /** Takes results of runs with a bond: `spec/14-arbiter.md`. */
  readonly arbiter: Hex;
  /** Judges runs of tensor programs for the arbiter: `spec/15-refutation.md`. */
  readonly tensorVerifier: Hex;
  /** Checks proofs of small programs by itself, so that a claim is final at once: `spec/20-proofs-on-chain.md`. */
  readonly proofVerifier: Hex;
  /** Carries out any step of the verifier of a larger proof that somebody disputes: spec 20.6. */
  readonly proofStepVerifier: Hex;
};

/** How long people have, in seconds; see `spec/05-settlement.md`. */
export type Delays = {
  /** How old a root must be before it is paid from. */
  readonly challengeSeconds: number;
  /** How long the operator may leave a deposit uncredited. */
  readonly reclaimSeconds: number;
  /** How long the operator may leave a forced withdrawal unanswered. */
  readonly forcedSeconds: number;
  /** How long the operator may post no root at all. */
  readonly rootGapSeconds: number;
  /** How long after the end of cover a ruling from before it can be redeemed. */
  readonly redeemGraceSeconds: number;
};

/** Short enough to see a withdrawal happen, long enough to switch the machine off for a week. */
export const DEVELOPMENT_DELAYS: Delays = {
  challengeSeconds: 60,
  reclaimSeconds: 86_400,
  forcedSeconds: 86_400,
  rootGapSeconds: 30 * 86_400,
  redeemGraceSeconds: 7 * 86_400,
};

/** For money that is real: a day to notice a wrong root, three days of silence until everybody may leave. */
export const CAREFUL_DELAYS: Delays = {
  challengeSeconds: 86_400,
  reclaimSeconds: 2 * 86_400,
  forcedSeconds: 2 * 86_400,
  rootGapSeconds: 3 * 86_400,
  redeemGraceSeconds: 14 * 86_400,
};

/** What claims and disputes cost, shares in parts per million of a claim's bond; see `spec/14-arbiter.md`. */
export type ArbiterTerms = {
  /** The smallest bond of a claim, in micro-dollars. Its reward must be worth the gas of a dispute. */
  readonly leastBondMicroUsd: bigint;
  /** What a challenger locks, and loses to the provider if he was wrong. */
  readonly stakePpm: number;
  /** What whoever shows a claim to be wrong is paid. */
  readonly rewardPpm: number;
  /** The least that nobody gets when a claim is void: all that deters a provider who deals with himself. */
  readonly burnPpm: number;
};

/** Small enough to play with. */
export const DEVELOPMENT_TERMS: ArbiterTerms = {
  leastBondMicroUsd: 10_000_000n,
  stakePpm: 100_000,
  rewardPpm: 250_000,
  burnPpm: 250_000,
};

/** The reward, 250 dollars, pays for some 2 million gas at 20 gwei and 4,000 dollars a coin, with half of it left over. */
export const CAREFUL_TERMS: ArbiterTerms = { ...DEVELOPMENT_TERMS, leastBondMicroUsd: 1_000_000_000n };

export type PlanOptions = {
  /** Who posts roots; EIP-55 or lower case. */
  readonly operator: Hex;
  /** An existing 6-decimal dollar; the development dollar when absent. */
  readonly token?: Hex;
  readonly delays?: Delays;
  /** {@link DEVELOPMENT_TERMS} when absent. */
  readonly terms?: ArbiterTerms;
  /** Tells two deployments of one operator apart; default `surety/v1`. */
  readonly saltText?: string;
};

export type PlannedContract = {
  readonly name: keyof Contracts;
  readonly address: Hex;
  readonly initCode: Hex;
};

export type Plan = {
  readonly contracts: Contracts;
  readonly salt: Hex;
  /** In an order in which each finds what it refers to. */
  readonly steps: readonly PlannedContract[];
};

const arbiterCode = (token: Hex, terms: ArbiterTerms): Hex =>
  encodeDeployData({
    abi: Arbiter.abi,
    bytecode: Arbiter.bytecode,
    args: [
      token,
      {
        leastBond: terms.leastBondMicroUsd,
        stakePpm: terms.stakePpm,
        rewardPpm: terms.rewardPpm,
        burnPpm: terms.burnPpm,
      },
    ],
  });

/** The whole deployment for one operator. */
export const planDeployment = (options: PlanOptions): Plan => {
  const delays = options.delays ?? DEVELOPMENT_DELAYS;
  const salt = keccak256(stringToHex(options.saltText ?? 'surety/v1'));
  const step = (name: keyof Contracts, initCode: Hex): PlannedContract => ({
    name,
    initCode,
    address: create2Address(initCode, salt),
  });
  const dollar = step('dollar', encodeDeployData({ abi: DevDollar.abi, bytecode: DevDollar.bytecode }));
  const token = options.token ?? dollar.address;
  const anchor = step('anchor', Anchor.bytecode);
  const verifier = step(
    'receiptVerifier',
    encodeDeployData({ abi: ReceiptVerifier.abi, bytecode: ReceiptVerifier.bytecode, args: [anchor.address] }),
  );
  const settlement = step(
    'settlement',
    encodeDeployData({
      abi: Settlement.abi,
      bytecode: Settlement.bytecode,
      args: [
        token,
        options.operator,
        {
          challenge: delays.challengeSeconds,
          reclaim: delays.reclaimSeconds,
          forced: delays.forcedSeconds,
          rootGap: delays.rootGapSeconds,
        },
      ],
    }),
  );
  const coverBond = step(
    'coverBond',
    encodeDeployData({
      abi: CoverBond.abi,
      bytecode: CoverBond.bytecode,
      args: [token, verifier.address, delays.redeemGraceSeconds],
    }),
  );
  const arbiter = step('arbiter', arbiterCode(token, options.terms ?? DEVELOPMENT_TERMS));
  const tensorVerifier = step('tensorVerifier', TensorVerifier.bytecode);
  const proofVerifier = step('proofVerifier', ProofVerifier.bytecode);
  const proofStepVerifier = step('proofStepVerifier', ProofStepVerifier.bytecode);
  return {
    salt,
    contracts: {
      dollar: token,
      settlement: settlement.address,
      anchor: anchor.address,
      receiptVerifier: verifier.address,
      coverBond: coverBond.address,
      arbiter: arbiter.address,
      tensorVerifier: tensorVerifier.address,
      proofVerifier: proofVerifier.address,
      proofStepVerifier: proofStepVerifier.address,
    },
    steps: [
      ...(options.token === undefined ? [dollar] : []),
      anchor,
      verifier,
      settlement,
      coverBond,
      arbiter,
      tensorVerifier,
      proofVerifier,
      proofStepVerifier,
    ],
  };
};

/** Where everything will be, before anything is. */
export const predictAddresses = (options: PlanOptions): Contracts => planDeployment(options).contracts;
