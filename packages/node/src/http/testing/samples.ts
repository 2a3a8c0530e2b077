/** One valid request and one valid answer for every route, for tests of the edge. */
import type { QuestionClaim, Receipt } from '@surety/core';
import type {
  ActionResult,
  CaseSummary,
  ChainCase,
  CourtCase,
  Market,
  MarketSummary,
  ModelHistory,
  ModelSummary,
  ModelVersion,
  Passkey,
  RouteName,
  RouteOutput,
  Run,
  RunChain,
  RunSummary,
  SignedAction,
} from '@surety/protocol';

export const ADDRESS = `0x${'11'.repeat(20)}`;
export const ID = 'ab'.repeat(32);
const SIGNATURE = `0x${'22'.repeat(64)}1b`;

export const claim: QuestionClaim = {
  type: 'surety/claim/question/v1',
  subject: { kind: 'site', host: 'example.com' },
  predicate: 'scam',
  outcomes: ['scam', 'not scam'],
  rule: { kind: 'panel', seats: 3, quorum: 2, lossGainRatio: 9 },
  budgetMicroUsd: '50000',
  valueAtStakeMicroUsd: '0',
  closesAt: 1_800_000_000,
  asker: ADDRESS,
  nonce: '00'.repeat(16),
};

export const receipt: Receipt = {
  type: 'surety/receipt/v1',
  envelope: {
    payloadType: 'application/vnd.in-toto+json',
    payload: 'e30=',
    signatures: [{ keyid: '33'.repeat(32), sig: 'AAAA' }],
  },
  eip712: { issuer: ADDRESS, signature: SIGNATURE },
  log: { index: 0, inclusion: [], checkpoint: 'surety.example/log\n1\nAAAA\n' },
};

const summary: MarketSummary = {
  marketId: ID,
  claim,
  plainWords: 'Is example.com a scam?',
  status: 'open',
  probabilitiesPpm: [500_000, 500_000],
  volumeMicroUsd: '0',
  tradeCount: 0,
  closesAt: claim.closesAt,
  answer: { outcome: 'not scam', probabilityPpm: 500_000, status: 'provisional', decidedBy: { kind: 'market' } },
};

export const market: Market = {
  ...summary,
  quantitiesMicroShares: ['0', '0'],
  subsidyMicroUsd: '50000',
  players: [{ account: ADDRESS, id: 'lists', label: 'Published lists' }],
  evidence: [],
  priceHistory: [{ at: 1_700_000_000, seq: 1, probabilitiesPpm: [500_000, 500_000] }],
  resolvesBy: claim.closesAt + 600,
  receiptId: ID,
  environment: 'development',
  seq: 1,
};

const unsigned = {
  account: ADDRESS,
  chainId: 31337,
  operator: ADDRESS,
  nonce: '44'.repeat(16),
  expiresAt: 1_800_000_000,
  marketId: ID,
} as const;

export const signedAction: SignedAction = {
  action: {
    type: 'surety/action/order/v1',
    ...unsigned,
    order: { kind: 'spend', outcome: 0, amountMicroUsd: '1000' },
  },
  account: ADDRESS,
  sessionKey: `04${'55'.repeat(64)}`,
  signature: '66'.repeat(64),
};

const filled = {
  outcome: 0,
  deltaMicroShares: '1999',
  costMicroUsd: '1000',
  feeMicroUsd: '0',
  probabilitiesPpm: [510_000, 490_000],
};

const passkey: Passkey = { passkeyId: ID, account: ADDRESS, publicKey: signedAction.sessionKey };

export const actionResult: ActionResult = {
  kind: 'order',
  marketId: ID,
  tradeSeq: 2,
  ...filled,
  budgetMicroUsd: '0',
};

