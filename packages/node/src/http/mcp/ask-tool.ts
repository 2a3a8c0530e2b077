/**
 * The tool `ask`: a question in words, an answer an agent can act on. It answers `proceed` or `stop` only when the
 * probability reaches what the caller demands; everything else is `unknown`, with the reason.
 */

import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { parseDollars, type Result, receiptIdOf } from '@surety/core';
import type { Market, Reading, RouteContext } from '@surety/protocol';
import * as z from 'zod';
import { createTails } from '../streams/tail.ts';
import type { McpOptions } from './options.ts';
import { answered, refusedTool } from './reply.ts';

export const askInput = {
  question: z.string().min(1).max(8_192).describe('One question, e.g. "Is uniswap-claim.app a scam?"'),
  maxCost: z
    .string()
    .max(24)
    .default('0.05')
    .describe('The most this may cost, in dollars, e.g. "0.05". It is the subsidy of the market.'),
  maxWait: z.int().min(0).max(3_600).default(10).describe('Seconds to wait for the demanded confidence.'),
  minConfidence: z
    .number()
    .min(0.5)
    .max(0.999999)
    .default(0.9)
    .describe('Probability below which the answer is "unknown".'),
};

export const askOutput = {
  decision: z.enum(['proceed', 'stop', 'unknown']),
  why: z.string(),
  reading: z.string(),
  outcome: z.string().nullable(),
  probabilityPpm: z.int(),
  status: z.string(),
  decidedBy: z.string(),
  maxCostMicroUsd: z.string(),
  marketId: z.string(),
  receiptId: z.string(),
  receipt: z.record(z.string(), z.unknown()),
  assumes: z.array(z.string()),
};

export type AskInput = z.infer<z.ZodObject<typeof askInput>>;

/** What the affirmative outcome of a predicate means for somebody about to act. */
const AFFIRMATIVE: Readonly<Record<string, 'proceed' | 'stop'>> = {
  scam: 'stop',
  malicious: 'stop',
  genuine: 'proceed',
  delivered: 'proceed',
  happens: 'proceed',
};

export type Decision = { readonly decision: 'proceed' | 'stop' | 'unknown'; readonly why: string };

/** The decision that an answer supports, and no more than it supports. */
export const decide = (market: Pick<Market, 'claim' | 'answer'>, minConfidencePpm: number): Decision => {
  const { claim, answer } = market;
  const { outcome, probabilityPpm, status } = answer;
  if (outcome === null) return { decision: 'unknown', why: 'Nobody could decide this question.' };
  const affirmative = AFFIRMATIVE[claim.predicate];
  if (affirmative === undefined) return { decision: 'unknown', why: `"${claim.predicate}" names no action.` };
  const standing = `"${outcome}" at ${Math.floor(probabilityPpm / 10_000)}%`;
  // A ruling is not a price: panels already abstain below their own threshold.
  const ruled = answer.decidedBy.kind !== 'market';
  if (!ruled && probabilityPpm < minConfidencePpm) {
    return { decision: 'unknown', why: `${standing} is below the confidence you asked for.` };
  }
  const negative = affirmative === 'stop' ? 'proceed' : 'stop';
  const decision = outcome === claim.outcomes[0] ? affirmative : negative;
  return {
    decision,
    why: ruled ? `"${outcome}", ${status}, decided by ${answer.decidedBy.kind}.` : `${standing}, ${status}.`,
  };
};

type Progress = (message: string, fraction: number) => Promise<void>;

const NO_INPUT = { params: undefined, query: undefined, body: undefined } as const;

