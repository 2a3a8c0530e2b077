/** The loop of a player: for every open market, form a belief and bet a fraction of Kelly on it. */
import { type AnalystReport, type QuestionClaim, SuretyError } from '@surety/core';
import type { ActionResult, MarketSummary, WireOrder } from '@surety/protocol';
import type { OpenAccount } from './account.ts';
import type { Client } from './client.ts';

/** A belief with the report it rests on, which is attached to the market before the bet. */
export type Reported = { readonly probabilityPpm: number; readonly report: AnalystReport };

/** Probability of the first outcome in parts per million, with or without a report; `null` stays out. */
export type Belief = number | Reported | null;

export type PlayOptions = {
  readonly client: Client;
  readonly account: OpenAccount;
  readonly believe: (claim: QuestionClaim, market: MarketSummary) => Belief | Promise<Belief>;
  /** Money put into each market that is played; default $1. */
  readonly budgetMicroUsd?: bigint;
  /** Share of the Kelly stake that is bet, parts per million; default a quarter. */
  readonly kellyPpm?: number;
  readonly onTrade?: (market: MarketSummary, result: ActionResult) => void;
  /** Refusals (a market that closed meanwhile, an empty account) end one bet, not the loop. */
  readonly onRefusal?: (market: MarketSummary, refusal: SuretyError) => void;
  readonly signal?: AbortSignal;
};

const PPM = 1_000_000n;

/**
 * The order of a fractional-Kelly bet: at price p and belief q > p, Kelly stakes (q − p)/(1 − p) of the budget on the
 * outcome; below the price the same on the other side. Rounded down. `null` when there is nothing to bet. Two outcomes.
 */
export const kellyOrder = (
  beliefPpm: number,
  pricePpm: number,
  options: { readonly budgetMicroUsd: bigint; readonly kellyPpm: number },
): WireOrder | null => {
  const up = beliefPpm > pricePpm;
  const belief = BigInt(up ? beliefPpm : 1_000_000 - beliefPpm);
  const price = BigInt(up ? pricePpm : 1_000_000 - pricePpm);
  if (price >= PPM || belief <= price) return null;
  const stake = (options.budgetMicroUsd * BigInt(options.kellyPpm) * (belief - price)) / (PPM * (PPM - price));
  if (stake <= 0n) return null;
  return { kind: 'spend', outcome: up ? 0 : 1, amountMicroUsd: stake.toString() };
};

/**
 * Kelly's stake is for a price that does not move. Where the market is so thin that it would push the price beyond
 * the belief, the order stops at the belief instead.
 */
const notBeyond = async (
  { marketId }: MarketSummary,
  order: WireOrder,
  beliefPpm: number,
  client: Client,
): Promise<WireOrder> => {
  const { probabilitiesPpm } = await client.quote({ marketId, order });
  const own = order.outcome === 0 ? beliefPpm : 1_000_000 - beliefPpm;
  if (probabilitiesPpm[order.outcome]! <= own) return order;
  return { kind: 'to-probability', outcome: order.outcome, probabilityPpm: Math.min(Math.max(own, 1), 999_999) };
};

const playOne = async (market: MarketSummary, options: PlayOptions): Promise<void> => {
  const { account, budgetMicroUsd = 1_000_000n, kellyPpm = 250_000 } = options;
  const belief = await options.believe(market.claim, market);
  if (belief === null || market.claim.outcomes.length !== 2) return;
  const { probabilityPpm: beliefPpm, report } = typeof belief === 'number' ? { probabilityPpm: belief } : belief;
  const order = kellyOrder(beliefPpm, market.probabilitiesPpm[0]!, { budgetMicroUsd, kellyPpm });
  // A report is an answer even where the price leaves nothing to bet.
  if (order === null && report === undefined) return;
  await account.fund(market.marketId, budgetMicroUsd);
  if (report !== undefined) await account.attach(market.marketId, report);
  if (order === null) return;
  const tempered = await notBeyond(market, order, beliefPpm, options.client);
  options.onTrade?.(market, await account.order(market.marketId, tempered));
};

const guarded = async (market: MarketSummary, options: PlayOptions): Promise<void> => {
  try {
    await playOne(market, options);
  } catch (cause) {
    if (!(cause instanceof SuretyError)) throw cause;
    options.onRefusal?.(market, cause);
  }
};

/**
 * Plays every market that is open now and every one that opens later, each once, until `signal` aborts.
 * @throws {SuretyError} when the node cannot be read at all
 */
export const play = async (options: PlayOptions): Promise<void> => {
  const { client, signal } = options;
  const played = new Set<string>();
  const once = async (market: MarketSummary): Promise<void> => {
    if (played.has(market.marketId) || market.status !== 'open') return;
    played.add(market.marketId);
    await guarded(market, options);
  };
  // The stream is open before the list is read, so that no market opens unseen in between.
  let connected = (): void => undefined;
  const open = new Promise<void>((resolve) => {
    connected = resolve;
  });
  const events = client.follow(['markets'], { onConnection: connected, ...(signal && { signal }) });
  let next = events.next();
  await Promise.race([open, next]);
  let cursor: string | null = null;
  do {
    const page: { readonly markets: readonly MarketSummary[]; readonly next: string | null } = await client.markets({
      status: 'open',
      ...(cursor !== null && { cursor }),
    });
    for (const market of page.markets) await once(market);
    cursor = page.next;
  } while (cursor !== null && !signal?.aborted);
  for (let turn = await next; !turn.done; turn = await next) {
    next = events.next();
    const { marketId } = turn.value.data as { readonly marketId?: string };
    if (turn.value.kind === 'opened' && marketId !== undefined) await once(await client.market({ marketId }));
  }
};
