import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { type ReceiptMessage, type Result, signTyped, to0x, unwrap } from '@surety/core';
import { type Hex, keccak256, stringToHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { KEYS, type LocalChain, startChain } from '../test/local-chain.ts';
import {
  type Chain,
  type Contracts,
  connect,
  decodeIntent,
  deployOn,
  devDollarDomain,
  encodeIntent,
  type Finality,
  type Intent,
  intentStatus,
  readCover,
  readDollars,
  readFinalDeposits,
  readFreeBond,
  readSettlement,
  type SignedReceipt,
  signAuthorization,
  signPermit,
  submit,
  verifyReceiptOnChain,
} from './index.ts';
import { buildSumTree, ZERO_32 } from './sum-tree.ts';

const user = privateKeyToAccount(`0x${KEYS[1]}`);
const NOW: Finality = { kind: 'depth', blocks: 0 };
const HOUR = 3600n;
let local: LocalChain;
let chain: Chain;
let contracts: Contracts;
let operator: Hex;

before(async () => {
  local = await startChain();
  chain = unwrap(await connect(local.rpcUrl, { key: KEYS[0], expectedChainId: 31337 }));
  contracts = unwrap(await deployOn(chain)).contracts;
  operator = chain.account!.address;
});
after(() => local.kill());

const id = (text: string): Hex => keccak256(stringToHex(text));
const must = async (intent: Intent): Promise<void> => {
  const result = await submit(chain, contracts, decodeIntent(encodeIntent(intent)));
  assert.equal(
    result.kind,
    'mined',
    JSON.stringify(result, (_, v) => (typeof v === 'bigint' ? `${v}` : v)),
  );
  assert.deepEqual(await submit(chain, contracts, intent), { kind: 'already' });
  assert.deepEqual(await intentStatus(chain, contracts, intent, NOW), { ok: true, value: 'final' });
};
const codeOf = (result: Awaited<ReturnType<typeof submit>> | Result<unknown>): string => {
  if ('kind' in result) return 'problem' in result ? result.problem.code : result.kind;
  return result.ok ? 'ok' : result.problem.code;
};
const authorize = async (
  account: typeof user,
  to: Hex,
  valueMicroUsd: bigint,
  name: string,
  kind: 'receive' | 'transfer',
) => {
  const { timestamp } = await chain.reader.getBlock();
  const terms = { kind, to, valueMicroUsd, validAfter: 0n, validBefore: timestamp + HOUR, nonce: id(name) } as const;
  return signAuthorization(account, devDollarDomain(31337, contracts.dollar), terms);
};

test('each intent takes effect once: mint, transfer, permit, deposit, root, withdrawal', async () => {
  await must({ kind: 'mint', to: user.address, amountMicroUsd: 100_000_000n, id: id('mint') });
  await must({ kind: 'transfer', authorization: await authorize(user, operator, 1_000_000n, 'tip', 'transfer') });
  const permit = await signPermit(user, devDollarDomain(31337, contracts.dollar), {
    spender: operator,
    valueMicroUsd: 5n,
    nonce: 0n,
    deadline: (await chain.reader.getBlock()).timestamp + HOUR,
  });
  await must({ kind: 'permit', permit });
  const deposit = await authorize(user, contracts.settlement, 40_000_000n, 'deposit', 'receive');
  await must({ kind: 'deposit', authorization: deposit });
  assert.equal(unwrap(await readDollars(chain, contracts, user.address)), 59_000_000n);

  const found = unwrap(await readFinalDeposits(chain, contracts, 0n, NOW));
  assert.equal(found.throughId, 1n);
  const [first] = found.deposits;
  assert.ok(first !== undefined);
  assert.deepEqual(
    { account: first.account, payer: first.payer, amount: first.amountMicroUsd, reclaimed: first.reclaimed },
    { account: user.address, payer: user.address, amount: 40_000_000n, reclaimed: false },
  );

  const leaves = [
    {
      account: user.address,
      authorisedMicroUsd: 10_000_000n,
      withdrawnMicroUsd: 0n,
      cashMicroUsd: 25_000_000n,
      positionsMicroUsd: 0n,
      positionsCommitment: ZERO_32,
    },
    {
      account: operator,
      authorisedMicroUsd: 0n,
      withdrawnMicroUsd: 0n,
      cashMicroUsd: 2_000_000n,
      positionsMicroUsd: 3_000_000n,
      positionsCommitment: id('positions'),
    },
  ];
  const tree = unwrap(buildSumTree(leaves));
  const root = {
    number: 1n,
    hash: tree.root.hash,
    sumMicroUsd: tree.root.sumMicroUsd,
    depositsThrough: 1n,
    depositsCommitment: first.commitment,
    journalPosition: 7n,
  };
  const tooMuch = { ...root, sumMicroUsd: 40_000_001n };
  assert.equal(
    codeOf(await submit(chain, contracts, { kind: 'post-root', root: tooMuch })),
    'settlement.root-above-deposits',
  );
  const rewound = { ...root, depositsCommitment: id('other deposits') };
  assert.equal(
    codeOf(await submit(chain, contracts, { kind: 'post-root', root: rewound })),
    'settlement.deposits-differ',
  );
  await must({ kind: 'post-root', root });
  assert.equal(
    codeOf(
      await submit(chain, contracts, { kind: 'post-root', root: { ...root, journalPosition: 8n, hash: id('x') } }),
    ),
    'settlement.root-out-of-order',
  );
  assert.equal(unwrap(await readSettlement(chain, contracts)).lastRoot.sumMicroUsd, 40_000_000n);

  const proof = tree.proof(user.address)!;
  const withdraw: Intent = { kind: 'withdraw', rootNumber: 1n, ...proof };
  assert.equal(codeOf(await submit(chain, contracts, withdraw)), 'settlement.root-too-young');
  await local.rpc('evm_increaseTime', [61]);
  await local.rpc('evm_mine');
  await must(withdraw);
  assert.equal(unwrap(await readDollars(chain, contracts, user.address)), 69_000_000n);
});

test('a log is anchored, extended with proof, and a fork is refused', async () => {
  const origin = id('example.test/log');
  const sha = async (...parts: Uint8Array[]): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.digest('SHA-256', Buffer.concat(parts)));
  const a = await sha(Buffer.from([0]), Buffer.from('a'));
  const b = await sha(Buffer.from([0]), Buffer.from('b'));
  const ab = await sha(Buffer.from([1]), a, b);
  await must({ kind: 'anchor', origin, treeSize: 1n, rootHash: to0x(a), consistency: [] });
  const forked: Intent = { kind: 'anchor', origin, treeSize: 2n, rootHash: to0x(ab), consistency: [to0x(a)] };
  assert.equal(codeOf(await submit(chain, contracts, forked)), 'anchor.forked');
  await must({ ...forked, consistency: [to0x(b)] });
  const older: Intent = { kind: 'anchor', origin, treeSize: 1n, rootHash: to0x(b), consistency: [] };
  assert.equal(codeOf(await submit(chain, contracts, older)), 'anchor.not-newer');
});

