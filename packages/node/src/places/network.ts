/** The network that an address is part of, as far as a node sees one. It identifies nobody, and is nowhere kept as it is. */
import { createHmac } from 'node:crypto';
import { BlockList, isIP } from 'node:net';

/** Addresses that say nothing of where somebody is: this machine, private networks, and links. */
const NOWHERE = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  NOWHERE.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  NOWHERE.addSubnet(net, prefix, 'ipv6');

/** An IPv4 address as such where a socket shows it as IPv6 (RFC 4291, 2.5.5.2). */
export const plainAddress = (address: string): string =>
  /^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address) ? address.slice(7) : address;

/** The first words of an IPv6 address, 16 bits each. */
const wordsOf = (address: string, count: number): string => {
  const [head = '', tail] = address.split('%')[0]!.toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : 8 - before.length - after.length - (after.at(-1)?.includes('.') ? 1 : 0);
  const words = [...before, ...Array.from({ length: gap }, () => '0'), ...after];
  return words
    .slice(0, count)
    .map((word) => Number.parseInt(word, 16).toString(16))
    .join(':');
};

/** What one subscriber of a network has: an IPv4 address, or 64 bits of IPv6 (RFC 6177). Other words are given back as they are. */
export const subscriberOf = (remote: string): string => {
  const address = plainAddress(remote);
  return isIP(address) === 6 ? `${wordsOf(address, 4)}::/64` : address;
};

/** The network of an address: 24 bits of IPv4, 48 of IPv6, what one site is given (RFC 6177); `null` where the address says nothing. */
export const networkOf = (remote: string): string | null => {
  const address = plainAddress(remote);
  const version = isIP(address);
  if (version === 0 || NOWHERE.check(address, version === 4 ? 'ipv4' : 'ipv6')) return null;
  return version === 4 ? `${address.split('.').slice(0, 3).join('.')}.0/24` : `${wordsOf(address, 3)}::/48`;
};

/**
 * A number that tells networks apart within one scope, and says little of them: 16 bits under a secret, so that some 256 networks of
 * IPv4 share each, and another number in another scope.
 * @param scope such as the id of a case
 */
export const networkTag = (secret: string, scope: string, remote: string): number | null => {
  const network = networkOf(remote);
  if (network === null) return null;
  return createHmac('sha256', secret).update(`network ${scope} ${network}`).digest().readUInt16BE();
};
