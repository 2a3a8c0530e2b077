/** The network as this machine has it: system resolver, public RDAP and certificate search. */

import { lookup } from 'node:dns/promises';
import type { NetworkContext } from './context.ts';

/** The default context. `rdapUrl` and `ctUrl` may be replaced or switched off. */
export const nodeNetwork = (options: Partial<Pick<NetworkContext, 'rdapUrl' | 'ctUrl'>> = {}): NetworkContext => ({
  resolve: async (host) =>
    (await lookup(host, { all: true, verbatim: true })).map(({ address, family }) => ({
      address,
      family: family === 6 ? 6 : 4,
    })),
  rdapUrl: options.rdapUrl === undefined ? 'https://rdap.org/domain/' : options.rdapUrl,
  ctUrl: options.ctUrl === undefined ? 'https://crt.sh/?output=json&exclude=expired&q=' : options.ctUrl,
});