const revealedVersion: ModelVersion = {
  publicationId: ID,
  version: 2,
  status: 'revealed',
  commitment: { kind: 'hidden', hidden: '77'.repeat(32) },
  revealBy: 1_800_000_000,
  bondMicroUsd: '5000000',
  heldMicroUsd: '0',
  program: '88'.repeat(32),
  probes: '99'.repeat(32),
  bundle: null,
  publishedAt: 1_700_000_000,
  revealedAt: 1_750_000_000,
  overdueAt: null,
  drift: {
    from: 1,
    probes: '99'.repeat(32),
    result: {
      kind: 'measured',
      probes: 100,
      argmaxChanged: 7,
      meanAbsolute: '0.0125',
      maxAbsolute: '1.5',
      values: 1_000,
      clamped: 0,
    },
    at: 1_750_000_001,
  },
};

export const modelHistory: ModelHistory = {
  model: `${ADDRESS}/digits`,
  publisher: ADDRESS,
  name: 'digits',
  versions: [revealedVersion],
};

const modelSummary: ModelSummary = {
  model: `${ADDRESS}/digits`,
  publisher: ADDRESS,
  name: 'digits',
  versions: 2,
  latest: revealedVersion,
};

const publication: RouteOutput<'publication'> = {
  type: 'surety/publication/v1',
  publicationId: ID,
  record: {
    type: 'surety/model/v1',
    publisher: ADDRESS,
    name: 'digits',
    version: 2,
    previous: ID,
    commitment: revealedVersion.commitment,
    revealBy: revealedVersion.revealBy,
    bondMicroUsd: '5000000',
    probes: null,
    bundle: null,
    publishedAt: 1_700_000_000,
  },
  signed: { action: {}, account: ADDRESS, sessionKey: `04${'55'.repeat(64)}`, signature: '66'.repeat(64) },
  log: { index: 0, inclusion: [], checkpoint: 'surety.example/log\n1\nAAAA\n' },
  reveal: null,
  overdue: null,
};

const runSummary: RunSummary = {
  claimId: ID,
  program: { id: '88'.repeat(32), name: 'digits', held: true, steps: 1, nodes: 9 },
  provider: ADDRESS,
  requester: ADDRESS,
  route: { verifier: ADDRESS, kind: 'tensor' },
  priceMicroUsd: '0',
  bondMicroUsd: '50000000',
  madeAt: 1_700_000_000,
  windowEndsAt: 1_700_003_600,
  state: 'open',
  turn: null,
  disputes: 0,
  openDisputes: 0,
  spot: null,
  proved: false,
  byClock: false,
  proofRequired: false,
  doubted: false,
};

const runChain: RunChain = { chainId: 31337, arbiter: ADDRESS, block: 7, now: 1_700_000_100 };

const run: Run = {
  environment: 'development',
  chain: runChain,
  ...runSummary,
  transaction: ID,
  input: ID,
  output: ID,
  trace: ID,
  windowSeconds: 3_600,
  clockSeconds: 1_800,
  callback: null,
  shown: [],
  cover: { reservedMicroUsd: '0', leftMicroUsd: '25000000', premiumPpm: 10_000 },
  split: { coverMicroUsd: '0', rewardMicroUsd: '12500000', burntMicroUsd: '37500000' },
  stakeMicroUsd: '5000000',
  disputed: [],
  end: null,
  finding: {
    link: 'program',
    source: ID,
    holds: 'not-shown',
    summary: 'The claim is open to disputes.',
    proves: [],
    assumes: ['one honest watcher'],
    doesNotProve: ['that the answer is right'],
    freshAt: null,
  },
};

const caseSummary: CaseSummary = {
  caseId: ID,
  claim,
  plainWords: 'Is example.com a scam?',
  phase: 'proposed',
  endsAt: 1_800_000_000,
  movedAt: 1_700_000_000,
  latestEnd: 1_900_000_000,
  standing: 0,
  ruled: false,
  outcome: null,
  bondsMicroUsd: '100000',
  round: 0,
  jurors: null,
};

