/**
 * Writes `contracts/gas-report.md`: what each call costs, measured on a local chain with fixed keys and times, so that
 * a second run changes nothing. With `--check` it writes nothing and fails on any difference.
 *
 *     npm run gas -w contracts [-- --check]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Authorization,
  buildSumTree,
  type Chain,
  type Contracts,
  connect,
  deployOn,
  devDollarDomain,
  type Intent,
  planDeployment,
  readFinalDeposits,
  type SignedReceipt,
  type SumLeaf,
  signAuthorization,
  submit,
  ZERO_32,
} from '@surety/chain';
import { type ReceiptMessage, signTyped, to0x, unwrap, utf8 } from '@surety/core';
import { type Hex, keccak256, stringToHex } from 'viem';
import { type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';

import { ReceiptVerifier } from '../../packages/chain/src/generated/index.ts';
import { receiptArgument } from '../../packages/chain/src/receipt.ts';
import { KEYS, type LocalChain, startChain } from '../../packages/chain/test/local-chain.ts';
import { tensorOf, treeOf } from '../test/programs/commit.ts';
import { compileProgramCommitment } from '../test/programs/harness.ts';
import { arbiterRows } from './gas-arbiter.ts';
import { courtRows } from './gas-court.ts';
import { enclaveRows } from './gas-enclave.ts';
import { proofRows } from './gas-proof.ts';
import { stepRows } from './gas-steps.ts';

const REPORT = join(import.meta.dirname, '..', 'gas-report.md');
const START = 1_800_000_000;
const ACCOUNTS = 1000;
const user = privateKeyToAccount(`0x${KEYS[1]}`);
const operator = privateKeyToAccount(`0x${KEYS[0]}`);
const id = (text: string): Hex => keccak256(stringToHex(text));

type Row = readonly [call: string, gas: bigint];
type World = { readonly local: LocalChain; readonly chain: Chain; readonly contracts: Contracts };

/** Each block one second after the last, whatever the wall clock says: calldata and storage are the same every time. */
const measure = async ({ local, chain, contracts }: World, name: string, intent: Intent, now: number): Promise<Row> => {
  await local.rpc('evm_setNextBlockTimestamp', [now]);
  const result = await submit(chain, contracts, intent);
  if (result.kind === 'mined') return [name, result.gasUsed];
  throw new RangeError(
    `${name}: ${JSON.stringify(result, (_, value) => (typeof value === 'bigint' ? `${value}` : value))}`,
  );
};

const authorize = ({ contracts }: World, from: PrivateKeyAccount, to: Hex, nonce: string): Promise<Authorization> =>
  signAuthorization(from, devDollarDomain(31337, contracts.dollar), {
    kind: 'receive',
    to,
    valueMicroUsd: 40_000_000n,
    validAfter: 0n,
    validBefore: BigInt(2 * START),
    nonce: id(nonce),
  });

const leaves = (authorisedMicroUsd: bigint): SumLeaf[] => [
  {
    account: user.address,
    authorisedMicroUsd,
    withdrawnMicroUsd: 0n,
    cashMicroUsd: 9_000_000n,
    positionsMicroUsd: 1_000_000n,
    positionsCommitment: id('positions'),
  },
  ...Array.from({ length: ACCOUNTS - 1 }, (_, i) => ({
    account: `0x${keccak256(stringToHex(`account ${i}`)).slice(-40)}` as Hex,
    authorisedMicroUsd: 0n,
    withdrawnMicroUsd: 0n,
    cashMicroUsd: 1n,
    positionsMicroUsd: 0n,
    positionsCommitment: ZERO_32,
  })),
];

const settlementRows = async (world: World): Promise<Row[]> => {
  const { chain, contracts } = world;
  const rows: Row[] = [];
  const deposit = await authorize(world, user, contracts.settlement, 'deposit');
  rows.push(
    await measure(
      world,
      'Settlement.depositWithAuthorization',
      { kind: 'deposit', authorization: deposit },
      START + 10,
    ),
  );
  const [first] = unwrap(await readFinalDeposits(chain, contracts, 0n, { kind: 'depth', blocks: 0 })).deposits;
  const tree = unwrap(buildSumTree(leaves(20_000_000n)));
  const root = {
    number: 1n,
    hash: tree.root.hash,
    sumMicroUsd: tree.root.sumMicroUsd,
    depositsThrough: 1n,
    depositsCommitment: first?.commitment ?? ZERO_32,
    journalPosition: 1000n,
  };
  rows.push(await measure(world, 'Settlement.postRoot', { kind: 'post-root', root }, START + 20));
  const proof = tree.proof(user.address);
  if (proof === undefined) throw new RangeError('no proof');
  const withdraw: Intent = { kind: 'withdraw', rootNumber: 1n, ...proof };
  rows.push(await measure(world, `Settlement.withdraw (${ACCOUNTS} accounts)`, withdraw, START + 200));
  const silence: Intent = { kind: 'start-exit-after-silence' };
  rows.push(await measure(world, 'Settlement.startExitAfterSilence', silence, START + 40 * 86_400));
  rows.push(
    await measure(world, `Settlement.exit (${ACCOUNTS} accounts)`, { kind: 'exit', ...proof }, START + 40 * 86_400 + 1),
  );
  return rows;
};

