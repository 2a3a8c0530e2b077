/** The tools `markets` (look) and `trade` (act, within the server's spending limit or with the client's own key). */

import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { parseDollars } from '@surety/core';
import { marketStatus, type RouteContext, type SignedAction, signedAction } from '@surety/protocol';
import * as z from 'zod';
import type { AgentAction } from './agent.ts';
import type { McpOptions } from './options.ts';
import { answered, refusedTool } from './reply.ts';

export const marketsInput = {
  status: marketStatus.optional().describe('Only markets in this state.'),
  limit: z.int().min(1).max(100).default(20),
};

export const marketsOutput = {
  markets: z.array(
    z.object({
      marketId: z.string(),
      question: z.string(),
      status: z.string(),
      outcomes: z.array(z.string()),
      probabilitiesPpm: z.array(z.int()),
      closesAt: z.int(),
    }),
  ),
};

const NONE = { params: undefined, query: undefined, body: undefined } as const;

export const marketsTool = async (
  input: { readonly status?: z.infer<typeof marketStatus> | undefined; readonly limit: number },
  options: McpOptions,
  context: RouteContext,
): Promise<CallToolResult> => {
  const query = { limit: input.limit, ...(input.status && { status: input.status }) };
  const found = await options.handlers.markets({ ...NONE, query }, context);
  if (!found.ok) return refusedTool(found.problem);
  const markets = found.value.markets.map((market) => ({
    marketId: market.marketId,
    question: market.plainWords,
    status: market.status,
    outcomes: market.claim.outcomes,
    probabilitiesPpm: market.probabilitiesPpm,
    closesAt: market.closesAt,
  }));
  const lines = markets.map(({ question, probabilitiesPpm, outcomes, status }) => {
    const first = `${outcomes[0]} ${Math.floor((probabilitiesPpm[0] ?? 0) / 10_000)}%`;
    return `${question} ${first} (${status})`;
  });
  return answered(lines.join('\n') || 'No markets.', { markets });
};

export const tradeInput = {
  marketId: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  outcome: z.int().min(0).max(15).optional().describe("Index into the market's outcomes."),
  spend: z.string().max(24).optional().describe('Dollars to spend on that outcome, e.g. "0.25".'),
  signedAction: signedAction.optional().describe('Instead of the above: an action signed by your own session key.'),
};

export const tradeOutput = { result: z.record(z.string(), z.unknown()) };

export type TradeInput = {
  readonly marketId?: string | undefined;
  readonly outcome?: number | undefined;
  readonly spend?: string | undefined;
  readonly signedAction?: SignedAction | undefined;
};

const send = async (signed: SignedAction, options: McpOptions, context: RouteContext): Promise<CallToolResult> => {
  const done = await options.handlers.act(
    { ...NONE, body: signed },
    { ...context, idempotencyKey: signed.action.nonce },
  );
  if (!done.ok) return refusedTool(done.problem);
  const { result } = done.value;
  return answered(`Done: ${JSON.stringify(result)}`, { result });
};

export const tradeTool = async (
  input: TradeInput,
  options: McpOptions,
  context: RouteContext,
): Promise<CallToolResult> => {
  if (input.signedAction) return send(input.signedAction, options, context);
  const { agent } = options;
  const { marketId, outcome, spend } = input;
  if (marketId === undefined || outcome === undefined || spend === undefined || !agent) {
    return refusedTool({
      code: agent ? 'input.missing-field' : 'account.unknown',
      message: agent ? 'A trade needs marketId, outcome and spend.' : 'Nobody pays for trades here.',
      next: 'Send those three, or a signedAction made with your own session key.',
      field: 'signedAction',
    });
  }
  const amount = parseDollars(spend, 'spend');
  if (!amount.ok) return refusedTool(amount.problem);
  const amountMicroUsd = amount.value.toString();
  const bodies: readonly AgentAction[] = [
    { type: 'surety/action/fund/v1', marketId, amountMicroUsd },
    { type: 'surety/action/order/v1', marketId, order: { kind: 'spend', outcome, amountMicroUsd } },
  ];
  let last = refusedTool({ code: 'internal', message: 'No action was sent.', next: 'Report this.' });
  for (const body of bodies) {
    const signed = await agent.sign(body, context);
    if (!signed.ok) return refusedTool(signed.problem);
    last = await send(signed.value, options, context);
    if (last.isError) {
      if (body.type === 'surety/action/fund/v1') agent.release(BigInt(body.amountMicroUsd));
      return last;
    }
  }
  return last;
};
