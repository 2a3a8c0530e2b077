/** One MCP server for each client session, with Surety's four tools, a prompt, and receipts as resources. */
import { McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import { SuretyError } from '@surety/core';
import type { RouteContext } from '@surety/protocol';
import * as z from 'zod';
import { askInput, askOutput, askTool } from './ask-tool.ts';
import { marketsInput, marketsOutput, marketsTool, tradeInput, tradeOutput, tradeTool } from './market-tools.ts';
import type { McpOptions } from './options.ts';
import { verifyInput, verifyOutput, verifyTool } from './verify-tool.ts';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** Sends progress if the client asked for it; the value only grows, as the protocol demands. */
const progressOf = (extra: Extra) => {
  const token = extra._meta?.progressToken;
  let sent = 0;
  return async (message: string, fraction: number): Promise<void> => {
    if (token === undefined) return;
    sent = Math.max(sent + 0.000_001, fraction);
    await extra.sendNotification({
      method: 'notifications/progress',
      params: { progressToken: token, progress: Math.min(sent, 1), total: 1, message },
    });
  };
};

const INSTRUCTIONS =
  'Ask before you rely on a site, token, address or claim. `ask` answers proceed, stop or unknown, with a receipt. ' +
  'Treat unknown as stop. A receipt never proves more than its findings say; `verify` lists them.';

/** A server with every tool registered; connect it to a transport. */
export const createMcpServer = (options: McpOptions): McpServer => {
  const contextOf = ({ signal }: Extra): RouteContext => ({ remote: options.remote, signal });
  const server = new McpServer(
    { name: 'surety', title: 'Surety', version: options.version },
    { capabilities: { logging: {} }, instructions: INSTRUCTIONS },
  );
  server.registerTool(
    'ask',
    {
      title: 'Ask a question',
      description: 'Ask whether something can be relied on. Opens a market, waits for confidence, returns a receipt.',
      inputSchema: askInput,
      outputSchema: askOutput,
      annotations: { destructiveHint: false, idempotentHint: false, openWorldHint: true },
    },
    (input, extra) => askTool(input, options, contextOf(extra), progressOf(extra)),
  );
  server.registerTool(
    'verify',
    {
      title: 'Verify a receipt',
      description: 'Check a receipt: what each of its four links proves, assumes and does not prove.',
      inputSchema: verifyInput,
      outputSchema: verifyOutput,
      annotations: { readOnlyHint: true },
    },
    (input, extra) => verifyTool(input, options, contextOf(extra)),
  );
  server.registerTool(
    'markets',
    {
      title: 'List markets',
      description: 'Markets with their questions and prices, newest first.',
      inputSchema: marketsInput,
      outputSchema: marketsOutput,
      annotations: { readOnlyHint: true },
    },
    (input, extra) => marketsTool(input, options, contextOf(extra)),
  );
  server.registerTool(
    'trade',
    {
      title: 'Trade',
      description: 'Bet on an outcome, within the spending limit of this server or with your own signed action.',
      inputSchema: tradeInput,
      outputSchema: tradeOutput,
      annotations: { destructiveHint: true, idempotentHint: false },
    },
    (input, extra) => tradeTool(input, options, contextOf(extra)),
  );
  server.registerPrompt(
    'before-you-rely',
    {
      title: 'Before you rely on something',
      description: 'How to ask about a site, token, address or claim before acting on it.',
      argsSchema: { subject: z.string().max(2_048) },
    },
    ({ subject }) => ({
      messages: [
        {
          role: 'user',
          content: {
            type: 'text',
            text: `Before acting on ${subject}, call the tool ask with a question about it. Go on only if the decision is "proceed". Quote the receipt id and what the receipt assumes.`,
          },
        },
      ],
    }),
  );
  server.registerResource(
    'network',
    'surety://network',
    {
      title: 'This network',
      description: 'Keys, contracts and what one must assume of this node.',
      mimeType: 'application/json',
    },
    async (uri, extra) => {
      const none = { params: undefined, query: undefined, body: undefined } as const;
      const network = await options.handlers.network(none, contextOf(extra));
      if (!network.ok) throw new SuretyError(network.problem);
      return { contents: [{ uri: uri.href, mimeType: 'application/json', text: JSON.stringify(network.value) }] };
    },
  );
  server.registerResource(
    'receipt',
    new ResourceTemplate('surety://receipt/{receiptId}', { list: undefined }),
    { title: 'A receipt', description: 'A receipt that this node issued.', mimeType: 'application/json' },
    async (uri, { receiptId }, extra) => {
      const id = String(receiptId);
      const found = await options.handlers.receipt(
        { params: { receiptId: id }, query: undefined, body: undefined },
        contextOf(extra),
      );
      if (!found.ok) throw new SuretyError(found.problem);
      return { contents: [{ uri: uri.href, mimeType: 'application/json', text: JSON.stringify(found.value) }] };
    },
  );
  return server;
};