const courtCase: CourtCase = {
  ...caseSummary,
  proposedAt: 1_700_000_000,
  policy: 'question',
  oneOperator: true,
  rungs: [
    { outcome: 0, bondMicroUsd: '100000', feesMicroUsd: '0', shares: [{ account: ADDRESS, amountMicroUsd: '100000' }] },
  ],
  rounds: [],
  need: { bondMicroUsd: '200000', feesMicroUsd: '100000' },
  pots: [],
  statements: [],
  advice: [],
  bribe: null,
};

const chainCase: ChainCase = {
  caseId: 7,
  chain: {
    chainId: 31337,
    court: ADDRESS,
    panels: ADDRESS,
    currency: ADDRESS,
    block: 9,
    now: 1_700_000_000,
    environment: 'development',
  },
  question: `0x${ID}`,
  ...{ claim: null, claimFrom: null, plainWords: null, labels: ['outcome 0', 'outcome 1'] },
  ...{ asker: ADDRESS, proposer: null, phase: 'asked', endsAt: 1_700_000_900, proposedAt: null, latestEnd: null },
  ...{ standing: null, outcome: null, bondsMicroUsd: '0', rewardMicroUsd: '0', round: 0, jurors: null },
  ...{ policy: `0x${ID}`, leastBondMicroUsd: '1000000', mostBondMicroUsd: '100000000', oneOperator: false },
  persons: null,
  ...{ rungs: [], rounds: [], need: null, pots: [], due: null, calledBack: null },
  ...{ serving: null, unruledStands: false, hasPeople: true, owed: [] },
};

export type Sample = {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: Record<string, unknown>;
  readonly output: unknown;
};

const marketParams = { marketId: ID };