const sha256 = async (...parts: Uint8Array[]): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', Buffer.concat(parts)));

/** Root of 2^depth leaves that are all the same, by doubling. */
const rootOfEqual = async (depth: number): Promise<Uint8Array> => {
  let node = await sha256(Buffer.from([0]));
  for (let i = 0; i < depth; i++) node = await sha256(Buffer.from([1]), node, node);
  return node;
};

const anchorRows = async (world: World): Promise<Row[]> => {
  const origin = id('gas.example/log');
  const [small, large] = [await rootOfEqual(10), await rootOfEqual(11)];
  const first: Intent = { kind: 'anchor', origin, treeSize: 1024n, rootHash: to0x(small), consistency: [] };
  const next: Intent = { kind: 'anchor', origin, treeSize: 2048n, rootHash: to0x(large), consistency: [to0x(small)] };
  return [
    await measure(world, 'Anchor.anchor (first)', first, START + 4),
    await measure(world, 'Anchor.anchor (1,024 to 2,048 entries)', next, START + 5),
  ];
};

const receiptOf = (contracts: Contracts, name: string, fields: Partial<ReceiptMessage>): SignedReceipt => {
  const message: ReceiptMessage = {
    operator: operator.address,
    receiptId: id(name),
    claimId: id('claim'),
    outcome: id('yes'),
    status: 1,
    issuedAt: START,
    finalAfter: START,
    supersedes: ZERO_32,
    coverBeneficiary: user.address,
    coverMicroUsd: 10_000_000n,
    coverUntil: START + 86_400,
    ...fields,
  };
  const domain = { chainId: 31337, verifyingContract: contracts.receiptVerifier };
  const signature = signTyped('Receipt', message, { domain, secretKey: Buffer.from(KEYS[0], 'hex') }) as Hex;
  return { message, signature };
};

const coverRows = async (world: World): Promise<Row[]> => {
  const { contracts } = world;
  const authorization = await authorize(world, operator, contracts.coverBond, 'bond');
  const receipt = receiptOf(contracts, 'receipt', {});
  const ruling = receiptOf(contracts, 'ruling', { status: 3, supersedes: id('receipt') });
  return [
    await measure(world, 'CoverBond.bondWithAuthorization', { kind: 'bond', authorization }, START + 6),
    await measure(world, 'CoverBond.reserve', { kind: 'reserve-cover', receipt }, START + 7),
    await measure(world, 'CoverBond.redeem (reserved)', { kind: 'redeem-cover', receipt, ruling }, START + 8),
  ];
};

/** Views, as a contract would pay for them inside a transaction: execution and calldata, without the base fee of one. */
const viewRows = async ({ chain, contracts }: World): Promise<Row[]> => {
  const at = { abi: ReceiptVerifier.abi, address: contracts.receiptVerifier, account: operator } as const;
  const { message, signature } = receiptOf(contracts, 'receipt', {});
  const verify = {
    ...at,
    functionName: 'verify',
    args: [receiptArgument(message), signature, operator.address],
  } as const;
  const json = to0x(utf8(JSON.stringify({ a: 'x'.repeat(980), b: [1, 2, 3] })));
  const canonical = { ...at, functionName: 'canonicalId', args: [json] } as const;
  const base = 21_000n;
  return [
    ['ReceiptVerifier.verify (view)', (await chain.reader.estimateContractGas(verify)) - base],
    ['ReceiptVerifier.canonicalId of 1,000 bytes (view)', (await chain.reader.estimateContractGas(canonical)) - base],
  ];
};

/**
 * One chunk of a program of 18,892,800 parameters: eighteen layers of 1,024 × 1,024 `i8` weights, each with 1,024 `i32`
 * biases. The chunk is the last of the last layer's weights.
 */
