/** The web page: static files, and the page itself for every path a person may have bookmarked. */
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Hono } from 'hono';
import type { HttpEnv } from './env.ts';
import type { WebFile, WebFiles } from './options.ts';
import { PAGE_POLICY } from './security-headers.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};

const HASHED = /[.-][0-9a-zA-Z_-]{8,}\.[a-z0-9]+$/;

export const contentTypeOf = (path: string): string => TYPES[extname(path)] ?? 'application/octet-stream';

/** The files of a folder; nothing outside it, symbolic links included. */
export const webFolder = (folder: string): WebFiles => ({
  get: async (path): Promise<WebFile | undefined> => {
    try {
      const root = await realpath(folder);
      const file = await realpath(join(root, normalize(path)));
      if (!file.startsWith(root + sep)) return undefined;
      return { body: await readFile(file), contentType: contentTypeOf(file), immutable: HASHED.test(path) };
    } catch {
      return undefined;
    }
  },
});

/** Files held in memory, by path such as `/index.html`. */
export const webMemory = (files: ReadonlyMap<string, Uint8Array>): WebFiles => ({
  get: async (path): Promise<WebFile | undefined> => {
    const body = files.get(path);
    return body && { body, contentType: contentTypeOf(path), immutable: HASHED.test(path) };
  },
});

const API = /^\/(?:v1|log|docs|mcp)(?:\/|$)/;

export const addWeb = (app: Hono<HttpEnv>, options: { readonly web?: WebFiles }): void => {
  const { web } = options;
  if (!web) return;
  app.get('*', async (context, next) => {
    const { path } = context.req;
    if (API.test(path) || path.includes('\0') || path.includes('..')) return next();
    const wantsPage = context.req.header('accept')?.includes('text/html') && extname(path) === '';
    const file = await web.get(path === '/' || wantsPage ? '/index.html' : path);
    if (!file) return next();
    return context.body(new Uint8Array(file.body), 200, {
      'content-type': file.contentType,
      'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-security-policy': PAGE_POLICY,
    });
  });
};
