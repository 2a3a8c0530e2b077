/** The client against a whole node: database, chain, contracts, journal, engine and HTTP, in a process of its own. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client as McpClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { type BenchNode, startBenchNode } from '../../../bench/markets/node.ts';
import { createTestPasskey } from '../../node/src/engine/passkeys/authenticator.fixture.ts';
import {
  type Asked,
  ask,
  type Client,
  completeAction,
  createClient,
  createSession,
  createWallet,
  openAccount,
  SuretyError,
  signAction,
  unwrap,
} from '../src/index.ts';
import { readTrust, verify } from '../src/verify.ts';

let node: BenchNode;
let client: Client;
let asked: Extract<Asked, { kind: 'answered' }>;

before(async () => {
  node = await startBenchNode();
  client = createClient({ url: node.url });
  const wallet = createWallet();
  await client.faucet({ address: wallet.address });
  const answer = await ask('Is uniswap-claim-rewards.app a scam?', { client, wallet, closeSeconds: 600 });
  assert.ok(answer.kind === 'answered');
  asked = answer;
});
after(() => node?.stop());

const refusedAs = (code: string) => (error: unknown) => {
  assert.ok(error instanceof SuretyError, String(error));
  assert.equal(error.code, code);
  return true;
};

test('the first answer is provisional, and its receipt verifies against pinned trust', async () => {
  assert.equal(asked.answer.status, 'provisional');
  assert.equal(asked.market.status, 'open');
  const trust = unwrap(readTrust((await client.network()).trust));
  const now = Math.floor(Date.now() / 1000);
  const result = await verify(asked.receipt, { trust, now });
  assert.equal(result.verdict, 'trusted', JSON.stringify(result.problems));
  assert.ok(
    result.links.program.some(({ holds }) => holds === 'shown'),
    'a program was run again',
  );
  const nobody = await verify(asked.receipt, { trust: { ...trust, issuers: [] }, now });
  assert.equal(nobody.verdict, 'self-signed');
});

test('a passkey makes an account over the wire; what it signs is checked, and more than advice refused', async () => {
  const { chainId, issuer, pageOrigin } = await client.network();
  assert.equal(pageOrigin, `http://localhost:${new URL(node.url).port}`);
  const expiresAt = Math.floor(Date.now() / 1_000) + 60;
  const key = createTestPasskey(pageOrigin, { chainId, operator: issuer.address, expiresAt });
  const { account, passkeyId } = await client.makePasskey(key.made);
  assert.equal((await client.passkey({ passkeyId })).account, account);
  const context = { account, chainId, operator: issuer.address };
  const marketId = asked.market.marketId;
  const advice = completeAction(
    { type: 'surety/action/advise/v1', marketId, outcome: 0, reason: 'Seen before.' },
    context,
  );
  // No case is open yet: the signature was good, or this would be another refusal.
  await assert.rejects(client.actByPasskey(key.assert(advice)), refusedAs('court.case-unknown'));
  const other = createTestPasskey('http://localhost:1', { chainId, operator: issuer.address, expiresAt });
  await assert.rejects(client.makePasskey(other.made), refusedAs('passkey.wrong-context'));
  const stake = completeAction({ type: 'surety/action/stake/v1', amountMicroUsd: '1' }, context);
  await assert.rejects(client.actByPasskey(key.assert(stake)), refusedAs('passkey.advice-only'));
});

test('a trade is done once, whatever is sent again', async () => {
  const wallet = createWallet();
  await client.faucet({ address: wallet.address });
  const { chainId, issuer } = await client.network();
  const network = { chainId, operator: issuer.address };
  const account = await openAccount({ client, wallet, limitMicroUsd: 2_000_000n });
  const { session } = account;
  const { marketId } = asked;
  const balance = async (): Promise<bigint> =>
    BigInt((await client.account({ address: wallet.address })).balanceMicroUsd);
  const start = await balance();
  const fund = { type: 'surety/action/fund/v1', marketId, amountMicroUsd: '1000000' } as const;
  const signed = await signAction(fund, { ...network, account: wallet.address, session });
  const key = { idempotencyKey: signed.action.nonce };
  const first = await client.act(signed, key);
  assert.deepEqual(await client.act(signed, key), first);
  await assert.rejects(client.act(signed), refusedAs('action.replayed'));
  assert.equal(await balance(), start - 1_000_000n);

  const other = await signAction(fund, { ...network, account: wallet.address, session });
  await assert.rejects(client.act(other, key), refusedAs('idempotency.conflict'));
  const done = await account.order(marketId, { kind: 'spend', outcome: 1, amountMicroUsd: '400000' });
  assert.ok(done.kind === 'order' && BigInt(done.costMicroUsd) <= 400_000n && done.budgetMicroUsd !== '1000000');
  await assert.rejects(account.fund(marketId, 1_500_000n), refusedAs('session.limit-exceeded'));
});

/** An account with money and a key of its own, and a payment that it could sign. */
const payer = async () => {
  const wallet = createWallet();
  await client.faucet({ address: wallet.address });
  const { chainId, issuer } = await client.network();
  const { session } = await openAccount({ client, wallet });
  const context = { chainId, operator: issuer.address, account: wallet.address, session };
  const fund = { type: 'surety/action/fund/v1', marketId: asked.marketId, amountMicroUsd: '1000' } as const;
  return { wallet, context, fund };
};

