/**
 * Where a webhook may point: public addresses over https. The address that was checked is the one that is connected
 * to, so a name cannot be re-pointed in between. Development networks may also call loopback over http.
 */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { ok, type Problem, type Result, refuse, show } from '@surety/core';

export type Address = { readonly address: string; readonly family: 4 | 6 };
export type Resolve = (hostname: string) => Promise<readonly Address[]>;

export type TargetOptions = {
  readonly environment: 'development' | 'production';
  /** Default: the system's resolver. */
  readonly resolve?: Resolve;
};

export type Target = { readonly url: URL; readonly address: Address };

type Ranges = { readonly 4: BlockList; readonly 6: BlockList };

/** One list for each family: a joint one would take every IPv4 address for a mapped IPv6 one. */
const ranges = (v4: readonly string[], v6: readonly string[]): Ranges => {
  const lists = { 4: new BlockList(), 6: new BlockList() };
  for (const [family, subnets] of [
    [4, v4],
    [6, v6],
  ] as const) {
    for (const subnet of subnets) {
      const [net, prefix] = subnet.split('/');
      lists[family].addSubnet(net!, Number(prefix), `ipv${family}`);
    }
  }
  return lists;
};

const LOOPBACK = ranges(['127.0.0.0/8'], ['::1/128']);

/** Everything that is not globally reachable (RFC 6890 and successors); of IPv6 only 2000::/3 is left. */
const PRIVATE = ranges(
  [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/3',
  ],
  ['::/3', '4000::/2', '8000::/1', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
);

const within = (blocks: Ranges, { address, family }: Address): boolean => {
  // A scoped address (fe80::1%eth0) is never public; BlockList does not read scopes.
  if (address.includes('%')) return blocks === PRIVATE;
  return blocks[family].check(address, `ipv${family}`);
};

const resolveBySystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));

const forbidden = (url: string, why: string): { readonly ok: false; readonly problem: Problem } =>
  refuse({
    code: 'webhook.forbidden-target',
    message: `The webhook's URL ${why}.`,
    next: 'Use an https URL without credentials whose name resolves to public addresses only.',
    field: 'action.url',
    value: show(url),
  });

/** The one address to connect to, or why none may be. Every address of a name must be allowed. */
export const checkTarget = async (text: string, options: TargetOptions): Promise<Result<Target>> => {
  if (!URL.canParse(text)) return forbidden(text, 'is not a URL');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return forbidden(text, 'carries credentials');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return forbidden(text, 'is neither https nor http');
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const literal = isIP(hostname);
  let addresses: readonly Address[];
  try {
    const resolve = options.resolve ?? resolveBySystem;
    addresses = literal ? [{ address: hostname, family: literal === 6 ? 6 : 4 }] : await resolve(hostname);
  } catch {
    return forbidden(text, 'has a name that does not resolve');
  }
  const [address] = addresses;
  if (address === undefined) return forbidden(text, 'has a name that does not resolve');
  const local = options.environment === 'development' && addresses.every((each) => within(LOOPBACK, each));
  if (local) return ok({ url, address });
  if (url.protocol !== 'https:') return forbidden(text, 'is not https');
  if (addresses.some((each) => within(PRIVATE, each)))
    return forbidden(text, 'points to a private or reserved address');
  return ok({ url, address });
};