/** The market once it is sure enough, settled, or the time is up. */
const waitFor = async (
  market: Market,
  options: McpOptions,
  context: RouteContext,
  demand: { readonly minConfidencePpm: number; readonly deadline: AbortSignal; readonly progress: Progress },
): Promise<Market> => {
  let current = market;
  const enough = (): boolean =>
    current.status === 'settled' || decide(current, demand.minConfidencePpm).decision !== 'unknown';
  const stop = AbortSignal.any([context.signal, demand.deadline]);
  const stream = `market:${market.marketId}`;
  const tail = enough() ? undefined : await createTails(options.streams).open(stream);
  try {
    let cursor = market.seq;
    while (tail && !enough() && !stop.aborted) {
      const events = await tail.next(cursor, 256, stop);
      const last = events.at(-1);
      if (last === undefined) break;
      cursor = last.seq;
      const found = await options.handlers.market({ ...NO_INPUT, params: { marketId: market.marketId } }, context);
      if (found.ok) current = found.value;
      await demand.progress(`${last.kind}: ${decide(current, demand.minConfidencePpm).why}`, 0.9);
    }
  } finally {
    tail?.release();
  }
  return current;
};

const openMarket = async (
  input: AskInput,
  options: McpOptions,
  context: RouteContext,
  progress: Progress,
): Promise<Result<{ reading: Reading; market: Market }>> => {
  const { agent, handlers } = options;
  if (!agent) {
    const next = 'Ask over HTTP with a wallet of your own, or have the operator give this server an account.';
    return { ok: false, problem: { code: 'account.unknown', message: 'Nobody pays for questions here.', next } };
  }
  const budget = parseDollars(input.maxCost, 'maxCost');
  if (!budget.ok) return budget;
  const body = { question: input.question, asker: agent.address, budgetMicroUsd: budget.value.toString() };
  const reading = await handlers.read({ ...NO_INPUT, body }, context);
  if (!reading.ok) return reading;
  const { claim, plainWords, expiresAt, looksAt } = reading.value;
  await progress(`Read as: ${plainWords} (looks at: ${looksAt.join('; ')})`, 0.2);
  const confirmed = await agent.confirm(reading.value, context);
  if (!confirmed.ok) return confirmed;
  const asked = await handlers.ask(
    { ...NO_INPUT, body: { claim, reading: plainWords, expiresAt, ...confirmed.value } },
    { ...context, idempotencyKey: claim.nonce },
  );
  if (asked.ok) return { ok: true, value: { reading: reading.value, market: asked.value.market } };
  agent.release(BigInt(claim.budgetMicroUsd));
  return asked;
};

/** Runs the tool. A question that cannot be asked is an error result with the typed problem. */
export const askTool = async (
  input: AskInput,
  options: McpOptions,
  context: RouteContext,
  progress: Progress,
): Promise<CallToolResult> => {
  const deadline = AbortSignal.timeout(input.maxWait * 1000);
  const opened = await openMarket(input, options, context, progress);
  if (!opened.ok) return refusedTool(opened.problem);
  const { reading } = opened.value;
  const minConfidencePpm = Math.ceil(input.minConfidence * 1_000_000);
  await progress(decide(opened.value.market, minConfidencePpm).why, 0.6);
  const market = await waitFor(opened.value.market, options, context, { minConfidencePpm, deadline, progress });
  const { marketId } = market;
  const receipt = await options.handlers.marketReceipt({ ...NO_INPUT, params: { marketId } }, context);
  if (!receipt.ok) return refusedTool(receipt.problem);
  const network = await options.handlers.network(NO_INPUT, context);
  if (!network.ok) return refusedTool(network.problem);
  const { decision, why } = decide(market, minConfidencePpm);
  const { answer } = market;
  await progress(why, 1);
  return answered(`${decision}: ${why} Receipt ${receiptIdOf(receipt.value)}.`, {
    decision,
    why,
    reading: reading.plainWords,
    outcome: answer.outcome,
    probabilityPpm: answer.probabilityPpm,
    status: answer.status,
    decidedBy: answer.decidedBy.kind,
    maxCostMicroUsd: reading.claim.budgetMicroUsd,
    marketId,
    receiptId: receiptIdOf(receipt.value),
    receipt: receipt.value,
    assumes: network.value.assumes,
  });
};
