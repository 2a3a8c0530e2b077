import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { folder, surety } from '../testing.ts';
import { startNode } from '../testing-node.ts';

const MAIN = join(import.meta.dirname, '..', 'main.ts');

/** A real MCP client on the other end of a pipe. */
const connect = async (home: string): Promise<Client> => {
  const client = new Client({ name: 'test', version: '0' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', MAIN, 'mcp'],
      env: { PATH: process.env.PATH ?? '', SURETY_HOME: home },
    }),
  );
  return client;
};

test('a client over a pipe has the tools, resources and progress of the node', async (t) => {
  const home = join(folder(), '.surety');
  const first = await startNode(home);
  let node = first;
  t.after(async () => {
    node.stop();
    await node.ended;
  });
  const client = await connect(home);
  t.after(() => client.close());

  assert.equal(client.getServerVersion()?.name, 'surety');
  assert.deepEqual((await client.listTools()).tools.map(({ name }) => name).sort(), [
    'ask',
    'markets',
    'trade',
    'verify',
  ]);
  const network = await client.readResource({ uri: 'surety://network' });
  assert.match(JSON.stringify(network), /development/);

  const progress: string[] = [];
  const question = 'Is uniswap-claim-rewards.app a scam?';
  const asked = (await client.callTool(
    { name: 'ask', arguments: { question, maxCost: '0.05', maxWait: 5 } },
    undefined,
    {
      onprogress: ({ message }) => progress.push(message ?? ''),
    },
  )) as { structuredContent?: { decision?: string; receipt?: unknown }; content: unknown };
  assert.ok(progress.length > 0, `progress comes through: ${JSON.stringify(asked.content).slice(0, 400)}`);
  assert.match(asked.structuredContent?.decision ?? '', /^(?:proceed|stop|unknown)$/, JSON.stringify(asked.content));

  const listed = (await client.callTool({ name: 'markets', arguments: {} })) as { structuredContent?: unknown };
  assert.match(JSON.stringify(listed.structuredContent), /uniswap-claim-rewards\.app/);

  // The node forgets its sessions when it is started again, on the same port; the pipe lives on.
  const port = new URL(first.url).port;
  first.stop();
  await first.ended;
  await assert.rejects(client.callTool({ name: 'markets', arguments: {} }), /did not take the message.*surety status/);
  node = await startNode(home, { SURETY_PORT: port });
  const again = (await client.callTool({ name: 'markets', arguments: {} })) as { structuredContent?: unknown };
  assert.match(JSON.stringify(again.structuredContent), /uniswap-claim-rewards\.app/);
});

test('without a node the command says so and writes nothing to standard output', async () => {
  const ran = await surety(['mcp']);
  assert.equal(ran.code, 69);
  assert.equal(ran.stdout, '');
  assert.match(ran.stderr, /npm start/);
});
