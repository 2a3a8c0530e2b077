/**
 * A complete receipt with every kind of evidence, for tests, vectors and benches. All keys are published here: they
 * protect nothing.
 */
import { toBase64, utf8 } from '../src/bytes.ts';
import type { QuestionClaim } from '../src/claim.ts';
import { claimIdOf } from '../src/claim-shape.ts';
import { ed25519PublicKey } from '../src/ed25519.ts';
import { addressOfSecretKey, signTyped } from '../src/eip712/sign.ts';
import type { Evidence } from '../src/evidence.ts';
import { keccak256 } from '../src/hash.ts';
import { formatCheckpoint, signCheckpoint } from '../src/log/checkpoint.ts';
import { cosign } from '../src/log/cosignature.ts';
import { appendLeaf, EMPTY_FRONTIER, type Frontier, frontierRoot } from '../src/log/frontier.ts';
import { leafHash } from '../src/log/hash.ts';
import { proveConsistency, proveInclusion, type ReadNode } from '../src/log/ranges.ts';
import type { Receipt, ReceiptPredicate, SignedReceipt } from '../src/receipt.ts';
import {
  buildStatement,
  logLeafBytes,
  logLeafOf,
  receiptIdOf,
  signingDomainOf,
  signReceipt,
} from '../src/receipt-build.ts';
import type { Trust } from '../src/trust.ts';
import type { ProgramRegistry } from '../src/verify/context.ts';

const key = (name: string): Uint8Array => keccak256(utf8(`surety sample ${name}`));

export const KEYS = {
  dsseSecretKey: key('dsse'),
  issuerSecretKey: key('issuer'),
  asker: key('asker'),
  log: key('log'),
  witness: key('witness'),
} as const;

/** 2026-11-01T00:00:00Z. */
export const ISSUED_AT = 1_793_491_200;
export const NOW = ISSUED_AT + 60;

const addressOf = (name: string): string => addressOfSecretKey(key(name));

export const NETWORK = {
  chainId: 31_337,
  receiptVerifier: addressOf('receipt verifier'),
  operator: addressOf('issuer'),
  environment: 'development',
} as const;

export const ASKER = addressOfSecretKey(KEYS.asker);

export const CLAIM: QuestionClaim = {
  type: 'surety/claim/question/v1',
  subject: { kind: 'site', host: 'uniswap-claim-rewards.app' },
  predicate: 'scam',
  outcomes: ['scam', 'not scam'],
  rule: { kind: 'panel', seats: 3, quorum: 2, lossGainRatio: 9 },
  budgetMicroUsd: '50000',
  valueAtStakeMicroUsd: '1000000',
  closesAt: ISSUED_AT + 600,
  asker: ASKER,
  nonce: '00112233445566778899aabbccddeeff',
};

export const READING = 'Is the site uniswap-claim-rewards.app a scam?';
const INPUT = { predicate: CLAIM.predicate, subject: CLAIM.subject };
const program = (name: string): string => `surety/${name}@${'ab'.repeat(32)}`;

/** Programs that the sample's verifier holds; `network` is held but reads more than its input. */
export const PROGRAMS: ProgramRegistry = {
  run: (name) => {
    if (name === program('lookalike')) return { kind: 'reading', probabilityPpm: 973_000 };
    if (name === program('juror-a')) return { kind: 'reading', probabilityPpm: 961_250 };
    if (name === program('network')) return { kind: 'not-repeatable', why: 'it reads the network' };
    return { kind: 'not-held' };
  },
};

const askerSignature = (): Evidence => {
  const expiresAt = CLAIM.closesAt;
  const budgetMicroUsd = BigInt(CLAIM.budgetMicroUsd);
  const { operator } = NETWORK;
  const message = { operator, claimId: `0x${claimIdOf(CLAIM)}`, reading: READING, budgetMicroUsd, expiresAt } as const;
  const signature = signTyped('AskerClaim', message, { domain: signingDomainOf(NETWORK), secretKey: KEYS.asker });
  return { kind: 'asker-signature', reading: READING, expiresAt, signature };
};

const report = (analyst: string, probabilityPpm: number | null): Evidence => ({
  kind: 'analyst-report',
  analyst,
  program: program(analyst),
  input: INPUT,
  probabilityPpm,
  saw: ['the name of the host'],
  didNotSee: ['the page'],
  reasons: ['looks like uniswap.org, which it is not'],
  at: ISSUED_AT - 2,
});

const vote = (juror: string, outcome: number | null, probabilityPpm: number): Evidence => ({
  kind: 'juror-vote',
  juror,
  operator: 'sample operator',
  family: juror,
  program: program(juror),
  input: INPUT,
  outcome,
  probabilityPpm,
  at: ISSUED_AT - 1,
});

