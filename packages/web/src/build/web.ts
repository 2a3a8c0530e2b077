/** The files that the node serves as the page. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { cachedBundle } from './cache.ts';
import { FAVICON, indexPage } from './page.ts';

/** One file of the page, ready to be sent. */
export type WebFile = {
  readonly body: Uint8Array;
  /** Value of `Content-Type`. */
  readonly type: string;
  /** Value of `ETag`, quotes included. */
  readonly etag: string;
  /** Value of `Cache-Control`. */
  readonly cacheControl: string;
};

/**
 * `Content-Security-Policy` that the node must send with the page: own files and own API, nothing else. WebAssembly is compiled
 * only from bytes that these files carry.
 */
export const WEB_CSP =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * All that the node must send with every file: with them a page may share memory between its workers, and only with them do
 * proofs take more than one thread.
 */
export const WEB_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': WEB_CSP,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

const digest = (body: Uint8Array | string): string => createHash('sha256').update(body).digest('hex').slice(0, 16);

const file = (body: string | Uint8Array, type: string, cacheControl: string): WebFile => {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return { body: bytes, type, etag: `"${digest(bytes)}"`, cacheControl };
};

const FONT = '@fontsource-variable/public-sans/files/public-sans-latin-wght-normal.woff2';

const FOREVER = 'public, max-age=31536000, immutable';

/**
 * Bundles the page: path → file. `/` (and `/index.html`) is the page itself; scripts and styles carry their digest
 * in their names and may be cached for ever. Takes about 0.4 s, or a few milliseconds from the cache.
 * @param options.cacheDir where bundles are kept between starts, e.g. `.surety/cache`
 */
export const buildWeb = async (options: { readonly cacheDir?: string } = {}): Promise<Map<string, WebFile>> => {
  const { script, style, worker, files } = await cachedBundle('app/main', 'esm', options.cacheDir);
  const index = file(
    indexPage({ scriptPath: `/${script}`, stylePath: `/${style}`, workerPath: `/${worker}` }),
    'text/html; charset=utf-8',
    'no-cache',
  );
  const typeOf = (name: string): string =>
    name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8';
  return new Map([
    ['/', index],
    ['/index.html', index],
    ...Object.entries(files).map(([name, text]) => [`/${name}`, file(text, typeOf(name), FOREVER)] as const),
    [
      '/fonts/public-sans-latin.woff2',
      file(await readFile(fileURLToPath(import.meta.resolve(FONT))), 'font/woff2', FOREVER),
    ],
    ['/favicon.svg', file(FAVICON, 'image/svg+xml', 'public, max-age=86400')],
  ]);
};