const receiptOf = (name: string, fields: Partial<ReceiptMessage>): SignedReceipt => {
  const message: ReceiptMessage = {
    operator,
    receiptId: id(name),
    claimId: id('claim'),
    outcome: id('yes'),
    status: 1,
    issuedAt: 1_700_000_000,
    finalAfter: 1_700_000_000,
    supersedes: ZERO_32,
    coverBeneficiary: user.address,
    coverMicroUsd: 4_000_000n,
    coverUntil: 4_000_000_000,
    ...fields,
  };
  const domain = { chainId: 31337, verifyingContract: contracts.receiptVerifier };
  const signature = signTyped('Receipt', message, { domain, secretKey: Buffer.from(KEYS[0], 'hex') }) as Hex;
  return { message, signature };
};

test('cover is reserved against the bond, refused when it is exhausted, and paid once', async () => {
  await must({ kind: 'mint', to: operator, amountMicroUsd: 10_000_000n, id: id('bond money') });
  const bond = await authorize(privateKeyToAccount(`0x${KEYS[0]}`), contracts.coverBond, 5_000_000n, 'bond', 'receive');
  await must({ kind: 'bond', authorization: bond });
  const receipt = receiptOf('first', {});
  assert.deepEqual(await verifyReceiptOnChain(chain, contracts, receipt, operator), { ok: true, value: true });
  assert.deepEqual(await verifyReceiptOnChain(chain, contracts, receipt, user.address), {
    ok: true,
    value: false,
  });
  await must({ kind: 'reserve-cover', receipt });
  assert.equal(unwrap(await readFreeBond(chain, contracts, operator)), 1_000_000n);
  const second: Intent = { kind: 'reserve-cover', receipt: receiptOf('second', { claimId: id('another claim') }) };
  const restated: Intent = { kind: 'reserve-cover', receipt: receiptOf('restated', { status: 0 }) };
  assert.deepEqual(await submit(chain, contracts, restated), { kind: 'already' });
  const longer: Intent = { kind: 'reserve-cover', receipt: receiptOf('longer', { coverUntil: 4_000_000_001 }) };
  await must(longer);
  assert.deepEqual(await submit(chain, contracts, longer), { kind: 'already' });
  assert.equal(codeOf(await submit(chain, contracts, second)), 'cover.bond-exhausted');

  const wrong = receiptOf('ruling on another', { status: 3, supersedes: id('another') });
  assert.equal(
    codeOf(await submit(chain, contracts, { kind: 'redeem-cover', receipt, ruling: wrong })),
    'cover.ruling-mismatch',
  );
  const foreign = receiptOf('foreign ruling', { status: 3, supersedes: id('first'), operator: user.address });
  assert.equal(
    codeOf(await submit(chain, contracts, { kind: 'redeem-cover', receipt, ruling: foreign })),
    'signature.wrong-operator',
  );
  const ruling = receiptOf('ruling', { status: 3, supersedes: id('first'), outcome: id('no') });
  const before = unwrap(await readDollars(chain, contracts, user.address));
  await must({ kind: 'redeem-cover', receipt, ruling });
  assert.equal(unwrap(await readDollars(chain, contracts, user.address)), before + 4_000_000n);
  assert.equal(unwrap(await readCover(chain, contracts, receipt)).state, 'paid');
  assert.equal(codeOf(await submit(chain, contracts, { kind: 'release-cover', receipt })), 'cover.settled');
});

test('two submissions of one intent at once take effect once', async () => {
  const intent: Intent = { kind: 'mint', to: user.address, amountMicroUsd: 7n, id: id('raced') };
  const before = unwrap(await readDollars(chain, contracts, user.address));
  const other = unwrap(await connect(local.rpcUrl, { key: KEYS[0] }));
  const results = await Promise.all([chain, chain, other].map((from) => submit(from, contracts, intent)));
  assert.ok(
    results.every(({ kind }) => kind === 'mined' || kind === 'already'),
    JSON.stringify(results, (_, v) => `${v}`),
  );
  assert.equal(unwrap(await readDollars(chain, contracts, user.address)), before + 7n);
});
