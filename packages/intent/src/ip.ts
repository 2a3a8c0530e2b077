/** Hosts that only the asker's own network can reach (RFC 6890, RFC 6761, RFC 4193 and successors). */

const SPECIAL_SUFFIXES = [
  'localhost', 'local', 'internal', 'intranet', 'lan', 'home', 'corp', 'home.arpa', 'arpa', 'test', 'example', 'invalid', 'alt',
]; // biome-ignore format: one list

/** First and last address of each range that is not globally reachable. */
const V4_RANGES = [
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['198.51.100.0', '198.51.100.255'],
  ['203.0.113.0', '203.0.113.255'],
  ['224.0.0.0', '255.255.255.255'],
] as const;

const V4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

const toNumber = (v4: string): number => v4.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

/** Whether this is a dotted IPv4 address as `URL` prints it. */
export const isIpv4 = (host: string): boolean => V4.test(host);

/** Whether this is a bracketed IPv6 address as `URL` prints it. */
export const isIpv6 = (host: string): boolean => host.startsWith('[') && host.endsWith(']');

const isPrivateV4 = (host: string): boolean => {
  const value = toNumber(host);
  return V4_RANGES.some(([first, last]) => value >= toNumber(first) && value <= toNumber(last));
};

/** The eight 16-bit groups of a bracketed IPv6 address as `URL` prints it. */
const groupsOf = (host: string): readonly number[] => {
  const [head = '', tail] = host.slice(1, -1).split('::');
  const parse = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const left = parse(head);
  if (tail === undefined) return left;
  const right = parse(tail);
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
};

/** Only 2000::/3 is global unicast; within it, documentation, 6to4, Teredo and mapped IPv4 are not subjects. */
const isPrivateV6 = (host: string): boolean => {
  const [a = 0, b = 0] = groupsOf(host);
  if (a < 0x2000 || a > 0x3fff) return true;
  return a === 0x2002 || (a === 0x2001 && (b < 0x200 || b === 0xdb8)) || (a === 0x3fff && b < 0x1000);
};

/** Whether a normalised host is private, local, reserved or set aside for documentation. */
export const isPrivateHost = (host: string): boolean => {
  if (isIpv4(host)) return isPrivateV4(host);
  if (isIpv6(host)) return isPrivateV6(host);
  return SPECIAL_SUFFIXES.some((suffix) => host === suffix || host.endsWith(`.${suffix}`));
};
