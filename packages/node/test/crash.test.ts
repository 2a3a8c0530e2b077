/**
 * A whole node under `kill -9`: the service, its database and its chain die at instants nobody chose; what was
 * acknowledged must be there afterwards, once, with all money, and no process left behind.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { type Receipt, receiptIdOf, unwrap } from '@surety/core';
import { ask, type Client, createClient, type OpenAccount } from '@surety/sdk';
import { verify } from '@surety/sdk/verify';
import { readConfig } from '../src/config.ts';
import { REGISTRY_STREAM } from '../src/engine/court/registry.ts';
import { LOG_STREAM } from '../src/engine/log.ts';
import { isRunning, type ProcessIdentity } from '../src/processes/process-identity.ts';
import { readRunRecord } from '../src/processes/run-record.ts';
import { type RunningNode, startNode } from '../src/start-node.ts';
import { ENV, ledgerSource, ledgerTotal, newcomer, sleep, until } from './world.ts';

const home = await mkdtemp(join(tmpdir(), 'surety-crash-'));
// Windows of the court of a few seconds: a case is in the middle of something whenever the node dies.
const environment = { ...ENV, SURETY_HOME: home, SURETY_CHALLENGE_SECONDS: '3600', SURETY_COURT_SPEED: '600' };
const children = new Set<ChildProcess>();
/** Every process that was ever seen to belong to this node. */
const seen = new Map<number, ProcessIdentity>();

after(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const identity of seen.values()) if (await isRunning(identity)) process.kill(identity.pid, 'SIGKILL');
  await rm(home, { recursive: true, force: true });
});

const withTimeout = async <T>(work: Promise<T>, seconds: number, what: string): Promise<T> => {
  const timer = AbortSignal.timeout(seconds * 1_000);
  return Promise.race([work, once(timer, 'abort').then(() => assert.fail(`not within ${seconds} s: ${what}`))]);
};

const remember = async (): Promise<void> => {
  for (const { process: identity } of Object.values(await readRunRecord(home))) seen.set(identity.pid, identity);
};

type Service = { readonly child: ChildProcess; readonly client: Client };

const start = async (): Promise<Service> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'src', 'main.ts')], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let said = '';
  child.stderr!.on('data', (text) => {
    said += text;
  });
  const url = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const found = /serves at (\S+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) =>
      reject(new assert.AssertionError({ message: `the node ended with ${code}: ${said}` })),
    );
  });
  url.catch(() => undefined);
  const client = createClient({ url: await withTimeout(url, 40, `start of the node: ${said}`), retries: 4 });
  await remember();
  return { child, client };
};

const killNode = async ({ child }: Service): Promise<void> => {
  await remember();
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await withTimeout(gone, 10, 'death of the node');
  children.delete(child);
};

/** Kills one of the node's own processes, the way the system does when memory runs out. */
const killPart = async (name: string): Promise<void> => {
  await remember();
  const identity = (await readRunRecord(home))[name]?.process;
  assert.ok(identity, `${name} is not in the run record`);
  process.kill(identity.pid, 'SIGKILL');
};

const acked: { readonly marketId: string; readonly tradeSeq: number }[] = [];

/** Trades back and forth until told to stop; what is acknowledged is written down. */
const tradeAway = (account: OpenAccount, marketId: string) => {
  let going = true;
  const work = (async () => {
    for (let i = 0; going && i < 2_000; i += 1) {
      const kind = i % 2 === 0 ? 'buy' : 'sell';
      try {
        const result = await account.order(marketId, { kind, outcome: 1, sharesMicroShares: '1000' });
        if (result.kind === 'order') acked.push({ marketId, tradeSeq: result.tradeSeq });
      } catch {
        // A lost answer says nothing of what became of the order, so nothing is expected of it either.
        await sleep(20);
      }
    }
  })();
  return {
    stop: async () => {
      going = false;
      await withTimeout(work, 30, 'end of trading');
    },
  };
};

const progress = (from: number) =>
  until(
    async () => acked.length,
    (count) => count >= from + 5,
    30,
  );

/** A question whose answer can be contested after some seconds. */
const openContest = async (client: Client) => {
  const { wallet, account } = await newcomer(client);
  const asked = await ask('Is metamask-restore-wallet.xyz a scam?', { client, wallet, closeSeconds: 5 });
  assert.ok(asked.kind === 'answered');
  return { account, marketId: asked.marketId };
};

/** Contests the answer once there is one; what was paid, micro-USD. */
const contest = async (client: Client, { account, marketId }: Awaited<ReturnType<typeof openContest>>) => {
  const { contest: terms } = await until(
    () => client.market({ marketId }),
    (market) => market.contest !== undefined,
    40,
  );
  const amountMicroUsd = terms!.costMicroUsd;
  const body = {
    type: 'surety/action/challenge/v1',
    marketId,
    outcome: 255,
    reason: 'The question is broken.',
  } as const;
  const paid = await account.act({ ...body, amountMicroUsd });
  assert.ok(paid.kind === 'challenge' && paid.takenMicroUsd === amountMicroUsd && paid.missingMicroUsd === '0');
  return BigInt(amountMicroUsd);
};

