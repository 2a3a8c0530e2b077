/** Everything that can be wrong with what a node is sent: a typed refusal that says what to do, and nothing half-done. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  ERRORS,
  encode,
  fromHex,
  parseStatement,
  type Receipt,
  receiptIdOf,
  signCheckpoint,
  type Trust,
  toHex,
  unwrap,
  verifyReceipt,
} from '@surety/core';
import { LIMITS, type SignedAction } from '@surety/protocol';
import {
  type ActionBody,
  ask,
  type Client,
  createSession,
  createWallet,
  signAction,
  signDelegation,
} from '@surety/sdk';
import { operatorKeys } from '../src/keys.ts';
import { createWorld, ledgerSource, ledgerTotal, newcomer, peopleToken, type World } from './world.ts';

type Person = Awaited<ReturnType<typeof newcomer>>;

let world: World;
let client: Client;
let person: Person;
let chainId: number;
let operator: string;
let marketId: string;
let receipt: Receipt;

before(async () => {
  world = await createWorld();
  client = world.client();
  person = await newcomer(client);
  const { issuer, ...network } = await client.network();
  ({ chainId } = network);
  operator = issuer.address;
  const asked = await ask('Is uniswap-claim-rewards.app a scam?', { client, wallet: person.wallet });
  assert.ok(asked.kind === 'answered');
  ({ marketId } = asked);
  receipt = asked.receipt as Receipt;
  await person.account.fund(marketId, 1_000_000n);
});
after(() => world.end());

/** All that money and rulings rest on: balances, the market, the books. */
const picture = async (): Promise<string> => {
  const { balanceMicroUsd, markets } = await client.account({ address: person.wallet.address });
  const { seq, quantitiesMicroShares, status } = await client.market({ marketId });
  const [total, source] = [await ledgerTotal(world.node()), await ledgerSource(world.node())];
  assert.equal(total, source);
  return JSON.stringify([balanceMicroUsd, markets, seq, quantitiesMicroShares, status, `${total}`]);
};

