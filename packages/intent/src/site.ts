/** What a person types to name a site: a host, a link, a defanged link or an email address. */
import { ok, type Result, refuse, type Subject, show } from '@surety/core';
import { normaliseHost } from './host.ts';
import { LIMITS } from './limits.ts';
import { cleanText } from './text.ts';
import { type Warning, warn } from './warning.ts';

export type Site = {
  readonly subject: Extract<Subject, { readonly kind: 'site' }>;
  readonly unicode: string;
  readonly registeredDomain: string | null;
  readonly warnings: readonly Warning[];
};

/** `hxxps[:]//evil[.]example` as people write links that must not be clicked, made whole again. */
export const refang = (text: string): string =>
  text
    .replace(
      /^h(?:xx|tt|\*\*)p(s?)\s?(?:\[?:\]?)\/\/|^h(?:xx|tt|\*\*)p(s?)\[:\/\/\]/i,
      (_all, a?: string, b?: string) => `http${a ?? b ?? ''}://`.toLowerCase(),
    )
    .replace(/\[\s?(?:\.|dot)\s?\]|\(\s?(?:\.|dot)\s?\)|\{\s?(?:\.|dot)\s?\}/gi, '.')
    .replace(/\[(?:at|@)\]|\((?:at|@)\)/gi, '@');

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;
const SCRIPT_SCHEME = /^(?:javascript|data|file|blob|vbscript|mailto|tel):/i;
const EMAIL = /^[^\s@/:\\]+@[^\s@/:\\]+$/;

const badUrl = (text: string, why: string, next = 'Write the link as in the address bar, starting with https://.') =>
  refuse({
    code: 'intent.bad-url',
    message: `"${show(text)}" is not a web link: ${why}.`,
    next,
    field: 'subject.url',
    value: show(text),
  });

/** The host part of what follows `scheme://`, as typed (browsers treat `\` as `/`). */
const authorityOf = (rest: string): string => /^[^/\\?#]*/.exec(rest)![0];

/**
 * A site as typed, brought to its one form. Idempotent over its own `host` and `url`.
 *
 * @returns refused with `intent.bad-url` or a code of {@link normaliseHost}
 */
export const normaliseSite = (input: unknown): Result<Site> => {
  const clean = cleanText(input, { field: 'site', maxChars: LIMITS.urlChars });
  if (!clean.ok) return clean;
  const warnings: Warning[] = [...clean.value.warnings];
  const text = refang(clean.value.text);
  if (text !== clean.value.text)
    warnings.push(warn('host.defanged', `Read "${show(clean.value.text)}" as ${show(text)}.`));
  const scheme = SCHEME.exec(text)?.[1]?.toLowerCase();
  if (SCRIPT_SCHEME.test(text) || (scheme !== undefined && scheme !== 'http' && scheme !== 'https')) {
    return badUrl(text, `"${text.split(':')[0]}:" links are not sites`, 'Ask about an http or https site.');
  }
  if (scheme === undefined && EMAIL.test(text)) return fromEmail(text, warnings);
  return fromLink(text, scheme === undefined ? `https://${text}` : text, warnings);
};

const fromEmail = (text: string, warnings: readonly Warning[]): Result<Site> => {
  const host = normaliseHost(text.slice(text.indexOf('@') + 1));
  if (!host.ok) return host;
  const said = warn(
    'host.from-email',
    `"${show(text)}" is an email address; read as its domain ${host.value.host}. A sender address can be forged.`,
  );
  return site(host.value, undefined, [...warnings, said]);
};

const fromLink = (typed: string, link: string, before: readonly Warning[]): Result<Site> => {
  const warnings: Warning[] = [...before];
  const authority = authorityOf(link.replace(SCHEME, ''));
  const at = authority.lastIndexOf('@');
  const hostAndPort = authority.slice(at + 1);
  const port = /:(\d*)$/.exec(hostAndPort);
  const host = normaliseHost(port ? hostAndPort.slice(0, port.index) : hostAndPort);
  if (!host.ok) return host;
  let url: URL;
  try {
    url = new URL(link);
  } catch {
    return badUrl(typed, 'no browser would open it');
  }
  // The platform's reading and ours must be of the same host, or somebody is being fooled.
  if (url.hostname.replace(/\.$/, '') !== host.value.host) return badUrl(typed, 'its host can be read in two ways');
  if (at >= 0) {
    const shown = show(authority.slice(0, at));
    warnings.push(
      warn('url.userinfo', `"${shown}" before the @ is only a login name; the site is ${host.value.host}.`),
    );
    url.username = '';
    url.password = '';
  }
  if (url.port !== '') warnings.push(warn('url.port', `The link names port ${url.port}; ordinary sites do not.`));
  if (url.hash !== '')
    warnings.push(warn('url.fragment-dropped', `Dropped "${show(url.hash)}", which never reaches the site.`));
  url.hash = '';
  url.hostname = host.value.host;
  const named = url.pathname !== '/' || url.search !== '' || url.port !== '';
  if (named)
    warnings.push(warn('url.page-named', 'The question is about the site; the page is passed on to the readers.'));
  if (url.href.length > LIMITS.urlChars)
    return badUrl(typed, `it has ${url.href.length} characters, the limit is ${LIMITS.urlChars}`);
  return site(host.value, named ? url.href : undefined, warnings);
};

const site = (
  host: {
    readonly host: string;
    readonly unicode: string;
    readonly registeredDomain: string | null;
    readonly warnings: readonly Warning[];
  },
  url: string | undefined,
  warnings: readonly Warning[],
): Result<Site> =>
  ok({
    subject: { kind: 'site', host: host.host, ...(url === undefined ? {} : { url }) },
    unicode: host.unicode,
    registeredDomain: host.registeredDomain,
    warnings: [...warnings, ...host.warnings],
  });
