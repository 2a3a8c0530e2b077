/**
 * The SSRF guard's first half: which addresses belong to the public Internet. Everything else (this machine,
 * private networks, link-local with its cloud metadata, multicast, documentation, and every IPv6 form that
 * wraps an IPv4 address) is refused. Sources: IANA special-purpose registries, RFC 6890, 4291, 6052, 3056, 4380.
 */

import { BlockList, isIP } from 'node:net';

const IPV4_SPECIAL = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12],
  ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.31.196.0', 24], ['192.52.193.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16],
  ['192.175.48.0', 24], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const; // biome-ignore format: a table reads better as rows

/** Only 2000::/3 is global unicast; inside it these are not the open Internet, or hide an IPv4 address. */
const IPV6_SPECIAL = [
  ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['2620:4f:8000::', 48], ['3fff::', 20],
] as const; // biome-ignore format: a table reads better as rows

const special = new BlockList();
for (const [net, prefix] of IPV4_SPECIAL) special.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of IPV6_SPECIAL) special.addSubnet(net, prefix, 'ipv6');
const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

/** Whether an address may be connected to. Anything that is not a plain IP address is not. */
export const isPublicAddress = (address: string): boolean => {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  if (family !== 6 || address.includes('%')) return false;
  return globalUnicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
};
