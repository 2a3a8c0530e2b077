/** `surety mcp`: the node's MCP tools on standard input and output. */
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { SuretyError } from '@surety/sdk/base';
import { nodeUrl } from '../local/environment.ts';
import { bridge } from '../mcp/bridge.ts';
import type { Run } from '../table.ts';

export const run: Run = async ({ context }) => {
  const url = new URL('/mcp', nodeUrl(context));
  const client = new StdioServerTransport();
  // The transport does not notice that its client has left.
  process.stdin.once('end', () => void client.close());
  context.signal.addEventListener('abort', () => void client.close(), { once: true });
  await bridge(client, {
    upstream: () => new StreamableHTTPClientTransport(url),
    explain: (error) =>
      error instanceof SuretyError
        ? error.problem
        : {
            code: 'http.unreachable',
            message: `The node at ${url.origin} did not take the message: ${error instanceof Error ? error.message : String(error)}.`,
            next: 'See that it runs: surety status.',
            value: url.origin,
          },
  });
  return 0;
};
