/** `surety mcp`: the node's MCP tools on standard input and output. */
import { createInterface } from 'node:readline';
import { nodeUrl } from '../local/environment.ts';
import { bridge } from '../mcp/bridge.ts';
import type { Run } from '../table.ts';

export const run: Run = async ({ context }) => {
  const url = new URL('/mcp', nodeUrl(context));
  const lines = createInterface({ input: process.stdin });
  context.signal.addEventListener('abort', () => lines.close(), { once: true });
  await bridge({
    url,
    lines,
    write: (line) => void process.stdout.write(`${line}\n`),
    explain: (error) => ({
      code: 'http.unreachable',
      message: `The node at ${url.origin} did not take the message: ${error instanceof Error ? error.message : String(error)}.`,
      next: 'See that it runs: surety status.',
      value: url.origin,
    }),
  });
  return 0;
};
