/**
 * The operator's money on a real chain that forgets: demands by contract, refused roots, late deposits, and kills of the
 * chain at instants nobody chose, after which everything intended is there again, once.
 */
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  encodeIntent,
  type Intent,
  type IntentStatus,
  intentStatus,
  readForced,
  readSettlement,
  type SumLeaf,
  type SumPath,
  submit,
  ZERO_32,
} from '@surety/chain';
import { type LogLeaf, SuretyError, unwrap } from '@surety/core';
import { type AccountEvent, accountValue } from '../src/engine/account.ts';
import { CHAIN_STREAM, type ChainEvent } from '../src/engine/chain-state.ts';
import { accountStream, mustTransfer } from '../src/engine/ledger.ts';
import { LOG_STREAM } from '../src/engine/log.ts';
import { type ChainWorld, createChainWorld, DELAYS, FINAL_SECONDS, type Person } from './chain-world.ts';
import { sleep } from './world.ts';

let world: ChainWorld;
before(async () => {
  world = await createChainWorld();
});
after(() => world.end());

const settlement = async () => unwrap(await readSettlement(world.operator, world.keeper.contracts));

/** Sends a person's own transaction until it is there; a rewind may take the gas money with it. */
const insist = async (person: Person, intents: readonly Intent[]): Promise<void> => {
  for (const intent of intents) {
    for (let tries = 0; ; tries += 1) {
      await world.giveGas(person);
      const sent = await submit(person.chain, world.keeper.contracts, intent);
      if (sent.kind === 'mined' || sent.kind === 'already') break;
      assert.ok(tries < 40, sent.problem.message);
      await sleep(100);
    }
  }
};

/** Everything journalled is on chain for good, and the newest root shows what the ledger holds. */
const isQuiet = async (): Promise<boolean> => {
  const { intents, payouts, creditedThrough, roots, rootNumber } = await world.state();
  const { rootCount, depositCount } = await settlement();
  if (!intents.every(({ final }) => final) || payouts.length > 0) return false;
  if (BigInt(rootNumber) !== rootCount || BigInt(creditedThrough) !== depositCount) return false;
  const leaves = roots.at(-1)?.leaves ?? [];
  for (const { account, cash, positions, authorised, withdrawn } of leaves) {
    const state = await world.account(account);
    if (BigInt(cash) + BigInt(positions) !== accountValue(state)) return false;
    if (BigInt(authorised) !== state.withdrawnMicroUsd || authorised !== withdrawn) return false;
  }
  return true;
};

const proofOf = async (address: string): Promise<{ rootNumber: bigint; leaf: SumLeaf; path: SumPath }> => {
  const found = await world.keeper.exitProof(address);
  assert.ok(found !== undefined);
  return { rootNumber: BigInt(found.root.number), ...found.proof };
};

test('a demand made by contract is answered and paid, and so is what comes in meanwhile; nobody calls the node', async () => {
  const person = await world.person();
  await world.give(person.address, 5_000_000n);
  await world.passUntil('a root shows the account', async () => (await proofOf(person.address)).leaf.cashMicroUsd > 0n);
  await insist(person, [{ kind: 'request-forced', ...(await proofOf(person.address)) }]);
  await world.passUntil(
    'the demand is in the journal',
    async () => (await world.account(person.address)).forced !== undefined,
  );
  await world.give(person.address, 7n);
  assert.equal((await world.account(person.address)).balanceMicroUsd, 0n);
  await world.passUntil('all is paid', async () => (await world.dollars(person.address)) === 5_000_007n);
  assert.deepEqual(unwrap(await readForced(world.operator, world.keeper.contracts, [person.address])), []);
  await world.passUntil('the demand is over', async () => !('forced' in (await world.account(person.address))));
  await world.give(person.address, 3n);
  assert.equal((await world.account(person.address)).balanceMicroUsd, 3n);
});

