/**
 * The public MCP conformance suite against this node's `/mcp`, for everything that it offers. Scenarios that need
 * fixtures a product does not have (a tool that returns an image, a server that samples) are not listed: they test the
 * suite's own example server.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sampleHandlers, startTestServer, type TestServer } from '../testing/server.ts';
import { memoryStreams } from '../testing/streams.ts';
import { mcpExtension } from './extension.ts';
import { createMcpServer } from './server.ts';

const EXPECTED = [
  'server-initialize',
  'ping',
  'logging-set-level',
  'tools-list',
  'server-sse-multiple-streams',
  'resources-list',
  'prompts-list',
  'dns-rebinding-protection',
] as const;

const RUNNER = fileURLToPath(import.meta.resolve('@modelcontextprotocol/conformance/dist/index.js'));

let server: TestServer;
before(async () => {
  const handlers = sampleHandlers([]);
  const streams = memoryStreams(['markets']);
  const verify = async (): Promise<never> => Promise.reject(new TypeError('not called'));
  server = await startTestServer(
    {},
    {
      extensions: [
        mcpExtension({
          createServer: (remote) => createMcpServer({ remote, handlers, streams, verify, version: '0.0.0' }),
        }),
      ],
    },
  );
});
after(() => server.close());

const run = (scenario: string): Promise<{ code: number | null; output: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [RUNNER, 'server', '--url', `${server.url}/mcp`, '--scenario', scenario]);
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('close', (code) => resolve({ code, output }));
  });

for (const scenario of EXPECTED) {
  test(`MCP conformance: ${scenario}`, async () => {
    const { code, output } = await run(scenario);
    assert.equal(code, 0, output);
    assert.match(output, /Passed: [1-9]\d*\/\d+, 0 failed/);
  });
}
