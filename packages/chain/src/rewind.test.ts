/** A local chain that is killed comes back as it was last saved. What was final is there; what was not is sent again. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { unwrap } from '@surety/core';
import { type Hex, keccak256, stringToHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';

import { KEYS, type LocalChain, startChain } from '../test/local-chain.ts';
import {
  type Chain,
  type Contracts,
  connect,
  deployOn,
  devDollarDomain,
  type Finality,
  finalBlock,
  type Intent,
  intentStatus,
  readDollars,
  readFinalDeposits,
  signAuthorization,
  submit,
} from './index.ts';

const user = privateKeyToAccount(`0x${KEYS[1]}`);
const id = (text: string): Hex => keccak256(stringToHex(text));

const depositOf = async (chain: Chain, contracts: Contracts, amount: bigint, name: string): Promise<Intent> => {
  const terms = { kind: 'receive', to: contracts.settlement, valueMicroUsd: amount, validAfter: 0n } as const;
  const rest = { validBefore: 10_000_000_000n, nonce: id(name) };
  const authorization = await signAuthorization(user, devDollarDomain(chain.chainId, contracts.dollar), {
    ...terms,
    ...rest,
  });
  return { kind: 'deposit', authorization };
};

const open = async (local: LocalChain): Promise<Chain> => unwrap(await connect(local.rpcUrl, { key: KEYS[0] }));

test('snapshot and revert: an intent that was rewound is absent, and takes effect once when it is sent again', async () => {
  const local = await startChain();
  try {
    const chain = await open(local);
    const { contracts } = unwrap(await deployOn(chain));
    const mint: Intent = { kind: 'mint', to: user.address, amountMicroUsd: 50n, id: id('m') };
    await submit(chain, contracts, mint);
    const first = await depositOf(chain, contracts, 30n, 'first');
    const second = await depositOf(chain, contracts, 20n, 'second');
    const depth: Finality = { kind: 'depth', blocks: 2 };
    const snapshot = await local.rpc('evm_snapshot');
    assert.equal((await submit(chain, contracts, first)).kind, 'mined');
    assert.equal(unwrap(await intentStatus(chain, contracts, first, depth)), 'included');
    assert.deepEqual(unwrap(await readFinalDeposits(chain, contracts, 0n, depth)), { deposits: [], throughId: 0n });
    await local.rpc('evm_revert', [snapshot]);
    assert.equal(unwrap(await intentStatus(chain, contracts, first, depth)), 'absent');
    // Sent again in another order: the ids change hands, the money does not double.
    assert.equal((await submit(chain, contracts, second)).kind, 'mined');
    assert.equal((await submit(chain, contracts, first)).kind, 'mined');
    assert.deepEqual(await submit(chain, contracts, first), { kind: 'already' });
    await local.rpc('anvil_mine', ['0x2']);
    assert.equal(unwrap(await intentStatus(chain, contracts, first, depth)), 'final');
    const { deposits, throughId } = unwrap(await readFinalDeposits(chain, contracts, 0n, depth));
    assert.deepEqual([deposits.map(({ amountMicroUsd }) => amountMicroUsd), throughId], [[20n, 30n], 2n]);
    assert.equal(unwrap(await readDollars(chain, contracts, contracts.settlement)), 50n);
  } finally {
    await local.kill();
  }
});

test('kill -9: what counts as final by age was saved, and the rest is absent and sent again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'surety-rewind-'));
  const options = ['--state', join(folder, 'state.json'), '--state-interval', '1'];
  let local = await startChain(...options);
  try {
    const nowSeconds = (): number => Math.floor(Date.now() / 1000);
    const age: Finality = { kind: 'age', seconds: 3, nowSeconds };
    let chain = await open(local);
    const { contracts } = unwrap(await deployOn(chain));
    const early: Intent = { kind: 'mint', to: user.address, amountMicroUsd: 50n, id: id('early') };
    await submit(chain, contracts, early);
    assert.equal(unwrap(await intentStatus(chain, contracts, early, age)), 'included');
    while (unwrap(await intentStatus(chain, contracts, early, age)) !== 'final') await sleep(250);
    const late = await depositOf(chain, contracts, 10n, 'late');
    await submit(chain, contracts, late);
    assert.deepEqual(unwrap(await readFinalDeposits(chain, contracts, 0n, age)).deposits, []);
    await local.kill('SIGKILL');

    local = await startChain(...options);
    chain = await open(local);
    assert.equal(unwrap(await readDollars(chain, contracts, user.address)) >= 40n, true);
    assert.notEqual((await submit(chain, contracts, early)).kind, 'mined', 'early is not minted again');
    const again = await submit(chain, contracts, late);
    assert.ok(again.kind === 'mined' || again.kind === 'already', again.kind);
    assert.equal(unwrap(await readDollars(chain, contracts, contracts.settlement)), 10n);
    while (unwrap(await intentStatus(chain, contracts, late, age)) !== 'final') await sleep(250);
    assert.equal(unwrap(await readFinalDeposits(chain, contracts, 0n, age)).throughId, 1n);
  } finally {
    await local.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('finality by age finds the newest block that is old enough', async () => {
  const local = await startChain('--timestamp', '1000000');
  try {
    const chain = await open(local);
    for (const seconds of [10, 20, 30, 40, 50, 60, 70]) {
      await local.rpc('evm_setNextBlockTimestamp', [1_000_000 + seconds]);
      await local.rpc('evm_mine');
    }
    const at = async (now: number) =>
      unwrap(await finalBlock(chain, { kind: 'age', seconds: 5, nowSeconds: () => 1_000_000 + now }));
    assert.equal(await at(200), 7n);
    assert.equal(await at(75), 7n);
    assert.equal(await at(74), 6n);
    assert.equal(await at(36), 3n);
    assert.equal(await at(15), 1n);
    assert.equal(await at(-100), undefined);
    assert.equal(unwrap(await finalBlock(chain, { kind: 'depth', blocks: 3 })), 4n);
    assert.equal(unwrap(await finalBlock(chain, { kind: 'depth', blocks: 8 })), undefined);
  } finally {
    await local.kill();
  }
});

test('many writers with one key: every intent takes effect, each once', async () => {
  const local = await startChain();
  try {
    const chains = await Promise.all([open(local), open(local), open(local)]);
    const [first] = chains;
    if (first === undefined) throw new RangeError('no chain');
    const { contracts } = unwrap(await deployOn(first));
    const intents = Array.from(
      { length: 6 },
      (_, i): Intent => ({ kind: 'mint', to: user.address, amountMicroUsd: 1n, id: id(`w${i}`) }),
    );
    const results = await Promise.all(chains.flatMap((chain) => intents.map((each) => submit(chain, contracts, each))));
    assert.deepEqual(
      results.filter(({ kind }) => kind === 'refused'),
      [],
    );
    // One that was overtaken says that it is lost; sending it again, as often as it says so, settles it.
    const settled = async (intent: Intent): Promise<string> => {
      for (let tries = 0; tries < 10; tries += 1) {
        const { kind } = await submit(first, contracts, intent);
        if (kind !== 'lost') return kind;
      }
      return 'lost';
    };
    for (const intent of intents) assert.match(await settled(intent), /^(?:already|mined)$/);
    assert.equal(unwrap(await readDollars(first, contracts, user.address)), 6n);
  } finally {
    await local.kill();
  }
});

/** Waits until the pool's only transaction moves so much. */
const pooled = async (local: LocalChain, value: string): Promise<void> => {
  for (;;) {
    const { pending } = (await local.rpc('txpool_content')) as {
      readonly pending: { readonly [sender: string]: { readonly [nonce: string]: { readonly value: string } } };
    };
    const values = Object.values(pending).flatMap((byNonce) => Object.values(byNonce).map((each) => each.value));
    if (values.length === 1 && values[0] === value) return;
    await sleep(10);
  }
};

test('a transaction that is stuck under its nonce is outbid, not joined', async () => {
  const local = await startChain('--no-mining');
  try {
    const chain = await open(local);
    const transfer = { to: user.address, data: '0x', value: 1n } as const;
    const { send } = await import('./send.ts');
    const stuck = await send(chain, transfer, { timeoutSeconds: 0 });
    assert.equal(stuck.kind === 'lost' ? stuck.problem.code : stuck.kind, 'chain.lost');
    const before = await chain.reader.getBalance({ address: user.address });
    const mined = send(chain, { ...transfer, value: 2n });
    // Mined any sooner, the block would hold the stuck one, and the second wait under the next nonce for a block.
    await pooled(local, '0x2');
    await local.rpc('evm_mine');
    assert.equal((await mined).kind, 'mined');
    assert.equal(await chain.reader.getBalance({ address: user.address }), before + 2n);
  } finally {
    await local.kill();
  }
});
