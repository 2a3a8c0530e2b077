/** One handler for each route of the protocol: the engine as the wire sees it. */
import { readFileSync } from 'node:fs';
import { type DecidedBy, evidenceIdOf, type Receipt, type Result, refuse } from '@surety/core';
import { accountOf, meanBrierPpm, type Order, pricesPpm, quote as quoteMarket } from '@surety/markets';
import type { Handlers, RouteOutput, SignedAction } from '@surety/protocol';
import type { ChainCourtReader } from '../chain-court/reader.ts';
import type { Webhooks } from '../http/webhooks/webhooks.ts';
import type { Move } from '../journal/host.ts';
import type { Notices } from '../notices/notices.ts';
import type { RunsReader } from '../runs/runs.ts';
import { type AccountState, accountValue, freeBond } from './account.ts';
import { ask, DEFAULTS, read } from './ask.ts';
import type { Keeper } from './chain-keeper.ts';
import { fromJson } from './codec.ts';
import { assumptions, type Context } from './context.ts';
import { findCase, findJuror, listCases } from './court/handlers.ts';
import { cursorIn } from './cursor.ts';
import { delegate } from './delegate.ts';
import { FEED_STREAM, feedMove, openedBefore } from './feed.ts';
import { accountStream, marketStream, transfer } from './ledger.ts';
import { loggedOf } from './logged.ts';
import { listModels, modelHistory, publicationFile } from './model-views.ts';
import { actByPasskey } from './passkeys/act.ts';
import { findPasskey, makePasskey } from './passkeys/make.ts';
import type { Models } from './publish.ts';
import type { QuestionEvent, QuestionState } from './question.ts';
import { findReceipt, latestReceipt } from './receipts.ts';
import { isHeld } from './rerun.ts';
import { stateOf } from './resolve.ts';
import { FRESH, SCORES_STREAM, type Scores } from './scores.ts';
import { type Asked, isAsked, marketOf, newestAnswer, summaryOf, unknownMarket } from './views.ts';

/** What the faucet gives, and below which balance it gives again. */
export const FAUCET_MICRO_USD = 100_000_000n;
/** What the faucet leaves in the treasury: bond and players come first. */
const TREASURY_KEEPS_MICRO_USD = 250_000_000_000n;

export type HandlerParts = {
  readonly context: Context;
  readonly keeper: Keeper;
  readonly act: (signed: SignedAction, remote: string) => Promise<Result<RouteOutput<'act'>['result']>>;
  /** Runs what follows a question being asked; callers share one run. */
  readonly opened: (claimId: string) => Promise<void>;
  readonly trust: () => RouteOutput<'network'>['trust'];
  readonly live: ReadonlySet<string>;
  /** Cases of the court that have not ended. */
  readonly cases: ReadonlySet<string>;
  readonly receiptHtml: (receipt: Receipt) => Promise<string>;
  readonly webhooks: Webhooks;
  readonly notices: Notices;
  /** How this node tells people of cases. */
  readonly noticesBy: RouteOutput<'network'>['notices'];
  readonly models: Models;
  readonly runs: RunsReader;
  readonly chainCourt: ChainCourtReader;
};

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
export const VERSION = version;

const askedOf = async (context: Context, marketId: string): Promise<Result<Asked>> => {
  const state = await stateOf(context, marketId);
  return isAsked(state) ? { ok: true, value: state } : unknownMarket(marketId, 'marketId');
};

const health = async ({ context, keeper }: HandlerParts): Promise<Result<RouteOutput<'health'>>> => {
  const journal = await context.host.health();
  const chain = await keeper.status().catch(() => undefined);
  return {
    ok: true,
    value: {
      status: journal.status === 'ok' && chain !== undefined ? 'ok' : 'degraded',
      environment: context.network.environment,
      chainId: context.network.chainId,
      version,
      journal: { ...journal },
      chain: chain === undefined ? { status: 'unreachable' } : { ...chain },
    },
  };
};

const network = async ({
  context,
  keeper,
  trust,
  noticesBy,
}: HandlerParts): Promise<Result<RouteOutput<'network'>>> => {
  const { dollar, settlement, anchor, receiptVerifier } = keeper.contracts;
  return {
    ok: true,
    value: {
      environment: context.network.environment,
      chainId: context.network.chainId,
      contracts: { dollar, settlement, anchor, receiptVerifier },
      receiptVerifier,
      issuer: { address: context.operator.address, dsseKey: context.operator.dsseKey },
      log: { origin: context.log.origin, publicKey: context.operator.logKey },
      trust: trust(),
      pageOrigin: context.pageOrigin(),
      notices: noticesBy,
      faucet: context.network.environment === 'development',
      assumes: [...assumptions(context.network.environment)],
      defaults: { budgetMicroUsd: DEFAULTS.budgetMicroUsd.toString(), closeSeconds: DEFAULTS.closeSeconds },
    },
  };
};