let keys = 0;
const post = (path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> => {
  keys += 1;
  return fetch(`${world.node().url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': `bad-input-${keys}`, ...headers },
    body,
  });
};

/** The refusal of a response: of the table, naming what to do, and never a fault of ours. */
const refusal = async (response: Response): Promise<{ readonly code: string; readonly field?: string }> => {
  const { error } = (await response.json()) as {
    error: { code: keyof typeof ERRORS; message: string; next: string; field?: string };
  };
  assert.ok(error !== undefined && error.code in ERRORS, JSON.stringify(error));
  assert.equal(response.status, ERRORS[error.code].http);
  assert.ok(response.status < 500 && error.message.length > 10 && error.next.length > 3, JSON.stringify(error));
  return error;
};

type Over = { readonly chainId?: number; readonly operator?: string; readonly now?: number };
const signed = (body: ActionBody, over: Over = {}) =>
  signAction(body, { account: person.wallet.address, chainId, operator, session: person.account.session, ...over });

const sendAction = async (action: SignedAction) => refusal(await post('/v1/actions', JSON.stringify(action)));

const fundBody = (amountMicroUsd: string): ActionBody => ({ type: 'surety/action/fund/v1', marketId, amountMicroUsd });
const orderBody = (order: object): ActionBody =>
  ({ type: 'surety/action/order/v1', marketId, order }) as unknown as ActionBody;

/** Runs a check, and holds it to having changed nothing. */
const harmless = (name: string, check: () => Promise<void>): void => {
  test(name, async () => {
    const before = await picture();
    await check();
    assert.equal(await picture(), before);
  });
};

harmless('bodies: empty, huge, of another encoding, cut short', async () => {
  for (const path of ['/v1/questions', '/v1/actions', '/v1/delegations', '/v1/faucet', '/v1/readings']) {
    assert.match((await refusal(await post(path, ''))).code, /^input\.(?:empty|malformed)$/);
    assert.equal((await refusal(await post(path, '{"a":'))).code, 'input.malformed');
    assert.match((await refusal(await post(path, '{}'))).code, /^input\./);
    assert.match((await refusal(await post(path, 'null'))).code, /^input\./);
    assert.match((await refusal(await post(path, Buffer.from([0x7b, 0x22, 0xff, 0xfe])))).code, /^input\./);
    const latin = { 'content-type': 'application/json; charset=latin1' };
    assert.equal((await refusal(await post(path, '{}', latin))).code, 'http.unsupported-type');
    assert.equal(
      (await refusal(await post(path, '{}', { 'content-type': 'text/plain' }))).code,
      'http.unsupported-type',
    );
  }
  const huge = `{"question":"${'x'.repeat(LIMITS.bodyBytes)}"}`;
  assert.equal((await refusal(await post('/v1/readings', huge))).code, 'input.too-large');
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  assert.match((await refusal(await post('/v1/readings', deep))).code, /^input\./);
});

harmless('questions: no subject, past deadline, laughable budgets, words that were not read back', async () => {
  const read = async (body: object) =>
    (await refusal(await post('/v1/readings', JSON.stringify({ asker: person.wallet.address, ...body })))).code;
  assert.match(await read({ question: 'Is it?' }), /^intent\./);
  assert.match(await read({ question: '' }), /^(?:input|intent)\./);
  assert.match(await read({ question: 'Is 192.168.0.1 a scam?' }), /^intent\./);
  assert.equal(await read({ question: 'Will it rain in Paris by 2020-01-01?' }), 'intent.past-deadline');
  assert.match(await read({ question: 'Is opensea.io a scam?', budgetMicroUsd: '-1' }), /^(?:input|amount)\./);
  assert.match(await read({ question: 'Is opensea.io a scam?', budgetMicroUsd: '0.5' }), /^(?:input|amount)\./);
  assert.equal(await read({ question: 'Is opensea.io a scam?', budgetMicroUsd: '0' }), 'input.out-of-range');
  assert.equal(await read({ question: 'Is opensea.io a scam?', budgetMicroUsd: '999' }), 'input.out-of-range');
  assert.match(await read({ question: 'Is opensea.io a scam?', closeSeconds: 10 ** 9 }), /^(?:input|question)\./);

  const reading = await client.read({ question: 'Is opensea.io a scam?', asker: person.wallet.address });
  const { receiptVerifier } = await client.network();
  const sign = (over: object = {}, wallet = person.wallet) =>
    wallet.signTyped(
      'AskerClaim',
      {
        operator,
        claimId: `0x${reading.claimId}`,
        reading: reading.plainWords,
        budgetMicroUsd: BigInt(reading.claim.budgetMicroUsd),
        expiresAt: reading.expiresAt,
        ...over,
      },
      { chainId, verifyingContract: receiptVerifier },
    );
  const good = {
    operator,
    claim: reading.claim,
    reading: reading.plainWords,
    expiresAt: reading.expiresAt,
    signature: await sign(),
  };
  const asks = async (over: object) => refusal(await post('/v1/questions', JSON.stringify({ ...good, ...over })));
  const { claim } = reading;
  const now = Math.floor(Date.now() / 1_000);
  const past = { ...claim, closesAt: now - 1 };
  assert.equal((await asks({ claim: past })).code, 'intent.past-deadline');
  assert.equal((await asks({ claim: { ...claim, closesAt: now + 86_400 * 365 } })).code, 'question.claim-mismatch');
  assert.equal((await asks({ claim: { ...claim, budgetMicroUsd: '60000' } })).code, 'question.claim-mismatch');
  assert.equal((await asks({ reading: 'You pay nothing.' })).field, 'reading');
  assert.equal((await asks({ expiresAt: now - 10 })).code, 'question.claim-mismatch');
  assert.equal((await asks({ signature: await sign({}, createWallet()) })).code, 'signature.wrong-signer');
  assert.equal((await asks({ signature: await sign({ expiresAt: 1 }) })).code, 'signature.wrong-signer');
  // Signed for another operator, and then said to be for this one.
  const elsewhere = { operator: createWallet().address };
  const foreign = await asks({ ...elsewhere, signature: await sign(elsewhere) });
  assert.deepEqual([foreign.code, foreign.field], ['signature.wrong-operator', 'operator']);
  assert.equal((await asks({ signature: await sign(elsewhere) })).code, 'signature.wrong-signer');
  const other = { beneficiary: createWallet().address };
  assert.equal((await asks({ cover: other })).field, 'cover.beneficiary');
  const poor = createWallet();
  const broke = await ask('Is opensea.io a scam?', { client, wallet: poor }).catch((error) => error.problem.code);
  assert.equal(broke, 'account.insufficient-funds');
});

harmless('amounts and orders: negative, fractional, too much, in no market', async () => {
  const raw = async (body: ActionBody) => (await sendAction(await signed(body))).code;
  for (const amount of ['-1', '0.5', '1e6', '0x10', '', '00', ' 1'])
    assert.match(await raw(fundBody(amount)), /^(?:input|amount)\./);
  assert.match(await raw(fundBody('0')), /^(?:amount|input)\./);
  assert.match(await raw(fundBody('100000001')), /^(?:account\.insufficient-funds|session\.limit-exceeded)$/);
  const nowhere = { ...fundBody('5'), marketId: 'f'.repeat(64) } as ActionBody;
  assert.match(await raw(nowhere), /^question\./);
  const buy = { kind: 'buy', outcome: 0, sharesMicroShares: '10' };
  assert.match(await raw(orderBody({ ...buy, sharesMicroShares: '-10' })), /^(?:input|amount)\./);
  const whole = await signed(orderBody(buy));
  const fraction = {
    ...whole,
    action: { ...whole.action, order: { ...buy, outcome: 1.5 } },
  } as unknown as SignedAction;
  assert.match((await sendAction(fraction)).code, /^input\./);
  assert.match(await raw(orderBody({ ...buy, outcome: 9 })), /^(?:market|input)\./);
  assert.match(await raw(orderBody({ ...buy, sharesMicroShares: '9'.repeat(30) })), /^market\./);
  assert.match(await raw(orderBody({ kind: 'sell', outcome: 0, sharesMicroShares: '1' })), /^market\./);
  assert.match(await raw(orderBody({ kind: 'gift', outcome: 0 })), /^input\./);
  const withdrawal = { type: 'surety/action/withdraw/v1', amountMicroUsd: '5', to: createWallet().address } as const;
  assert.equal(await raw(withdrawal), 'withdrawal.other-address');
});

harmless('sessions: unknown, forged, out of scope, expired, for another chain or clock', async () => {
  const code = async (action: SignedAction) => (await sendAction(action)).code;
  const stranger = await createSession();
  const good = await signed(fundBody('5'));
  assert.equal(await code({ ...good, sessionKey: stranger.sessionKey }), 'session.unknown');
  const bent = `${good.signature[0] === '0' ? '1' : '0'}${good.signature.slice(1)}`;
  assert.equal(await code({ ...good, signature: bent }), 'action.bad-signature');
  const richer = { ...good, action: { ...good.action, amountMicroUsd: '6' } } as SignedAction;
  assert.equal(await code(richer), 'action.bad-signature');
  assert.equal(await code(await signed(fundBody('5'), { chainId: 1 })), 'action.wrong-network');
  const elsewhere = createWallet().address;
  const foreign = await sendAction(await signed(fundBody('5'), { operator: elsewhere }));
  assert.deepEqual([foreign.code, foreign.field], ['signature.wrong-operator', 'action.operator']);
  const now = Math.floor(Date.now() / 1_000);
  assert.equal(await code(await signed(fundBody('5'), { now: now - 3_600 })), 'action.expired');
  assert.equal(await code(await signed(fundBody('5'), { now: now + 3_600 })), 'action.expired');

  const { receiptVerifier } = await client.network();
  const network = { chainId, receiptVerifier, operator };
  const delegation = { ...network, wallet: person.wallet, session: stranger, limitMicroUsd: 1_000n };
  const forged = await signDelegation({ ...delegation, wallet: createWallet() });
  const sent = async (body: object) => (await refusal(await post('/v1/delegations', JSON.stringify(body)))).code;
  assert.equal(await sent({ ...forged, wallet: person.wallet.address }), 'signature.wrong-signer');
  assert.equal(await sent(await signDelegation({ ...delegation, now: now - 100_000 })), 'session.expired');
  assert.equal(await sent(await signDelegation({ ...delegation, chainId: 1 })), 'signature.wrong-signer');
  const theirs = await signDelegation({ ...delegation, operator: elsewhere });
  assert.equal(await sent(theirs), 'signature.wrong-operator');
  assert.equal(await sent({ ...theirs, operator }), 'signature.wrong-signer');
  const narrow = await signDelegation({ ...delegation, scope: 'webhook' });
  await client.delegate(narrow);
  assert.equal(await sent(narrow), 'session.stale-delegation');
  const byStranger = await signAction(fundBody('5'), { ...network, account: person.wallet.address, session: stranger });
  assert.equal(await code(byStranger), 'session.out-of-scope');
});

test('the same thing twice: one effect, and a conflict where it is not the same', async () => {
  const once = await signed(fundBody('7'));
  const key = { 'idempotency-key': 'the-same-key-twice' };
  const first = await post('/v1/actions', JSON.stringify(once), key);
  assert.equal(first.status, 200);
  const before = await picture();
  const replay = await post('/v1/actions', JSON.stringify(once), key);
  assert.equal(replay.headers.get('idempotent-replay'), 'true');
  assert.deepEqual(await replay.json(), await first.json());
  const other = await post('/v1/actions', JSON.stringify(await signed(fundBody('8'))), key);
  assert.equal((await refusal(other)).code, 'idempotency.conflict');
  assert.equal((await sendAction(once)).code, 'action.replayed');
  assert.match((await refusal(await post('/v1/actions', '{}', { 'idempotency-key': 'short' }))).code, /^input\./);
  assert.equal(await picture(), before);
});

harmless('a question sent again is the question that is there', async () => {
  const { wallet } = await newcomer(client);
  const bodies: string[] = [];
  const spying = (async (url: string | URL | Request, init?: RequestInit) => {
    if (String(url).endsWith('/v1/questions')) bodies.push(String(init?.body));
    return fetch(url, init);
  }) as typeof fetch;
  const { createClient } = await import('@surety/sdk');
  const spy = createClient({ url: world.node().url, fetch: spying });
  const asked = await ask('Is ledger-live-update.net a scam?', { client: spy, wallet });
  assert.ok(asked.kind === 'answered' && bodies.length === 1);
  const again = await post('/v1/questions', bodies[0]!);
  assert.equal(again.status, 201);
  const { marketId: same, receipt: old } = (await again.json()) as { marketId: string; receipt: Receipt };
  assert.equal(same, asked.marketId);
  assert.equal(receiptIdOf(old), receiptIdOf(asked.receipt as Receipt));
  assert.equal((await client.account({ address: wallet.address })).balanceMicroUsd, '99950000');
});

harmless('sequences, ids and tokens that are not there', async () => {
  const get = async (path: string, headers: Record<string, string> = {}) =>
    (await refusal(await fetch(`${world.node().url}${path}`, { headers }))).code;
  assert.equal(await get(`/v1/stream?streams=market:${marketId}&after=999999`), 'stream.stale');
  assert.match(await get('/v1/stream?streams=account:0x00'), /^(?:stream\.unknown|input\.malformed)$/);
  assert.equal(await get(`/v1/stream?streams=market:${'e'.repeat(64)}`), 'stream.unknown');
  assert.match(await get(`/v1/markets/${marketId}/events?after=-1`), /^input\./);
  assert.equal(await get(`/v1/markets/${'e'.repeat(64)}`), 'question.unknown');
  assert.equal(await get(`/v1/receipts/${'e'.repeat(64)}`), 'receipt.unknown');
  assert.match(await get('/v1/markets?cursor=-5'), /^input\./);
  // A cursor far beyond the end is the end, and no walk through nothing.
  assert.ok((await client.markets({ cursor: String(Number.MAX_SAFE_INTEGER) })).markets.length > 0);
  const ruling = JSON.stringify({ outcome: 0, note: 'mine' });
  assert.equal((await refusal(await post(`/v1/markets/${marketId}/rulings`, ruling))).code, 'auth.operator-only');
  const token = { authorization: `Bearer ${peopleToken(world.home)}` };
  assert.match((await refusal(await post(`/v1/markets/${marketId}/rulings`, ruling, token))).code, /wrong-phase$/);
  const far = JSON.stringify({ outcome: 15, note: 'mine' });
  assert.match(
    (await refusal(await post(`/v1/markets/${marketId}/rulings`, far, token))).code,
    /^(?:input|market|question)\./,
  );
  const unknown = {
    type: 'surety/action/challenge/v1',
    marketId: 'e'.repeat(64),
    outcome: 1,
    amountMicroUsd: '5',
    reason: 'No.',
  } as const;
  assert.equal((await sendAction(await signed(unknown))).code, 'question.not-challengeable');
  assert.equal((await sendAction(await signed({ ...unknown, marketId }))).code, 'question.not-challengeable');
  const vote = { type: 'surety/action/vote/v1', marketId, commitment: `0x${'ee'.repeat(32)}` } as const;
  assert.equal((await sendAction(await signed(vote))).code, 'court.case-unknown');
});

harmless('evidence that would spoil a receipt is not attached', async () => {
  const { predicate } = unwrap(parseStatement(receipt));
  const report = predicate.evidence.find((piece) => piece.kind === 'analyst-report');
  assert.ok(report?.kind === 'analyst-report');
  const attach = async (over: object) => {
    const evidence = { ...report, ...over };
    return (await sendAction(await signed({ type: 'surety/action/evidence/v1', marketId, evidence } as ActionBody)))
      .code;
  };
  assert.equal(await attach({ probabilityPpm: report.probabilityPpm === 5 ? 6 : 5 }), 'evidence.refuted');
  assert.equal(await attach({ program: `surety/other@${'00'.repeat(32)}` }), 'evidence.unknown-program');
  assert.match(await attach({ program: 'no digest' }), /^input\./);
  const whole = await signed({ type: 'surety/action/evidence/v1', marketId, evidence: report } as ActionBody);
  const fraction = { ...whole.action, evidence: { ...report, input: { ...(report.input as object), x: 0.5 } } };
  assert.match((await sendAction({ ...whole, action: fraction } as SignedAction)).code, /^input\./);
  const juror = await import('@surety/analysts').then(({ pureJurors }) => pureJurors[0]);
  const vote = juror?.readSync?.(predicate.claim.subject);
  assert.equal(await attach({ program: vote?.program }), 'evidence.refuted');
  const big = { program: 'my/model@1', reasons: Array.from({ length: 60 }, (_, i) => `${i}${'x'.repeat(900)}`) };
  assert.equal(await attach(big), 'question.evidence-full');
});

harmless('a receipt of another network, and a log that shows two trees', async () => {
  const { trust } = world.node();
  const now = Math.floor(Date.now() / 1_000);
  const elsewhere: Trust = { ...trust, networks: trust.networks.map((network) => ({ ...network, chainId: 1 })) };
  const foreign = await verifyReceipt(receipt, { trust: elsewhere, now });
  assert.notEqual(foreign.verdict, 'trusted');
  assert.ok(foreign.checks.some(({ problem }) => problem?.code === 'receipt.foreign-network'));

  const status = await client.receiptStatus({ receiptId: receiptIdOf(receipt), from: 1 });
  const [origin = '', size = ''] = status.checkpoint.split('\n');
  const key = unwrap(fromHex(operatorKeys(world.home).log));
  const root = unwrap(fromHex(toHex(encode('another tree').slice(0, 2)).repeat(16).slice(0, 64).padEnd(64, '0')));
  const checkpoint = signCheckpoint({ origin, size: Number(size) + 5, root, extensions: [] }, key);
  const fresh = { latest: status.latest as Receipt, checkpoint, consistency: status.consistency?.proof ?? [] };
  const forked = await verifyReceipt(receipt, { trust, now, fresh });
  assert.ok(
    forked.checks.some(({ problem }) => problem?.code === 'log.forked'),
    JSON.stringify(forked.checks.map(({ name, problem }) => [name, problem?.code])),
  );
});