test('a root that cannot follow any more is given up, its number is read from the chain, and nothing waits for it', async () => {
  await world.passUntil('quiet', isQuiet);
  const { rootCount, lastRoot } = await settlement();
  const { creditedThrough, commitment } = await world.state();
  const number = rootCount + 1n;
  const foreign: Intent = {
    kind: 'post-root',
    root: {
      number,
      hash: ZERO_32,
      sumMicroUsd: 0n,
      depositsThrough: BigInt(creditedThrough),
      depositsCommitment: commitment as `0x${string}`,
      journalPosition: lastRoot.journalPosition,
    },
  };
  const person = await world.person();
  await world.give(person.address, 11n);
  assert.equal((await submit(world.operator, world.keeper.contracts, foreign)).kind, 'mined');
  await world.passUntil('a root after the foreign one', async () => (await settlement()).rootCount === number + 1n);
  const { refusals } = await world.state();
  assert.deepEqual(refusals.at(-1), { id: `root/${number}`, code: 'settlement.root-out-of-order' });
  await world.passUntil('quiet again', isQuiet);
  assert.equal((await proofOf(person.address)).leaf.cashMicroUsd, 11n);
});

test('a chain that lost everything gets its contracts, treasury, roots and payments again', async () => {
  const before = await world.state();
  const paid = new Map<string, bigint>();
  for (const { account, authorised } of before.roots.at(-1)?.leaves ?? []) paid.set(account, BigInt(authorised));
  assert.ok([...paid.values()].some((each) => each > 0n));
  await world.killChain('lost');
  await world.passUntil('all is there again', async () => (await settlement()).rootCount > 0n && (await isQuiet()), 30);
  for (const [account, authorised] of paid) assert.equal(await world.dollars(account as `0x${string}`), authorised);
  assert.equal((await world.state()).creditedThrough, before.creditedThrough);
});

const statusOf = async ({ chain }: Person, intent: Intent): Promise<IntentStatus> => {
  const finality = { kind: 'age', seconds: FINAL_SECONDS, nowSeconds: () => Math.floor(Date.now() / 1_000) } as const;
  return unwrap(await intentStatus(chain, world.keeper.contracts, intent, finality));
};

/** A receipt in the log, a gift, and a withdrawal of all that the person has; returns what it withdraws. */
const trouble = async ({ address }: Person, round: number): Promise<bigint> => {
  const receiptId = `${round}`.repeat(64);
  const leaf: LogLeaf = {
    type: 'surety/leaf/receipt/v2',
    operator: world.operator.account!.address,
    receiptId,
    claimId: 'c'.repeat(64),
    outcome: null,
    status: 'final',
    issuedAt: 1,
    finalAfter: 1,
    supersedes: null,
    cover: null,
  };
  await world.host.transact([{ stream: LOG_STREAM, event: { kind: 'appended', leaf, at: 1 } }]);
  await world.give(address, 100n);
  const { balanceMicroUsd: amountMicroUsd } = await world.account(address);
  const authorised: AccountEvent = { kind: 'withdrawal-authorised', amountMicroUsd, nonce: `${round}`, at: 1 };
  await mustTransfer(world.host, [{ stream: accountStream(address), event: authorised }]);
  return amountMicroUsd;
};