const PAGE = 50;
/** Pages of the feed that one request looks through for markets of a status; the cursor goes on from there. */
const PAGES_AT_ONCE = 8;

const markets = async (
  { context }: HandlerParts,
  query: { status?: string; cursor?: string; limit?: number },
): Promise<Result<RouteOutput<'markets'>>> => {
  const limit = query.limit ?? PAGE;
  const head = await context.host.state<number>(FEED_STREAM);
  const from = cursorIn(query.cursor, head);
  if (!from.ok) return from;
  const found: RouteOutput<'markets'>['markets'][number][] = [];
  let next: number | null = from.value;
  for (let pages = 0; next !== null && next > 0 && found.length < limit && pages < PAGES_AT_ONCE; pages += 1) {
    const page = await openedBefore(context.host, next, limit - found.length);
    for (const marketId of page.marketIds) {
      const state = await stateOf(context, marketId);
      if (!isAsked(state)) continue;
      const summary = summaryOf(state);
      if (query.status === undefined || summary.status === query.status) found.push(summary);
    }
    next = page.next;
  }
  return { ok: true, value: { markets: found, next: next === null || next <= 0 ? null : String(next) } };
};

const quote = async (
  { context }: HandlerParts,
  marketId: string,
  order: Order,
): Promise<Result<RouteOutput<'quote'>>> => {
  const state = await askedOf(context, marketId);
  if (!state.ok) return state;
  const quoted = quoteMarket(state.value.market, order);
  if (!quoted.ok) return quoted;
  const { outcome, deltaMicroShares, costMicroUsd, feeMicroUsd, after } = quoted.value;
  return {
    ok: true,
    value: {
      outcome,
      deltaMicroShares: deltaMicroShares.toString(),
      costMicroUsd: costMicroUsd.toString(),
      feeMicroUsd: feeMicroUsd.toString(),
      probabilitiesPpm: pricesPpm(after),
    },
  };
};

const account = async ({ context, live }: HandlerParts, address: string): Promise<Result<RouteOutput<'account'>>> => {
  const state = await context.host.state<AccountState>(accountStream(address));
  const held: { marketId: string; budgetMicroUsd: string; positionsMicroShares: string[] }[] = [];
  for (const marketId of live) {
    const { market } = await stateOf(context, marketId);
    const holder = market === null ? undefined : accountOf(market, address);
    if (holder === undefined) continue;
    held.push({
      marketId,
      budgetMicroUsd: holder.budgetMicroUsd.toString(),
      positionsMicroShares: holder.shares.map(String),
    });
  }
  return {
    ok: true,
    value: {
      address,
      balanceMicroUsd: state.balanceMicroUsd.toString(),
      reservedMicroUsd: (state.bondMicroUsd - freeBond(state)).toString(),
      withdrawableMicroUsd: state.balanceMicroUsd.toString(),
      bondMicroUsd: state.bondMicroUsd.toString(),
      markets: held,
    },
  };
};

const faucet = async ({ context }: HandlerParts, address: string): Promise<Result<RouteOutput<'faucet'>>> => {
  if (context.network.environment !== 'development') {
    return refuse({
      code: 'network.development-only',
      message: 'This network has no faucet.',
      next: 'Deposit dollars through the settlement contract.',
      field: 'address',
      value: address,
    });
  }
  const { balanceMicroUsd } = await context.host.state<AccountState>(accountStream(address));
  if (balanceMicroUsd >= FAUCET_MICRO_USD) return { ok: true, value: { balanceMicroUsd: balanceMicroUsd.toString() } };
  const amountMicroUsd = FAUCET_MICRO_USD - balanceMicroUsd;
  const treasury = accountStream(context.operator.address);
  const held = (await context.host.state<AccountState>(treasury)).balanceMicroUsd;
  if (held - amountMicroUsd < TREASURY_KEEPS_MICRO_USD) {
    return refuse({
      code: 'account.insufficient-funds',
      message: 'The faucet is dry.',
      next: 'Use an account that has development dollars, or erase this network with `surety reset`.',
      field: 'address',
      value: address,
    });
  }
  const at = context.now();
  const done = await transfer(context.host, [
    {
      stream: treasury,
      event: { kind: 'sent', amountMicroUsd, to: { stream: accountStream(address), purpose: 'faucet' }, at },
    },
    {
      stream: accountStream(address),
      event: { kind: 'received', amountMicroUsd, from: { stream: treasury, purpose: 'faucet' }, at },
    },
  ]);
  if (!done.ok) return done;
  const after = await context.host.state<AccountState>(accountStream(address));
  return { ok: true, value: { balanceMicroUsd: after.balanceMicroUsd.toString() } };
};

