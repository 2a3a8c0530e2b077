/**
 * Durable trades per second through the API of a whole node: each order is signed by a session key just before it is
 * sent, verified by the node, stepped, priced and committed to PostgreSQL before it is acknowledged. Server, database
 * and load generator share the machine's cores. Nothing counts unless the journal afterwards holds exactly the
 * acknowledged trades.
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import { Agent, request } from 'node:http';
import { availableParallelism } from 'node:os';
import {
  type ActionBody,
  ask,
  type Client,
  createClient,
  createWallet,
  type Session,
  type SignedAction,
  signAction,
  signDelegation,
} from '@surety/sdk';
import type { Figure } from '../figure.ts';
import { startBenchNode } from './node.ts';
import { treeSeconds } from './processor-time.ts';

const TRADERS = 16;
const FUND_MICRO_USD = 20_000_000n;
const SECONDS = 8;
const GOAL = 3_000;
/** Requests under way at once, and orders in each. */
const BATCH = { callers: 16, size: 64 } as const;
const SINGLE = { callers: 64 } as const;

type Trader = { readonly account: string; readonly session: Session };

const agent = new Agent({ keepAlive: true, maxSockets: 128 });

/** The plainest client there is, so that the generator costs little: the SDK's is measured by its own tests. */
const post = (url: string, path: string, key: string, body: unknown): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      'idempotency-key': key,
    };
    const sent = request(`${url}${path}`, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end(text);
  });

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const word = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

/** r and s of a DER signature, which costs Node half of what r ‖ s does. */
const numbersOf = (der: Buffer): readonly [bigint, bigint] => {
  const end = 4 + der[3]!;
  const number = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);
  return [number(der.subarray(4, end)), number(der.subarray(end + 2))];
};

/** A session that signs natively in one call: the SDK's, which waits for WebCrypto, costs a busy trader twice as much. */
const nativeSession = (): Session => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return {
    sessionKey: point.toString('hex'),
    sign: async (bytes) => {
      const [r, s] = numbersOf(sign('sha256', bytes, privateKey));
      return Buffer.concat([word(r), word(s > ORDER >> 1n ? ORDER - s : s)]);
    },
  };
};

const openMarket = async (client: Client): Promise<string> => {
  const wallet = createWallet();
  await client.faucet({ address: wallet.address });
  const asked = await ask('Is surety-bench-claim.app a scam?', {
    client,
    wallet,
    budgetMicroUsd: 50_000_000n,
    closeSeconds: 3_600,
  });
  if (asked.kind !== 'answered') throw new TypeError('the question was declined');
  return asked.marketId;
};

const prepareTraders = async (client: Client, marketId: string): Promise<Trader[]> => {
  const { chainId, receiptVerifier, issuer } = await client.network();
  const network = { chainId, receiptVerifier, operator: issuer.address };
  const traders: Trader[] = [];
  for (let n = 0; n < TRADERS; n += 1) {
    const wallet = createWallet();
    const session = nativeSession();
    const limitMicroUsd = FUND_MICRO_USD;
    await client.faucet({ address: wallet.address });
    await client.delegate(await signDelegation({ ...network, wallet, session, limitMicroUsd }));
    const fund = { type: 'surety/action/fund/v1', marketId, amountMicroUsd: limitMicroUsd.toString() } as const;
    await client.act(await signAction(fund, { ...network, account: wallet.address, session }));
    traders.push({ account: wallet.address, session });
  }
  return traders;
};

type Measured = {
  readonly trades: number;
  readonly perSecond: number;
  /** Processor time per trade: node, PostgreSQL, chain and load generator together. */
  readonly microseconds: number | null;
};