test('forged, foreign, expired and unknown signatures are told apart', async () => {
  const { wallet, context, fund } = await payer();
  const signed = await signAction(fund, context);
  const forged = { ...signed, action: { ...signed.action, nonce: '00'.repeat(16) } };
  await assert.rejects(client.act(forged), refusedAs('action.bad-signature'));
  const foreign = await signAction(fund, { ...context, chainId: context.chainId + 1 });
  await assert.rejects(client.act(foreign), refusedAs('action.wrong-network'));
  const elsewhere = await signAction(fund, { ...context, operator: createWallet().address });
  await assert.rejects(client.act(elsewhere), refusedAs('signature.wrong-operator'));
  const expired = await signAction(fund, { ...context, now: 1_600_000_000 });
  await assert.rejects(client.act(expired), refusedAs('action.expired'));
  const undelegated = await signAction(fund, { ...context, session: await createSession() });
  await assert.rejects(client.act(undelegated), refusedAs('session.unknown'));
  const withdraw = { type: 'surety/action/withdraw/v1', amountMicroUsd: '1', to: wallet.address } as const;
  await assert.rejects(client.act(await signAction(withdraw, context)), refusedAs('session.out-of-scope'));
});

test('a batch answers each action on its own', async () => {
  const { context, fund } = await payer();
  const good = await signAction(fund, context);
  const unknown = await signAction({ ...fund, marketId: '00'.repeat(32) }, context);
  const { results } = await client.actBatch({ actions: [good, unknown, good] });
  // Answers keep their places, but which of the two equal actions came first is not promised.
  const [first, other, again] = results.map(({ ok }) => ok);
  assert.equal(other, false);
  assert.notEqual(first, again);
});

test('the stream of a market has no gaps and equals the listed events', async () => {
  const stream = `market:${asked.marketId}`;
  const { events } = await client.marketEvents({ marketId: asked.marketId, after: 0, limit: 500 });
  const followed: unknown[] = [];
  for await (const event of client.follow([stream], { after: { [stream]: 0 } })) {
    followed.push(event);
    assert.equal(event.seq, followed.length);
    if (followed.length === events.length) break;
  }
  assert.deepEqual(followed, events);
});

test('receipt page, log and documents are served', async () => {
  const { log } = asked.receipt;
  const get = (path: string) => fetch(`${node.url}${path}`);
  const { receiptId } = asked.market;
  const page = await get(`/v1/receipts/${receiptId}/receipt.html`);
  assert.match(page.headers.get('content-security-policy') ?? '', /^sandbox/);
  assert.match(await page.text(), /<!doctype html>/i);
  const checkpoint = await (await get('/log/checkpoint')).text();
  assert.equal(checkpoint.split('\n')[0], log.checkpoint.split('\n')[0]);
  assert.ok(Number(checkpoint.split('\n')[1]) > log.index);
  assert.equal((await get('/log/tile/0/000.p/1')).status, 200);
  const status = await client.receiptStatus({ receiptId: receiptId! });
  assert.equal(status.receiptId, receiptId);
});

test('an agent asks over MCP and gets a decision with a receipt', async () => {
  const mcp = new McpClient({ name: 'test', version: '0' });
  await mcp.connect(new StreamableHTTPClientTransport(new URL(`${node.url}/mcp`)));
  try {
    const progress: string[] = [];
    const reply = await mcp.callTool(
      {
        name: 'ask',
        arguments: { question: 'Is google.com a scam?', maxCost: '0.05', maxWait: 2, minConfidence: 0.5 },
      },
      undefined,
      { onprogress: ({ message }) => progress.push(message ?? '') },
    );
    const content = reply.structuredContent as { decision: string; receiptId: string };
    assert.equal(content?.decision, 'proceed', JSON.stringify(reply.content));
    assert.ok(progress.length >= 2);
    const verified = await mcp.callTool({ name: 'verify', arguments: { receiptId: content.receiptId } });
    assert.equal((verified.structuredContent as { verdict: string }).verdict, 'trusted');
  } finally {
    await mcp.close();
  }
});
