/** Who sends a request: the peer, or whom a proxy of the operator's says that it speaks for. An address, never an identity. */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { plainAddress } from '../places/network.ts';

type Request = {
  readonly socket: Pick<IncomingMessage['socket'], 'remoteAddress'>;
  readonly headers: IncomingMessage['headers'];
};

/**
 * The address that the last proxy of the operator's saw. Of `X-Forwarded-For` only what these proxies wrote is believed: entries are
 * read from the right, and the first that is none of theirs is it. What stands before it, anybody can write.
 * @param proxies addresses of the operator's own proxies
 */
export const createRemote = (proxies: readonly string[]): ((request: Request) => string) => {
  const own = new Set(proxies.map(plainAddress));
  return ({ socket, headers }) => {
    const peer = plainAddress(socket.remoteAddress ?? 'unknown');
    if (!own.has(peer)) return peer;
    const said = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    const entries = said.map((entry) => plainAddress(entry.trim()));
    const client = entries.findLast((entry) => !own.has(entry));
    return client !== undefined && isIP(client) !== 0 ? client : peer;
  };
};