/** Everything the journal says against everything that was promised. */
const audit = async (node: RunningNode, receipts: readonly Receipt[]): Promise<void> => {
  const { host } = node;
  assert.equal(await ledgerTotal(node), await ledgerSource(node));
  const issued: string[] = [];
  for (const stream of await host.streams('market:', { limit: 1_000 })) {
    const events = await host.read(stream, 0, 10_000);
    const nonces = events.flatMap(({ data }) => (data as { nonce?: string }).nonce ?? []);
    assert.equal(new Set(nonces).size, nonces.length, 'an action was carried out twice');
    for (const { marketId, tradeSeq } of acked)
      if (stream === `market:${marketId}`) assert.equal(events[tradeSeq - 1]?.kind, 'traded');
    const stages = events.flatMap(({ kind, data }) =>
      kind === 'receipt' ? [data as { stage: string; receiptId: string }] : [],
    );
    assert.equal(new Set(stages.map(({ stage }) => stage)).size, stages.length, 'a stage has two receipts');
    issued.push(...stages.map(({ receiptId }) => receiptId));
    const { replayDigest, snapshotDigest } = await host.audit(stream);
    assert.equal(replayDigest, snapshotDigest);
  }
  for (const stream of [...(await host.streams('case:', { limit: 1_000 })), REGISTRY_STREAM] as const) {
    const { replayDigest, snapshotDigest } = await host.audit(stream);
    assert.equal(replayDigest, snapshotDigest);
  }
  const leaves = await host.read(LOG_STREAM, 0, 10_000);
  const logged = leaves.map(({ data }) => (data as { leaf: { receiptId: string } }).leaf.receiptId);
  assert.deepEqual([...logged].sort(), [...issued].sort());
  const now = Math.floor(Date.now() / 1_000);
  for (const receipt of receipts) {
    assert.ok(logged.includes(receiptIdOf(receipt)));
    assert.equal((await verify(receipt, { trust: node.trust, now })).verdict, 'trusted');
  }
};

test('killed at any instant, a node keeps every promise', { timeout: 240_000 }, async () => {
  let service = await start();
  const { wallet, account } = await newcomer(service.client);
  const first = await ask('Is uniswap-claim-rewards.app a scam?', { client: service.client, wallet });
  assert.ok(first.kind === 'answered');
  const { marketId } = first;
  await account.fund(marketId, 2_000_000n);

  let trading = tradeAway(account, marketId);
  await progress(0);
  await sleep(randomInt(400));
  await killNode(service);
  await trading.stop();

  service = await start();
  const again = await service.client.market({ marketId });
  assert.ok(again.seq >= Math.max(...acked.map(({ tradeSeq }) => tradeSeq)));
  const second = await newcomer(service.client);
  const contested = await openContest(service.client);
  const before = (await service.client.account({ address: second.wallet.address })).balanceMicroUsd;
  assert.equal(before, '100000000');
  await second.account.fund(marketId, 2_000_000n);
  trading = tradeAway(second.account, marketId);
  await progress(acked.length);
  await sleep(randomInt(300));
  await killPart('postgres');
  await progress(acked.length);
  await sleep(randomInt(300));
  await killPart('anvil');
  await progress(acked.length);
  const withdrawn = await second.account.act({
    type: 'surety/action/withdraw/v1',
    amountMicroUsd: '1000000',
    to: second.wallet.address,
  });
  assert.equal(withdrawn.kind, 'withdraw');
  await until(
    () => service.client.health(),
    ({ status }) => status === 'ok',
    30,
  );

  // A case and a question are under way when everything dies at once.
  const paidMicroUsd = await contest(service.client, contested);
  const pending = ask('Is opensea.io a scam?', { client: service.client, wallet }).catch(() => undefined);
  await sleep(randomInt(250));
  await killPart('postgres');
  await killPart('anvil');
  await killNode(service);
  await trading.stop();
  const last = await withTimeout(pending, 60, 'answer or refusal of the last question');

  const node = await startNode({ config: unwrap(readConfig(environment, '/')) });
  try {
    await remember();
    const answers = [first, last].flatMap((each) => (each?.kind === 'answered' ? [each.receipt as Receipt] : []));
    const { host } = node;
    // Whatever was asked gets its first receipt, whoever asked is gone or not.
    for (const stream of await host.streams('market:', { limit: 10 }))
      await until(
        () => host.read(stream, 0, 1_000),
        (events) => events.some(({ kind }) => kind === 'receipt'),
        20,
      );
    await audit(node, answers);
    const client = createClient({ url: node.url });
    const { balanceMicroUsd } = await client.account({ address: second.wallet.address });
    assert.equal(balanceMicroUsd, '97000000');
    const found = await until(
      () => client.case({ marketId: contested.marketId }),
      ({ phase, round }) => phase !== 'round' || round > 1,
      40,
    );
    const { address } = contested.account;
    assert.deepEqual(found.rungs[1]?.shares, [{ account: address, amountMicroUsd: paidMicroUsd.toString() }]);
    assert.deepEqual(
      found.statements.map(({ account: who }) => who),
      [address],
    );
    await audit(node, answers);
  } finally {
    await node.stop();
  }
  const left: number[] = [];
  for (const identity of seen.values()) if (await isRunning(identity)) left.push(identity.pid);
  assert.deepEqual(left, []);
});
