/** Who sends a request: the peer, or whom a proxy of the operator's says that it speaks for. An address, never an identity. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
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
  const own = new BlockList();
  for (const proxy of proxies.map(plainAddress)) own.addAddress(proxy, isIP(proxy) === 6 ? 'ipv6' : 'ipv4');
  // By what addresses are: IPv6 has more than one way to write each.
  const isOwn = (address: string): boolean => {
    const version = isIP(address);
    return version !== 0 && own.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };
  return ({ socket, headers }) => {
    const peer = plainAddress(socket.remoteAddress ?? 'unknown');
    if (!isOwn(peer)) return peer;
    const said = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    const entries = said.map((entry) => plainAddress(entry.trim()));
    const client = entries.findLast((entry) => !isOwn(entry));
    return client !== undefined && isIP(client) !== 0 ? client : peer;
  };
};