export const EVIDENCE: readonly Evidence[] = [
  askerSignature(),
  { kind: 'screening', policy: 'surety/screening/v1', verdict: 'allowed', at: ISSUED_AT - 3 },
  report('lookalike', 973_000),
  report('network', null),
  {
    kind: 'market-record',
    marketId: claimIdOf(CLAIM),
    subsidyMicroUsd: '50000',
    trades: [{ account: ASKER, outcome: 0, deltaMicroShares: '40000', costMicroUsd: '25000', at: ISSUED_AT - 1 }],
    omittedTrades: '0',
    quantities: ['40000', '0'],
    journalDigest: 'cd'.repeat(32),
  },
];

export const VOTES: readonly Evidence[] = [
  vote('juror-a', 0, 961_250),
  vote('juror-b', 0, 940_000),
  vote('juror-c', null, 700_000),
];

/** The provisional answer; `over` replaces fields. */
export const predicateOf = (over: Partial<ReceiptPredicate> = {}): ReceiptPredicate => ({
  claim: CLAIM,
  evidence: EVIDENCE,
  outcome: 'scam',
  probabilitiesPpm: [812_000, 188_000],
  status: 'provisional',
  decidedBy: { kind: 'market' },
  issuedAt: ISSUED_AT,
  finalAfter: ISSUED_AT + 1200,
  supersedes: null,
  supersededBy: null,
  cover: {
    amountMicroUsd: '1000000',
    payer: addressOfSecretKey(KEYS.issuerSecretKey),
    beneficiary: ASKER,
    condition: 'overturned-before-until',
    until: ISSUED_AT + 86_400,
  },
  costMicroUsd: '50000',
  network: NETWORK,
  assumes: ['the operator posts honest balance roots'],
  ...over,
});

export const FINAL = {
  evidence: [...EVIDENCE, ...VOTES],
  status: 'final',
  decidedBy: { kind: 'panel', votesFor: 2, votesAgainst: 0, abstained: 1, audited: false },
  finalAfter: ISSUED_AT,
} as const satisfies Partial<ReceiptPredicate>;

export const signedOf = (over: Partial<ReceiptPredicate> = {}): SignedReceipt =>
  signReceipt(buildStatement(predicateOf(over)), KEYS);

export const ORIGIN = 'surety.example/log';
export const WITNESS = 'witness.example/w1';

export const TRUST: Trust = {
  type: 'surety/trust/v1',
  logs: [
    {
      origin: ORIGIN,
      publicKey: ed25519PublicKey(KEYS.log),
      witnesses: [{ name: WITNESS, publicKey: ed25519PublicKey(KEYS.witness) }],
      witnessQuorum: 1,
    },
  ],
  issuers: [
    {
      name: 'Sample Issuer',
      dsseKey: ed25519PublicKey(KEYS.dsseSecretKey),
      address: addressOfSecretKey(KEYS.issuerSecretKey),
    },
  ],
  networks: [{ ...NETWORK, settlement: addressOf('settlement'), anchor: addressOf('anchor') }],
  allowDevelopment: true,
};

/** A log in memory that hands out receipts with proofs, checkpoints and consistency proofs. */
export const sampleLog = () => {
  let frontier: Frontier = EMPTY_FRONTIER;
  const nodes = new Map<string, Uint8Array>();
  const readNode: ReadNode = (level, index) => nodes.get(`${level}/${index}`)!;
  const append = (leaf: Uint8Array): number => {
    const step = appendLeaf(frontier, leafHash(leaf));
    for (const node of step.completed) nodes.set(`${node.level}/${node.index}`, node.hash);
    frontier = step.frontier;
    return frontier.size - 1;
  };
  const checkpoint = (options: { readonly witnessed?: boolean } = {}): string => {
    const head = { origin: ORIGIN, size: frontier.size, root: frontierRoot(frontier), extensions: [] };
    const line = cosign(formatCheckpoint(head), { name: WITNESS, secretKey: KEYS.witness, time: ISSUED_AT + 1 });
    return signCheckpoint(head, KEYS.log, options.witnessed === false ? [] : [line]);
  };
  const prove = async (signed: SignedReceipt, index: number, options = {}): Promise<Receipt> => {
    const inclusion = (await proveInclusion(index, frontier.size, readNode)).map(toBase64);
    return { ...signed, log: { index, inclusion, checkpoint: checkpoint(options) } };
  };
  const add = (signed: SignedReceipt, over: Partial<ReceiptPredicate> = {}): number =>
    append(logLeafBytes(logLeafOf(predicateOf(over), receiptIdOf(signed))));
  const consistency = async (from: number): Promise<string[]> =>
    (await proveConsistency(from, frontier.size, readNode)).map(toBase64);
  return { append, add, prove, checkpoint, consistency };
};

/** A whole receipt: the fourth of six entries. */
export const sampleReceipt = async (over: Partial<ReceiptPredicate> = {}, options = {}): Promise<Receipt> => {
  const log = sampleLog();
  for (const name of ['a', 'b', 'c']) log.append(utf8(name));
  const signed = signedOf(over);
  const index = log.add(signed, over);
  for (const name of ['d', 'e']) log.append(utf8(name));
  return log.prove(signed, index, options);
};