/** Runs callers side by side until the time is up; the trades they had acknowledged, and how many a second. */
const measure = async (callers: number, once: (caller: number, turn: number) => Promise<number>): Promise<Measured> => {
  const processor = treeSeconds(process.pid);
  const start = performance.now();
  let trades = 0;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let turn = 0; performance.now() - start < SECONDS * 1_000; turn += 1) {
        const done = await once(caller, turn);
        trades += done;
      }
    }),
  );
  const perSecond = Math.floor((1_000 * trades) / (performance.now() - start));
  const used = treeSeconds(process.pid);
  const microseconds = processor === null || used === null ? null : Math.ceil((1e6 * (used - processor)) / trades);
  return { trades, perSecond, microseconds };
};

const bad = (answer: { status: number; text: string }): never => {
  throw new TypeError(`the node answered ${answer.status}: ${answer.text.slice(0, 300)}`);
};

/** Trades of these accounts in a market's journal, read through the API. */
const journalled = async (client: Client, marketId: string, accounts: ReadonlySet<string>): Promise<number> => {
  let trades = 0;
  for (let after = 0; ; ) {
    const { events, next } = await client.marketEvents({ marketId, after, limit: 500 });
    for (const { kind, data } of events) {
      if (kind === 'traded' && accounts.has(String((data as { account?: unknown }).account))) trades += 1;
    }
    if (next === null || events.length === 0) return trades;
    after = events.at(-1)!.seq;
  }
};

export const apiFigures = async (): Promise<Figure[]> => {
  const node = await startBenchNode();
  try {
    const { url } = node;
    const client = createClient({ url });
    const marketId = await openMarket(client);
    const traders = await prepareTraders(client, marketId);
    const { chainId, issuer } = await client.network();
    const order = (trader: Trader, n: number): Promise<SignedAction> => {
      const body: ActionBody = {
        type: 'surety/action/order/v1',
        marketId,
        order: { kind: 'spend', outcome: n % 2, amountMicroUsd: '1000' },
      };
      return signAction(body, { account: trader.account, chainId, operator: issuer.address, session: trader.session });
    };
    const trader = (n: number): Trader => traders[n % TRADERS]!;

    const batches = async (caller: number, turn: number): Promise<number> => {
      const actions = await Promise.all(
        Array.from({ length: BATCH.size }, (_, n) => order(trader(caller + n), caller + turn + n)),
      );
      const answer = await post(url, '/v1/actions/batch', actions[0]!.action.nonce, { actions });
      if (answer.status !== 200) bad(answer);
      const { results } = JSON.parse(answer.text) as { results: { ok: boolean }[] };
      return results.every(({ ok }) => ok) ? results.length : bad(answer);
    };
    const singles = async (caller: number, turn: number): Promise<number> => {
      const signed = await order(trader(caller), caller + turn);
      const answer = await post(url, '/v1/actions', signed.action.nonce, signed);
      return answer.status === 200 ? 1 : bad(answer);
    };

    const warm = await batches(0, 0);
    const batched = await measure(BATCH.callers, batches);
    const single = await measure(SINGLE.callers, singles);
    const accounts = new Set(traders.map(({ account }) => account));
    const stored = await journalled(client, marketId, accounts);
    const held = stored === warm + batched.trades + single.trades;

    const beside = `${availableParallelism()} cores, shared with the load generator and PostgreSQL`;
    const processorFigure = (name: string, { microseconds }: Measured): Figure => ({
      name: `processor time of everything per durable trade, ${name}`,
      value: microseconds,
      unit: 'us',
      goal: '',
      holds: null,
      peer: `${Math.floor((2 * 1e6) / GOAL)} us is what two idle cores have for each of ${GOAL} a second`,
    });
    const figure = (name: string, value: number): Figure => ({
      name,
      value: held ? value : null,
      unit: 'trades/s',
      goal: `>= ${GOAL}`,
      holds: held ? value >= GOAL : null,
      peer: beside,
    });
    return [
      figure('durable signed trades through the API, 64 to a request', batched.perSecond),
      { ...figure('durable signed trades through the API, one to a request', single.perSecond), goal: '', holds: null },
      processorFigure('64 to a request', batched),
      processorFigure('one to a request', single),
    ];
  } finally {
    await node.stop();
  }
};
