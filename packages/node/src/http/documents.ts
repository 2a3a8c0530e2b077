/** What a node says about itself in words: `/llms.txt`, `/docs/errors`, and the log's static files. */
import { ERRORS, type ErrorCode } from '@surety/core';
import { ROUTE_NAMES, routes } from '@surety/protocol';
import type { Hono } from 'hono';
import type { HttpEnv } from './env.ts';
import { escapeHtml } from './html.ts';
import type { LogFiles } from './options.ts';
import { refusal } from './refusal.ts';

/** A short guide for language models (https://llmstxt.org). */
export const llmsText = (url: string): string =>
  [
    '# Surety',
    '',
    '> Ask a question, get an answer with a receipt that anyone can verify, and money that stands behind it.',
    '',
    'A receipt has four links (intent, input, program, output). Each finding says what it proves, what it assumes and what it does not prove. An answer is provisional until its market closes and is decided. This is not advice, and a receipt never proves more than its findings say.',
    '',
    '## For agents',
    '',
    `- [MCP](${url}/mcp): tools \`ask\` (maxCost, maxWait, minConfidence; answers proceed, stop or unknown), \`verify\`, \`markets\`, \`trade\``,
    `- [OpenAPI](${url}/openapi.json): every route, field and limit`,
    `- [Errors](${url}/docs/errors): every code, what it means, whether to retry`,
    '',
    '## Routes',
    '',
    ...ROUTE_NAMES.map((name) => `- ${routes[name].method} ${routes[name].path}: ${routes[name].summary}`),
    '- GET /v1/programs/<id>, /v1/probes/<id>, /v1/bundles/<id>: files of published models, by their id; PUT stores them in parts',
    '- GET /court.atom, /court/<address>.atom: Atom feeds of cases, and of what one juror has to do',
    '- GET /v1/stream?streams=markets,runs,court: Server-Sent Events with sequence numbers and resume (Last-Event-ID)',
    '- GET /v1/ws: WebSocket; subscribe, act, ping',
    '',
  ].join('\n');

const areas = (): Map<string, ErrorCode[]> => {
  const found = new Map<string, ErrorCode[]>();
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    const area = code.split('.')[0]!;
    found.set(area, [...(found.get(area) ?? []), code]);
  }
  return found;
};

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escapeHtml(title)}</title><body><h1>${escapeHtml(title)}</h1>${body}</body></html>`;

const errorRow = (code: ErrorCode): string => {
  const rule = ERRORS[code];
  const retry = rule.retryable ? 'can help' : 'does not help';
  return `<h2 id="${code.replaceAll('.', '-')}">${escapeHtml(code)}</h2><p>${escapeHtml(rule.summary)}</p><p>HTTP ${rule.http}, exit status ${rule.exit}; sending it again ${retry}.</p>`;
};

/** The page of one area of error codes, or the list of areas; `undefined` for no such area. */
export const errorsPage = (area: string | undefined): string | undefined => {
  const all = areas();
  if (area === undefined) {
    const links = [...all.keys()].map((name) => `<li><a href="/docs/errors/${name}">${name}</a></li>`);
    return page('Errors of Surety', `<ul>${links.join('')}</ul>`);
  }
  const codes = all.get(area);
  return codes && page(`Errors: ${area}`, codes.map(errorRow).join(''));
};

const HTML = { 'content-type': 'text/html; charset=utf-8' };

export const addDocuments = (
  app: Hono<HttpEnv>,
  options: { readonly url: () => string; readonly logFiles?: LogFiles },
): void => {
  app.get('/llms.txt', (context) => context.text(llmsText(options.url())));
  app.get('/docs/errors', (context) => context.body(errorsPage(undefined)!, 200, HTML));
  app.get('/docs/errors/:area', (context) => {
    const found = errorsPage(context.req.param('area'));
    return found === undefined ? context.notFound() : context.body(found, 200, HTML);
  });
  app.get('/log/*', async (context) => {
    const path = context.req.path.slice('/log/'.length);
    const safe = /^(?:checkpoint|tile\/[a-z0-9/.]{1,80})$/.test(path) && !path.includes('..');
    const bytes = safe ? await options.logFiles?.get(path) : undefined;
    if (bytes === undefined) {
      return refusal(context, {
        code: 'http.not-found',
        message: 'The log has no such file.',
        next: 'Start from /log/checkpoint; tiles follow from its size.',
        field: 'path',
        value: path.slice(0, 120),
      });
    }
    const checkpoint = path === 'checkpoint';
    return context.body(new Uint8Array(bytes), 200, {
      'content-type': checkpoint ? 'text/plain; charset=utf-8' : 'application/octet-stream',
      'cache-control': checkpoint ? 'no-store' : 'public, max-age=31536000, immutable',
    });
  });
};
