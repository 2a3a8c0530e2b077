import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createStateSaver } from './anvil-state.ts';

test('a save that is asked for while another is under way keeps what came after that one', async (t) => {
  let block = 1;
  let dumps = 0;
  let release: () => void = () => undefined;
  const firstMayAnswer = new Promise<void>((resolve) => {
    release = resolve;
  });
  const chain = createServer(async (request, response) => {
    const { method } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as { method: string };
    const dump = `0x${gzipSync(`{"block":${block}}`).toString('hex')}`;
    if (method === 'anvil_dumpState') dumps += 1;
    if (method === 'anvil_dumpState' && dumps === 1) await firstMayAnswer;
    const result = method === 'anvil_dumpState' ? dump : { hash: `0x${block}` };
    response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, result }));
  });
  chain.listen(0, '127.0.0.1');
  await once(chain, 'listening');
  t.after(() => chain.close());
  const path = join(await mkdtemp(join(tmpdir(), 'surety-saver-')), 'state.json');
  const saver = createStateSaver(`http://127.0.0.1:${(chain.address() as AddressInfo).port}`, path, {
    intervalSeconds: 1_000,
    onError: (cause) => assert.fail(String(cause)),
  });
  t.after(saver.stop);
  const first = saver.save();
  while (dumps === 0) await new Promise(setImmediate);
  block = 2;
  const second = saver.save();
  release();
  await Promise.all([first, second]);
  assert.equal(await readFile(path, 'utf8'), '{"block":2}');
});
