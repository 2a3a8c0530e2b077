/** The sites that a message names, read apart from the message player's own reader. */

import { parse } from 'tldts';
import { hostParts } from '../host.ts';

/** Longest part of a message that is read, in characters. */
export const MAX_READ_CHARACTERS = 10_000;
/** Sites that are read; a longer list is a directory, not a lure. */
export const MAX_SITES = 8;

const DOTS = /\s?(?:\[\.\]|\(\.\)|\[dot\])\s?/gi;
const SCHEME = /\bhxxp(s?)(:\/\/|\[:\/\/\])/gi;
const LINK = /\bhttps?:\/\/[^\s<>"']{3,2000}/giu;
const BARE =
  /(?<![\p{L}\p{N}@./_-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}@_-])/giu;

const hostOf = (link: string): string | null => {
  try {
    return new URL(link).hostname;
  } catch {
    return null;
  }
};

/** Suffixes that anybody may register under, and that a name without a link most often has because it is a file. */
const FILE = /\.(?:zip|mov|sh|py|pl|ps|md|rs|cc|so)$/i;

/**
 * Whether a host is one that somebody registered: `notes.html` and `setup.exe` are files, and on shared hosting honest
 * drafts and scams have names alike, of which too few are labelled to tell.
 */
const isSite = (host: string): boolean => {
  const { isIcann, domain, isIp } = parse(host, { allowPrivateDomains: false });
  return isIp !== true && isIcann === true && domain !== null && !hostParts(host).sharedHosting;
};

/** Hosts of links, then hosts named without one; each once, in ASCII, at most {@link MAX_SITES}. */
export const sitesIn = (text: string): readonly string[] => {
  const plain = text.slice(0, MAX_READ_CHARACTERS).replace(DOTS, '.').replace(SCHEME, 'http$1://');
  const links = [...plain.matchAll(LINK)].map(([link]) => link);
  const rest = plain.replace(LINK, ' ');
  const bare = [...rest.matchAll(BARE)].flatMap(([host]) => (FILE.test(host) ? [] : `https://${host}`));
  const hosts = [...links, ...bare].flatMap((link) => hostOf(link) ?? []);
  return [...new Set(hosts)].filter(isSite).slice(0, MAX_SITES);
};

/** Words of somebody who warns of a site, or quotes it: then where the message leads says nothing about its sender. */
const WARNS =
  /\b(scams?|scammers?|phish\w*|fraud\w*|fake|beware|warn\w*|reported|blocklist\w*|do(?:n['’]?t| not) (?:click|visit|open|go|trust|connect)|never (?:click|visit|open|share|enter|trust|connect))\b/i;

export const warns = (text: string): boolean => WARNS.test(text.slice(0, MAX_READ_CHARACTERS));