const exitProof = async (
  { context, keeper }: HandlerParts,
  address: string,
): Promise<Result<RouteOutput<'exitProof'>>> => {
  const found = await keeper.exitProof(address);
  if (found === undefined) {
    return refuse({
      code: 'account.unknown',
      message: `No published balance root has a leaf of ${address} yet.`,
      next: 'Wait for the next root, which follows every change within half a minute.',
      field: 'address',
      value: address,
    });
  }
  const { leaf, path } = found.proof;
  return {
    ok: true,
    value: {
      chainId: context.network.chainId,
      settlement: keeper.contracts.settlement,
      rootNumber: found.root.number,
      root: found.root.hash,
      totalMicroUsd: found.root.sumMicroUsd.toString(),
      index: path.index,
      leaf: {
        account: leaf.account,
        authorisedMicroUsd: leaf.authorisedMicroUsd.toString(),
        withdrawnMicroUsd: leaf.withdrawnMicroUsd.toString(),
        cashMicroUsd: leaf.cashMicroUsd.toString(),
        positionsMicroUsd: leaf.positionsMicroUsd.toString(),
        positionsCommitment: leaf.positionsCommitment,
      },
      path: path.siblings.map(({ hash, sumMicroUsd }) => ({ hash, sumMicroUsd: sumMicroUsd.toString() })),
    },
  };
};

const receiptStatus = async (
  { context }: HandlerParts,
  receiptId: string,
  from: number | undefined,
): Promise<Result<RouteOutput<'receiptStatus'>>> => {
  const found = await findReceipt(context, receiptId);
  if (!found.ok) return found;
  const { state } = found.value;
  const latest = await latestReceipt(context, state);
  if (!latest.ok) return latest;
  const { size, note } = await context.log.checkpoint();
  return {
    ok: true,
    value: {
      receiptId,
      latest: latest.value as RouteOutput<'receiptStatus'>['latest'],
      superseded: newestAnswer(state)?.receiptId !== receiptId,
      logSize: size,
      checkpoint: note,
      ...(from !== undefined &&
        from > 0 &&
        from <= size && { consistency: { from, to: size, proof: [...(await context.log.consistency(from, size))] } }),
    },
  };
};

/** The record that an official decision rests on, attached in the same transaction; nothing for others. */
const recordOf = (
  { claimId }: Asked,
  decidedBy: DecidedBy,
  { outcome, note }: { outcome: number | null; note: string },
  by: string,
  at: number,
): readonly Move[] => {
  if (decidedBy.kind !== 'official') return [];
  const evidence = { kind: 'official-record', source: decidedBy.source, statement: note, outcome, at } as const;
  const event: QuestionEvent = { kind: 'evidence', evidenceId: evidenceIdOf(evidence), by, evidence, at };
  return [{ stream: marketStream(claimId), event }];
};

const rule = async (
  { context }: HandlerParts,
  marketId: string,
  ruling: { outcome: number | null; note: string },
): Promise<Result<RouteOutput<'rule'>>> => {
  const before = await askedOf(context, marketId);
  if (!before.ok) return before;
  const { outcome, note } = ruling;
  const at = context.now();
  const { rule: how } = before.value.claim;
  const decidedBy =
    outcome === null
      ? ({ kind: 'undecided', reason: note } as const)
      : how.kind === 'official'
        ? ({ kind: 'official', source: how.source } as const)
        : ({ kind: 'people', note } as const);
  const stream = marketStream(marketId);
  const resolved: QuestionEvent = { kind: 'resolved', outcome, decidedBy, by: 'people', at };
  const done = await context.host.transact([
    ...recordOf(before.value, decidedBy, ruling, context.operator.address, at),
    { stream, event: resolved },
    feedMove('resolved', marketId, at),
  ]);
  if (!done.ok) return done;
  const after = await askedOf(context, marketId);
  return after.ok ? { ok: true, value: marketOf(after.value, context.players, context.network.environment) } : after;
};

const players = async ({ context }: HandlerParts): Promise<Result<RouteOutput<'players'>>> => {
  const scores = await context.host.state<Scores>(SCORES_STREAM);
  const rows = await Promise.all(
    context.players.map(async ({ analyst, account: address }) => {
      const score = scores.players.get(analyst.id) ?? FRESH;
      const state = await context.host.state<AccountState>(accountStream(address));
      return {
        id: analyst.id,
        kind: 'built-in' as const,
        family: analyst.family,
        program: analyst.family,
        account: address,
        brierPpm: meanBrierPpm(score.brierSum, score.audited),
        wealthMicroUsd: accountValue(state).toString(),
        audited: score.audited,
        unaudited: score.unaudited,
        description: analyst.view,
      };
    }),
  );
  return { ok: true, value: { players: rows } };
};