test('the chain is killed again and again: deposits count once, withdrawals are paid once, roots tell the ledger', async () => {
  const person = await world.person();
  const made: Intent[] = [];
  let deposited = 0n;
  let granted = 0n;
  for (let round = 0; round < 3; round += 1) {
    const amount = BigInt(randomInt(1_000, 9_000));
    const intents = await world.depositOf(person, amount);
    const [, deposit] = intents;
    assert.ok(deposit);
    made.push(...intents);
    deposited += amount;
    granted += await trouble(person, round);
    await world.rememberChain();
    const passes = (async () => {
      for (const end = Date.now() + randomInt(100, 2_000); Date.now() < end; ) await world.keeper.pass().catch(() => 0);
    })();
    await insist(person, intents);
    await sleep(randomInt(0, 800));
    const fate = round % 2 === 0 ? 'remembered' : 'saved';
    await world.killChain(fate);
    if (fate === 'remembered') assert.equal(await statusOf(person, deposit), 'absent');
    await passes;
    // Whoever finds a deposit rewound makes it again; signed once, it moves once.
    const remade = async (): Promise<boolean> => {
      await insist(person, intents);
      return (await statusOf(person, deposit)) === 'final';
    };
    await world.passUntil('the deposit is final', remade, 15);
  }
  await world.passUntil('everything is there', isQuiet, 30);
  const state = await world.account(person.address);
  assert.equal(state.depositedMicroUsd, deposited);
  assert.equal(state.withdrawnMicroUsd, granted);
  assert.equal(await world.dollars(person.address), granted);
  assert.ok((await world.state()).intents.some(({ id }) => id.startsWith('anchor/')));
  const audit = await world.host.audit(CHAIN_STREAM);
  assert.equal(audit.replayDigest, audit.snapshotDigest);

  // Lost below its final block: what is the operator's comes back, roots wait for the deposits that others made.
  const reported = world.troubles.length;
  await world.killChain('lost');
  const waits = async (): Promise<boolean> => {
    const codes = world.troubles.slice(reported).map((each) => each instanceof SuretyError && each.code);
    return codes.includes('settlement.deposits-differ') && (await world.state()).intents.every(({ final }) => final);
  };
  await world.passUntil('a root waits, and nothing else', waits);
  const { roots } = await world.state();
  assert.ok(roots.every(({ depositsThrough }) => depositsThrough === '1'));
  await insist(person, made);
  await world.passUntil('everything is there again', isQuiet, 30);
  assert.equal((await world.account(person.address)).depositedMicroUsd, deposited);
  assert.equal(await world.dollars(person.address), granted);
});

test('a deposit that is nearly overdue is counted by a root before it is credited', async () => {
  const person = await world.person();
  await insist(person, await world.depositOf(person, 900n));
  await world.skip(DELAYS.reclaimSeconds / 2 + 60);
  await world.passUntil('a root counts it', async () => (await proofOf(person.address)).leaf.cashMicroUsd === 900n);
  assert.equal((await world.account(person.address)).depositedMicroUsd, 0n);
  await world.passUntil('it is credited', async () => (await world.account(person.address)).depositedMicroUsd === 900n);
  assert.equal((await world.account(person.address)).balanceMicroUsd, 900n);
});

test('a root is posted twice within the gap, also when nothing moves', async () => {
  await world.passUntil('quiet', isQuiet);
  const { rootCount } = await settlement();
  await world.keeper.pass();
  assert.equal((await settlement()).rootCount, rootCount);
  await world.skip(DELAYS.rootGapSeconds / 2 + 60);
  await world.passUntil('the next root', async () => (await settlement()).rootCount === rootCount + 1n);
});

test('money that the token refuses waits beside the others, is reported, and moves once it can', async () => {
  const person = await world.person();
  const [mint, deposit] = await world.depositOf(person, 5n);
  assert.ok(mint && deposit);
  const event: ChainEvent = { kind: 'intended', id: 'early', intent: encodeIntent(deposit) };
  await world.host.transact([{ stream: CHAIN_STREAM, event }]);
  await world.give(person.address, 13n);
  await world.passUntil('a root', async () => (await proofOf(person.address)).leaf.cashMicroUsd === 13n);
  const { refusals } = await world.keeper.status();
  assert.deepEqual(refusals.at(-1), { id: 'early', code: 'account.insufficient-funds' });
  await insist(person, [mint]);
  await world.passUntil('quiet', isQuiet);
  assert.equal((await world.account(person.address)).balanceMicroUsd, 18n);
  assert.ok((await world.state()).refusals.every(({ id }) => id !== 'early'));
});
