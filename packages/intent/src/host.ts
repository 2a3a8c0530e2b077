/**
 * Host names brought to the one form in which they are compared, and every trick on the way named.
 * The mapping is UTS #46 as the platform's `URL` does it (WHATWG URL Standard, "domain to ASCII").
 */
import { ok, type Result, refuse, show } from '@surety/core';
import { parse as parseDomain } from 'tldts';
import { skeleton } from './confusables.ts';
import { isIpv4, isIpv6, isPrivateHost } from './ip.ts';
import { LIMITS } from './limits.ts';
import { decodePunycode, toUnicodeHost } from './punycode.ts';
import { isSuspiciousMix, scriptsOf } from './scripts.ts';
import { cleanText } from './text.ts';
import { type Warning, warn } from './warning.ts';

export type Host = {
  /** ASCII (A-label) form, lower case, no trailing dot; or dotted IPv4. */
  readonly host: string;
  /** The same as people see it, for showing only. */
  readonly unicode: string;
  /** What one registers: the public suffix and one label; `null` for an IP address. */
  readonly registeredDomain: string | null;
  readonly warnings: readonly Warning[];
};

const LABEL = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/;
/** A capital between small letters; `UNISWAP.org` and `Uniswap.org` are ordinary. */
const ODD_CASE = /[a-z][a-z0-9]*[A-Z]/;
const ASCII = /^[\x21-\x7e]*$/;

const bad = (host: string, why: string) =>
  refuse({
    code: 'intent.bad-host',
    message: `"${show(host)}" is not a host name: ${why}.`,
    next: 'Write the host as in the address bar, for example uniswap.org.',
    field: 'subject.host',
    value: show(host),
    limit: `labels of 1 to ${LIMITS.labelChars}, ${LIMITS.hostChars} in all`,
  });

/** What is odd about each label as a person sees it. */
const labelWarnings = (unicode: string): readonly Warning[] =>
  unicode.split('.').flatMap((label): readonly Warning[] => {
    if (ASCII.test(label)) return [];
    const scripts = scriptsOf(label);
    if (isSuspiciousMix(scripts)) {
      return [
        warn(
          'host.mixed-scripts',
          `"${label}" mixes letters of ${scripts.join(' and ')}, a common way to imitate a name.`,
        ),
      ];
    }
    // Accents are ordinary spelling; letters of another script or shape are not.
    if (ASCII.test(label.normalize('NFKD').replace(/\p{Mark}/gu, ''))) return [];
    const looks = skeleton(label);
    return looks !== label && ASCII.test(looks)
      ? [
          warn(
            'host.imitates',
            `"${label}" is written with ${scripts.join(' and ') || 'other'} letters that look like "${looks}".`,
          ),
        ]
      : [];
  });

const ascii = (text: string): string | null => {
  try {
    return new URL(`http://${text}/`).hostname;
  } catch {
    return null;
  }
};

/** Some platforms let any `xn--` label pass; one that is not the encoding of its own decoding is a trap. */
const isALabel = (label: string): boolean => {
  const decoded = decodePunycode(label.slice(4));
  return decoded !== null && !ASCII.test(decoded) && ascii(`${decoded}.com`) === `${label}.com`;
};

/**
 * One host name in its compared form. Idempotent: the result's `host` normalises to itself.
 *
 * @returns refused with `intent.bad-host`, `intent.private-host` or an `input.*` code of {@link cleanText}
 */
export const normaliseHost = (input: unknown): Result<Host> => {
  const clean = cleanText(input, { field: 'host', maxChars: LIMITS.urlChars });
  if (!clean.ok) return clean;
  const { text } = clean.value;
  const warnings: Warning[] = [...clean.value.warnings];
  if (/[\s/\\?#@]/u.test(text)) return bad(text, 'it holds characters that end a host name');
  if (!isIpv6(text) && text.includes(':')) return bad(text, 'it holds a colon');
  const mapped = ascii(text);
  if (mapped === null || mapped === '') return bad(text, 'no browser would accept it');
  if (text.includes('%'))
    warnings.push(
      warn('url.percent-encoding', `"${show(text)}" hides characters behind percent signs; read as ${mapped}.`),
    );
  const host = mapped.replace(/\.$/, '');
  if (host !== mapped) warnings.push(warn('host.trailing-dot', 'Dropped the dot at the end of the host name.'));
  if (host.length > LIMITS.hostChars)
    return bad(host, `it has ${host.length} characters, the limit is ${LIMITS.hostChars}`);
  if (isIpv4(host) || isIpv6(host)) return ipAddress(text, host, warnings);
  for (const label of host.split('.')) {
    if (label.startsWith('xn--') && !isALabel(label)) return bad(host, `"${label}" does not decode to a name`);
    if (label === '') return bad(host, 'a label is empty');
    if (label.length > LIMITS.labelChars) return bad(host, `a label has ${label.length} characters`);
    if (!LABEL.test(label)) return bad(host, `"${label}" is not a label`);
  }
  return domainName(text, host, warnings);
};

const privateHost = (host: string) =>
  refuse({
    code: 'intent.private-host',
    message: `${host} is private, local or reserved; nobody else can look at it.`,
    next: 'Ask about a host on the public internet.',
    field: 'subject.host',
    value: host,
  });

const ipAddress = (typed: string, host: string, warnings: Warning[]): Result<Host> => {
  if (isPrivateHost(host)) return privateHost(host);
  if (isIpv6(host)) return bad(host, 'bare IPv6 addresses are not read in this version');
  if (typed !== host)
    warnings.push(warn('host.unusual-ip', `"${show(typed)}" is an unusual way to write the IP address ${host}.`));
  warnings.push(warn('host.ip-address', `${host} is a bare IP address: there is no name to judge.`));
  return ok({ host, unicode: host, registeredDomain: null, warnings });
};

const domainName = (typed: string, host: string, warnings: Warning[]): Result<Host> => {
  if (isPrivateHost(host)) return privateHost(host);
  if (!host.includes('.')) return bad(host, 'it has no dot');
  if (host.endsWith('.eth')) {
    const message = `${host} is an ENS name, which stands for an address and not for a site.`;
    const next = 'Give the 0x address it resolves to.';
    return refuse({ code: 'intent.bad-host', message, next, field: 'subject.host', value: host });
  }
  const unicode = toUnicodeHost(host);
  if (ODD_CASE.test(typed))
    warnings.push(
      warn('host.letter-case', `"${show(typed)}" has capitals inside; a capital I can pass for an l. Read as ${host}.`),
    );
  const visible = typed.toLowerCase().replace(/\.$/, '');
  if (!ASCII.test(visible) && visible !== unicode) {
    warnings.push(
      warn('host.compatibility-characters', `"${show(typed)}" uses wide or styled characters; read as ${host}.`),
    );
  }
  if (unicode !== host)
    warnings.push(warn('host.international', `${unicode} is ${host} in the form that computers compare.`));
  warnings.push(...labelWarnings(unicode));
  const domain = parseDomain(host, { allowPrivateDomains: false });
  if (domain.domain === null)
    return bad(host, `"${domain.publicSuffix ?? host}" is a suffix under which others register names`);
  if (!domain.isIcann)
    warnings.push(
      warn('host.unknown-suffix', `".${domain.publicSuffix}" is not a public suffix of the DNS that we know.`),
    );
  return ok({ host, unicode, registeredDomain: domain.domain, warnings });
};
