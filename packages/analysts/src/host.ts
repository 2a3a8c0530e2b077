/**
 * A host name taken apart the way phishing is built: what the registrant chose, under which suffix, and what
 * was hung in front of it.
 */

import { parse } from 'tldts';
import { unicodeLabel } from './punycode.ts';

/** Longest host name DNS allows (RFC 1035); longer input is cut before it is read. */
export const MAX_HOST_CHARACTERS = 253;

export type HostParts = {
  /** A-label form, lower case, without trailing dot and without leading `www.`. */
  readonly host: string;
  /** What one registers: label plus suffix. On shared hosting that is `evil.pages.dev`, not `pages.dev`. */
  readonly registrable: string;
  /** The label the registrant chose, as a person sees it (Unicode). Empty for IP addresses. */
  readonly label: string;
  /** Labels in front of it, as a person sees them, outermost first; never `www`. */
  readonly subdomains: readonly string[];
  /** Public suffix, private ones included: `com`, `co.uk`, `pages.dev`. */
  readonly suffix: string;
  /** Whether the suffix is somebody's hosting service (Public Suffix List, private section, or our own list). */
  readonly sharedHosting: boolean;
  readonly isIp: boolean;
  /** Whether a label was Punycode. */
  readonly isIdn: boolean;
};

/** Hosting services that are not (or not reliably) in the Public Suffix List. */
const EXTRA_HOSTING = [
  'hostingersite.com', 'wixsite.com', 'blogspot.com', 'weebly.com', 'webflow.io', 'surge.sh', 'glitch.me', 'square.site',
  'repl.co', 'replit.app', 'godaddysites.com', 'wordpress.com', 'tumblr.com', '000webhostapp.com', 'eth.limo', 'eth.link',
  'dweb.link', 'ipfs.io', 'framer.website', 'framer.app', 'carrd.co', 'gitbook.io', 'notion.site', 'myshopify.com',
  'mystrikingly.com', 'bitballoon.com', 'getforge.io', 'pythonanywhere.com', 'rf.gd', 'wuaze.com', 'plesk.page',
] as const; // biome-ignore format: a table reads better as rows

const OPTIONS = {
  allowPrivateDomains: true,
  extractHostname: false,
  validateHostname: false,
  extraSuffixes: { private: EXTRA_HOSTING },
} as const;

/** Takes a host name apart. Total: any string gives parts, the unparsable ones with an empty label. */
export const hostParts = (input: string): HostParts => {
  const trimmed = input
    .slice(0, MAX_HOST_CHARACTERS + 5)
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/\.+$/, '');
  const host = trimmed.slice(0, MAX_HOST_CHARACTERS);
  const parsed = parse(host, OPTIONS);
  const isIp = parsed.isIp === true;
  const suffix = parsed.publicSuffix ?? '';
  const registrable = parsed.domain ?? host;
  const label = isIp ? '' : (parsed.domainWithoutSuffix ?? '');
  const sub = parsed.subdomain ?? '';
  const subdomains = sub === '' ? [] : sub.split('.').map(unicodeLabel);
  return {
    host,
    registrable,
    label: unicodeLabel(label),
    subdomains: subdomains.filter((s) => s !== 'www'),
    suffix,
    sharedHosting: parsed.isPrivate === true,
    isIp,
    isIdn: host.startsWith('xn--') || host.includes('.xn--'),
  };
};