export const SAMPLES: { readonly [N in RouteName]: Sample } = {
  health: {
    output: { status: 'ok', environment: 'development', chainId: 31337, version: '0.1.0', journal: {}, chain: {} },
  },
  network: {
    output: {
      environment: 'development',
      chainId: 31337,
      contracts: { dollar: ADDRESS, settlement: ADDRESS, anchor: ADDRESS, receiptVerifier: ADDRESS },
      receiptVerifier: ADDRESS,
      issuer: { address: ADDRESS, dsseKey: '33'.repeat(32) },
      log: { origin: 'surety.example/log', publicKey: 'key' },
      trust: {},
      faucet: true,
      assumes: ['the operator posts honest roots'],
      pageOrigin: 'http://localhost:4810',
      notices: { pushKey: signedAction.sessionKey, mail: false },
      defaults: { budgetMicroUsd: '50000', closeSeconds: 600 },
    },
  },
  read: {
    body: { question: 'Is example.com a scam?', asker: ADDRESS },
    output: {
      claim,
      claimId: ID,
      plainWords: 'Is example.com a scam?',
      warnings: [],
      looksAt: ['name only, page not visited'],
      typedData: {},
      expiresAt: 1_800_000_000,
    },
  },
  ask: {
    body: {
      operator: ADDRESS,
      claim,
      reading: 'Is example.com a scam?',
      expiresAt: 1_800_000_000,
      signature: SIGNATURE,
    },
    output: { marketId: ID, market, receipt },
  },
  markets: { query: { status: 'open', limit: '10' }, output: { markets: [summary], next: null } },
  market: { params: marketParams, output: market },
  marketEvents: { params: marketParams, query: { after: '0' }, output: { events: [], next: null } },
  quote: {
    params: marketParams,
    body: { order: { kind: 'buy', outcome: 0, sharesMicroShares: '5' } },
    output: filled,
  },
  act: { body: signedAction, output: { result: actionResult } },
  actBatch: { body: { actions: [signedAction] }, output: { results: [{ ok: true, result: actionResult }] } },
  delegate: {
    body: {
      operator: ADDRESS,
      wallet: ADDRESS,
      sessionKey: signedAction.sessionKey,
      scope: 'trade',
      limitMicroUsd: '1000000',
      expiresAt: 1_800_000_000,
      nonce: 1,
      signature: SIGNATURE,
    },
    output: { account: ADDRESS, sessionKey: signedAction.sessionKey, expiresAt: 1_800_000_000 },
  },
  makePasskey: {
    body: {
      chainId: 31337,
      operator: ADDRESS,
      nonce: '44'.repeat(16),
      expiresAt: 1_800_000_000,
      authenticatorData: '77'.repeat(180),
      clientDataJson: '7b7d',
    },
    output: passkey,
  },
  passkey: { params: { passkeyId: ID }, output: passkey },
  actByPasskey: {
    body: {
      action: { ...unsigned, type: 'surety/action/advise/v1', outcome: 0, reason: 'Seen before.' },
      passkeyId: ID,
      authenticatorData: '77'.repeat(37),
      clientDataJson: '7b7d',
      signature: '30'.repeat(70),
    },
    output: { result: { kind: 'advise', marketId: ID } },
  },
  account: {
    params: { address: ADDRESS },
    output: {
      address: ADDRESS,
      balanceMicroUsd: '0',
      reservedMicroUsd: '0',
      withdrawableMicroUsd: '0',
      bondMicroUsd: '0',
      markets: [{ marketId: ID, budgetMicroUsd: '0', positionsMicroShares: ['0', '0'] }],
    },
  },
  faucet: { body: { address: ADDRESS }, output: { balanceMicroUsd: '100000000' } },
  exitProof: {
    params: { address: ADDRESS },
    output: {
      chainId: 31337,
      settlement: ADDRESS,
      rootNumber: 1,
      root: `0x${ID}`,
      totalMicroUsd: '0',
      index: 0,
      leaf: {
        account: ADDRESS,
        authorisedMicroUsd: '0',
        withdrawnMicroUsd: '0',
        cashMicroUsd: '0',
        positionsMicroUsd: '0',
        positionsCommitment: `0x${ID}`,
      },
      path: [],
    },
  },
  receipt: { params: { receiptId: ID }, output: receipt },
  receiptStatus: {
    params: { receiptId: ID },
    query: { from: '1' },
    output: { receiptId: ID, latest: receipt, superseded: false, logSize: 1, checkpoint: 'surety.example/log\n1\n' },
  },
  receiptHtml: { params: { receiptId: ID }, output: '<!doctype html><p>receipt</p>' },
  marketReceipt: { params: marketParams, output: receipt },
  rule: { params: marketParams, body: { outcome: 0, note: 'seen by people' }, output: market },
  players: { output: { players: [] } },
  cases: { query: { state: 'open', limit: '10' }, output: { cases: [caseSummary], next: null } },
  case: { params: marketParams, output: courtCase },
  chainCases: { output: { chain: chainCase.chain, cases: [chainCase] } },
  chainCase: { params: { caseId: '90210' }, output: chainCase },
  juror: {
    params: { address: ADDRESS },
    output: { address: ADDRESS, stakeMicroUsd: '0', lockedMicroUsd: '0', since: null, person: null, duties: [] },
  },
  program: { params: { program: ID }, output: { program: ID, held: true } },
  models: { query: { publisher: ADDRESS, limit: '10' }, output: { models: [modelSummary], next: null } },
  model: { params: { publisher: ADDRESS, name: 'digits' }, output: modelHistory },
  publication: { params: { publicationId: ID }, output: publication },
  logged: {
    query: { commitments: ID },
    output: {
      type: 'surety/logged/v1',
      checkpoint: 'surety.example/log\n1\nAAAA\n',
      entries: [{ commitment: ID, at: 1_700_000_000, index: 0, inclusion: [] }],
    },
  },
  runs: {
    query: { state: 'open', limit: '10' },
    output: { environment: 'development', chain: runChain, runs: [runSummary], next: null },
  },
  run: { params: { claimId: ID }, output: run },
  webhooks: { query: { account: ADDRESS }, output: { webhooks: [] } },
};