/** Every route's handler over one engine. */
export const createHandlers = (parts: HandlerParts): Handlers => {
  const { context } = parts;
  const actBatch = async (
    actions: readonly SignedAction[],
    remote: string,
  ): Promise<RouteOutput<'actBatch'>['results']> => {
    const results = await Promise.all(actions.map((each) => parts.act(each, remote)));
    return results.map((result) =>
      result.ok ? { ok: true, result: result.value } : { ok: false, error: result.problem },
    );
  };
  return {
    health: () => health(parts),
    network: () => network(parts),
    read: async (input) => read(context, input),
    ask: (input) => ask(context, input, parts.opened),
    markets: ({ query }) => markets(parts, query),
    market: async ({ params }) => {
      const state = await askedOf(context, params.marketId);
      return state.ok
        ? { ok: true, value: marketOf(state.value, context.players, context.network.environment) }
        : state;
    },
    marketEvents: async ({ params, query }) => {
      const state = await askedOf(context, params.marketId);
      if (!state.ok) return state;
      const stream = marketStream(params.marketId);
      const limit = query.limit ?? 100;
      const events = await context.host.read(stream, query.after ?? 0, limit);
      const last = events.at(-1)?.seq;
      return {
        ok: true,
        value: {
          events: events.map(({ seq, kind, at, data }) => ({ stream, seq, kind, at, data })),
          next: events.length === limit && last !== undefined ? last : null,
        },
      };
    },
    quote: ({ params, body }) => quote(parts, params.marketId, fromJson<Order>(body.order)),
    act: async ({ body }, { remote }) => {
      const done = await parts.act(body, remote);
      return done.ok ? { ok: true, value: { result: done.value } } : done;
    },
    actBatch: async ({ body }, { remote }) => ({ ok: true, value: { results: await actBatch(body.actions, remote) } }),
    delegate: ({ body }) => delegate(context, body),
    makePasskey: ({ body }) => makePasskey(context, body),
    passkey: ({ params }) => findPasskey(context, params.passkeyId),
    actByPasskey: async ({ body }, { remote }) => {
      const done = await actByPasskey(context, parts.notices, body, remote);
      return done.ok ? { ok: true, value: { result: done.value } } : done;
    },
    account: ({ params }) => account(parts, params.address),
    faucet: ({ body }) => faucet(parts, body.address),
    exitProof: ({ params }) => exitProof(parts, params.address),
    receipt: async ({ params }) => {
      const found = await findReceipt(context, params.receiptId);
      return found.ok ? { ok: true, value: found.value.receipt as RouteOutput<'receipt'> } : found;
    },
    receiptStatus: ({ params, query }) => receiptStatus(parts, params.receiptId, query.from),
    receiptHtml: async ({ params }) => {
      const found = await findReceipt(context, params.receiptId);
      return found.ok ? { ok: true, value: await parts.receiptHtml(found.value.receipt) } : found;
    },
    marketReceipt: async ({ params }) => {
      const state = await context.host.state<QuestionState>(marketStream(params.marketId));
      const found = await latestReceipt(context, state);
      return found.ok ? { ok: true, value: found.value as RouteOutput<'marketReceipt'> } : found;
    },
    rule: ({ params, body }) => rule(parts, params.marketId, body),
    players: () => players(parts),
    program: async ({ params: { program } }) => ({
      ok: true,
      value: { program, held: await isHeld(context, parts.models, program) },
    }),
    models: ({ query }) => listModels(context, query),
    model: ({ params }) => modelHistory(context, params),
    publication: async ({ params }) => {
      const found = await publicationFile(context, params.publicationId);
      return found.ok ? { ok: true, value: found.value as RouteOutput<'publication'> } : found;
    },
    logged: async ({ query }) => {
      const value = await loggedOf(context, query.commitments.split(','));
      return { ok: true, value: value as RouteOutput<'logged'> };
    },
    cases: ({ query }) => listCases(context, query),
    case: ({ params }) => findCase(context, params.marketId),
    juror: ({ params }) => findJuror(context, parts.cases, params.address),
    chainCases: () => parts.chainCourt.list(),
    chainCase: ({ params }) => parts.chainCourt.find(Number(params.caseId)),
    runs: ({ query }) => parts.runs.list(query),
    run: ({ params }) => parts.runs.find(params.claimId),
    webhooks: async ({ query }) => ({ ok: true, value: { webhooks: [...(await parts.webhooks.list(query.account))] } }),
  };
};