const programRows = async ({ local, chain }: World): Promise<Row[]> => {
  const layer = [
    { dtype: 1, dims: [1024, 1024], bytes: new Uint8Array(1024 * 1024).fill(0xa5) },
    { dtype: 3, dims: [1024], bytes: new Uint8Array(4096).fill(0xa5) },
  ];
  const tensors = layer.map(tensorOf);
  const constants = treeOf(Array.from({ length: 36 }, (_, i) => tensors[i % 2]?.root ?? new Uint8Array(0)));
  const graph = treeOf(Array.from({ length: 38 }, (_, i) => new Uint8Array(40).fill(i + 1)));
  const parts = {
    inputs: 1,
    nodes: 36,
    graphRoot: to0x(graph.root),
    constants: 36,
    constantsRoot: to0x(constants.root),
  };
  const weights = tensors[0]?.chunks ?? treeOf([]);
  const place = {
    constantIndex: 34,
    chunk: 1023n,
    chunksRoot: to0x(weights.root),
    chunkProof: (await weights.proof(1023)).map(to0x),
    constantProof: (await constants.proof(34)).map(to0x),
  };
  const { abi, code } = compileProgramCommitment();
  const address = '0x00000000000000000000000000000000000c0117';
  await local.rpc('anvil_setCode', [address, code]);
  const at = { abi, address, account: operator } as const;
  const id = (await chain.reader.readContract({ ...at, functionName: 'programId', args: [parts] })) as Hex;
  const type = { dtype: 1, dims: [1024, 1024] };
  const args = [id, parts, type, place, to0x(new Uint8Array(1024).fill(0xa5))];
  const open = { ...at, functionName: 'isChunkOf', args };
  const alone = { ...at, functionName: 'isChunkOfGas', args };
  const [holds, gas] = (await chain.reader.readContract(alone)) as [boolean, bigint];
  if (!holds) throw new RangeError('the chunk does not open');
  const name = 'ProgramCommitment.isChunkOf, 1,024 bytes of 18.9 M parameters';
  return [
    [`${name} (view)`, (await chain.reader.estimateContractGas(open)) - 21_000n],
    [`${name} (check alone)`, gas],
  ];
};

const measureAll = async (): Promise<readonly Row[]> => {
  const local = await startChain('--timestamp', String(START - 100));
  try {
    const chain = unwrap(await connect(local.rpcUrl, { key: KEYS[0] }));
    const { contracts, gasUsed } = unwrap(await deployOn(chain));
    const world: World = { local, chain, contracts };
    const mint = (to: Hex, now: number): Promise<Row> => {
      const intent: Intent = { kind: 'mint', to, amountMicroUsd: 100_000_000n, id: id(`mint ${now}`) };
      return measure(world, 'DevDollar.mintDevelopment', intent, START + now);
    };
    return [
      [`deploying all ${planDeployment({ operator: operator.address }).steps.length} contracts`, gasUsed],
      await mint(user.address, 1),
      ...(await mint(operator.address, 2).then(() => anchorRows(world))),
      ...(await coverRows(world)),
      ...(await settlementRows(world)),
      ...(await viewRows(world)),
      ...(await programRows(world)),
      ...(await arbiterRows(local, contracts, START + 50 * 86_400)),
      ...(await courtRows()),
      ...(await enclaveRows()),
      ...(await proofRows()),
      ...(await stepRows()),
    ];
  } finally {
    await local.kill();
  }
};

const table = (rows: readonly Row[]): string[] => {
  const cells = [['call', 'gas'] as const, ...rows.map(([name, gas]) => [name, gas.toLocaleString('en-US')] as const)];
  const widths = [0, 1].map((column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const [left = 0, right = 0] = widths;
  const lines = cells.map(([name, gas]) => `| ${name.padEnd(left)} | ${gas.padStart(right)} |`);
  return [lines[0] ?? '', `| ${'-'.repeat(left)} | ${'-'.repeat(right - 1)}: |`, ...lines.slice(1)];
};

const report = (rows: readonly Row[]): string =>
  [
    '# Gas report',
    '',
    'Written by `npm run gas -w contracts`; a test measures again and compares. Gas of whole transactions on a local',
    'chain (anvil), base fee and calldata included; storage is cold and written for the first time. Beside the court: of',
    'Reality.eth about 100,000 for a first answer and 50,000 for later ones are published; `npm run bench -- court-contracts`',
    'measures its own bytecode where that is given. Kleros v2: n/a.',
    '',
    ...table(rows),
    '',
  ].join('\n');

const text = report(await measureAll());
if (process.argv.includes('--check')) {
  const same = readFileSync(REPORT, 'utf8') === text;
  if (!same) console.error(`gas-report.md is stale; run \`npm run gas -w contracts\`. Now:\n\n${text}`);
  process.exitCode = same ? 0 : 1;
} else {
  writeFileSync(REPORT, text);
  console.log(text);
}
