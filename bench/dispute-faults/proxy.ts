/** A door in front of a chain's RPC that decides what becomes of each transaction. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { from0x, keccak256, to0x, unwrap } from '../../packages/core/src/index.ts';

/** `lost`: its sender is told that it is on its way, and it is not. */
export type Fate = 'passes' | 'lost';

export type Proxy = { readonly rpcUrl: string; readonly close: () => Promise<void> };

type Call = { readonly id: number; readonly method: string; readonly params: readonly `0x${string}`[] };

/**
 * @param before asked before a transaction is passed on
 * @param after told when one was passed on, before its sender hears of it
 */
export const startProxy = async (
  rpcUrl: string,
  { before, after }: { readonly before: () => Fate | Promise<Fate>; readonly after?: () => void | Promise<void> },
): Promise<Proxy> => {
  const forward = async (body: string): Promise<string> => {
    const response = await fetch(rpcUrl, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return response.text();
  };
  const answer = async (body: string): Promise<string> => {
    const call = JSON.parse(body) as Call;
    if (call.method !== 'eth_sendRawTransaction') return forward(body);
    if ((await before()) === 'lost') {
      const result = to0x(keccak256(unwrap(from0x(call.params[0]!))));
      return JSON.stringify({ jsonrpc: '2.0', id: call.id, result });
    }
    const text = await forward(body);
    await after?.();
    return text;
  };
  const server = createServer(async (request, response) => {
    try {
      const text = await answer(Buffer.concat(await request.toArray()).toString());
      response.setHeader('content-type', 'application/json');
      response.end(text);
    } catch {
      response.destroy();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    rpcUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
