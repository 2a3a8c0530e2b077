/**
 * The SSRF guard's second half: one request to a host on the public Internet. The name is resolved once, every
 * address is checked, and the connection goes to a checked address: a name that resolves differently a moment
 * later (DNS rebinding) changes nothing. Redirects start over; size and time are bounded.
 */

import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { NetworkContext, ResolvedAddress } from './context.ts';
import { isPublicAddress } from './guard.ts';

export type Certificate = {
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** Names it is for. */
  readonly names: readonly string[];
  /** Why it is not trusted; `null` where it is. */
  readonly error: string | null;
};

export type Fetched = {
  readonly kind: 'fetched';
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Whether the body was cut at the limit. */
  readonly cut: boolean;
  readonly address: string;
  readonly certificate: Certificate | null;
  readonly redirects: readonly string[];
};

export type NotFetched = {
  readonly kind: 'not-fetched';
  readonly why: 'refused-address' | 'no-address' | 'bad-url' | 'too-many-redirects' | 'failed' | 'timed-out';
  /** A whole sentence. */
  readonly detail: string;
  readonly redirects: readonly string[];
};

export type FetchLimits = { readonly timeoutMs: number; readonly maxBytes: number; readonly maxRedirects: number };
export const DEFAULT_LIMITS: FetchLimits = { timeoutMs: 5_000, maxBytes: 512 * 1024, maxRedirects: 3 };

/** Ports of the web; any other on a public host is somebody's service that was not meant. */
const WEB_PORTS = new Set(['', '80', '443', '8080', '8443']);

const USER_AGENT = 'surety-analyst (reads public pages; no forms, no scripts)';

const refuse = (why: NotFetched['why'], detail: string, redirects: readonly string[]): NotFetched => ({
  kind: 'not-fetched',
  why,
  detail,
  redirects,
});

const allowed = (context: NetworkContext, address: string): boolean =>
  isPublicAddress(address) || context.allowAddress?.(address) === true;

/** The addresses of a host, or why it may not be reached. One forbidden address condemns the name. */
export const checkedAddresses = async (
  context: NetworkContext,
  host: string,
): Promise<readonly ResolvedAddress[] | Pick<NotFetched, 'why' | 'detail'>> => {
  const bare = host.replace(/^\[|\]$/g, '');
  const family = isIP(bare);
  const addresses = family === 0 ? await context.resolve(bare) : [{ address: bare, family: family as 4 | 6 }];
  if (addresses.length === 0) return { why: 'no-address', detail: `${host} has no address.` };
  const forbidden = addresses.find(({ address }) => !allowed(context, address));
  if (forbidden === undefined) return addresses;
  return {
    why: 'refused-address',
    detail: `${host} points to ${forbidden.address}, which is not on the public Internet.`,
  };
};

const certificateOf = (socket: TLSSocket): Certificate => {
  const peer: Partial<PeerCertificate> = socket.getPeerCertificate();
  const names = (peer.subjectaltname ?? '').split(', ').map((name) => name.replace(/^DNS:/, ''));
  return {
    issuer: String(peer.issuer?.O ?? peer.issuer?.CN ?? 'unknown'),
    validFrom: peer.valid_from ?? '',
    validTo: peer.valid_to ?? '',
    names: names.filter((name) => name !== '').slice(0, 50),
    error: socket.authorized ? null : String(socket.authorizationError ?? 'not authorised'),
  };
};

type Answer = Omit<Fetched, 'kind' | 'url' | 'redirects'>;

const readBody = (response: IncomingMessage, maxBytes: number): Promise<{ body: Uint8Array; cut: boolean }> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk.subarray(0, maxBytes - size));
      size += chunk.length;
      if (size < maxBytes) return;
      resolve({ body: Buffer.concat(chunks), cut: size > maxBytes });
      response.destroy();
    });
    response.on('end', () => resolve({ body: Buffer.concat(chunks), cut: false }));
    response.on('error', reject);
  });

/** One exchange with one checked address. */
const exchange = (
  context: NetworkContext,
  url: URL,
  target: ResolvedAddress,
  limits: FetchLimits,
  signal: AbortSignal,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const secure = url.protocol === 'https:';
    const ports = context.ports ?? { https: 443, http: 80 };
    const options: RequestOptions & { servername?: string; rejectUnauthorized?: boolean; ca?: string } = {
      host: target.address,
      family: target.family,
      port: url.port === '' ? (secure ? ports.https : ports.http) : Number(url.port),
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      agent: false,
      signal,
      headers: {
        host: url.host,
        'user-agent': USER_AGENT,
        accept: 'text/html,application/json;q=0.9,*/*;q=0.1',
        'accept-encoding': 'identity',
      },
      // A broken certificate is something to report, so the page is read all the same; nothing secret is sent.
      ...(secure
        ? {
            rejectUnauthorized: false,
            ...(isIP(url.hostname) === 0 ? { servername: url.hostname } : {}),
            ...(context.ca === undefined ? {} : { ca: context.ca }),
          }
        : {}),
    };
    const sent = (secure ? httpsRequest : httpRequest)(options, (response) => {
      const certificate = secure ? certificateOf(response.socket as TLSSocket) : null;
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries(response.headers))
        headers[name] = Array.isArray(value) ? value.join(', ') : String(value ?? '');
      readBody(response, limits.maxBytes)
        .then(({ body, cut }) =>
          resolve({ status: response.statusCode ?? 0, headers, body, cut, address: target.address, certificate }),
        )
        .catch(reject);
    });
    sent.on('error', reject);
    sent.end();
  });

/** The work, or a rejection once the signal fires: a resolver may hang. */
const orAborted = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });

const parseUrl = (text: string, base?: string): URL | null => {
  try {
    const url = new URL(text, base);
    const plain = (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '';
    return plain ? url : null;
  } catch {
    return null;
  }
};

/** A name that is not there is a finding, and said in words; other failures in the words of whoever failed. */
const whyFailed = (error: unknown): string => {
  if ((error as NodeJS.ErrnoException).code === 'ENOTFOUND') return 'No such name is known to DNS here.';
  return `It could not be read: ${error instanceof Error ? error.message : String(error)}.`;
};

/** Fetches a URL under the guard. Never throws: what went wrong is data. */
export const guardedFetch = async (
  context: NetworkContext,
  address: string,
  limits: FetchLimits = DEFAULT_LIMITS,
): Promise<Fetched | NotFetched> => {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  const redirects: string[] = [];
  let url = parseUrl(address);
  try {
    for (;;) {
      if (url === null) return refuse('bad-url', 'The address is not a plain http or https URL.', redirects);
      const targets = await orAborted(checkedAddresses(context, url.hostname), signal);
      if ('why' in targets) return refuse(targets.why, targets.detail, redirects);
      if (!WEB_PORTS.has(url.port) && isPublicAddress(targets[0]!.address)) {
        return refuse('bad-url', `Port ${url.port} is not a port of the web.`, redirects);
      }
      const answer = await exchange(context, url, targets[0]!, limits, signal);
      const location = answer.headers.location;
      if (answer.status < 300 || answer.status > 399 || location === undefined) {
        return { kind: 'fetched', url: url.href, redirects, ...answer };
      }
      if (redirects.length >= limits.maxRedirects)
        return refuse('too-many-redirects', `It redirects more than ${limits.maxRedirects} times.`, redirects);
      redirects.push(location.slice(0, 500));
      url = parseUrl(location, url.href);
    }
  } catch (error) {
    if (signal.aborted) return refuse('timed-out', `It did not answer within ${limits.timeoutMs} ms.`, redirects);
    return refuse('failed', whyFailed(error), redirects);
  }
};
