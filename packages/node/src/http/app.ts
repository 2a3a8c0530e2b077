/**
 * The HTTP application. Every request passes, in this order: an id, the host and origin check, the rate limit,
 * then the one row of the route table (or the one extra path) that it names.
 */
import { randomUUID } from 'node:crypto';
import type { Problem } from '@surety/core';
import { openapi, ROUTE_NAMES, type Route, type RouteName, routes } from '@surety/protocol';
import { Hono } from 'hono';
import { answerRoute } from './answer.ts';
import { addDocuments } from './documents.ts';
import type { HttpContext, HttpEnv } from './env.ts';
import { createHostCheck } from './host-check.ts';
import type { HttpLimits, HttpLog, HttpOptions } from './options.ts';
import { createRateLimit } from './rate-limit.ts';
import { problemOfThrown, refusal } from './refusal.ts';
import type { createRemote } from './remote.ts';
import { DATA_POLICY, SECURITY_HEADERS } from './security-headers.ts';
import { serveStream } from './streams/sse.ts';
import type { Tails } from './streams/tail.ts';
import { addWeb } from './web.ts';

export type AppOptions = HttpOptions & {
  readonly limits: HttpLimits;
  readonly log: HttpLog;
  readonly hostname: string;
  readonly tails: Tails;
  /** Address of who sends a request. */
  readonly remoteOf: ReturnType<typeof createRemote>;
  /** Base URL as clients see it; known once the port is. */
  readonly url: () => string;
};

const CORS_METHODS = 'GET, POST, DELETE, OPTIONS';
const CORS_HEADERS =
  'Content-Type, Idempotency-Key, Authorization, Last-Event-ID, Mcp-Session-Id, Mcp-Protocol-Version';
const CORS_EXPOSED = 'Idempotent-Replay, X-Request-Id, Retry-After, Mcp-Session-Id';

const routeAt = new Map<string, RouteName>(
  ROUTE_NAMES.map((name) => [`${routes[name].method} ${routes[name].path}`, name]),
);

/** The application; `startHttp` listens with it. */
export const createApp = (options: AppOptions): Hono<HttpEnv> => {
  const { limits, log } = options;
  const app = new Hono<HttpEnv>();
  const rate = createRateLimit({
    perSecond: limits.ratePerSecond,
    burst: limits.rateBurst,
    now: () => performance.now(),
  });
  const { check } = createHostCheck({
    hostname: options.hostname,
    allowedHosts: options.allowedHosts ?? [],
    allowedOrigins: options.allowedOrigins ?? [],
  });

  app.use(async (context, next) => {
    context.set('requestId', randomUUID());
    context.set('remote', options.remoteOf(context.env.incoming));
    const origin = context.req.header('origin');
    const forbidden = check(context.req.header('host'), origin);
    if (forbidden) context.res = refusal(context, forbidden);
    else if (context.req.method === 'OPTIONS' && origin) context.res = new Response(null, { status: 204 });
    else await next();
    if (context.env.outgoing.headersSent) return;
    const { headers } = context.res;
    headers.set('x-request-id', context.get('requestId'));
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value);
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', DATA_POLICY);
    if (origin && !forbidden) {
      headers.set('access-control-allow-origin', origin);
      headers.set('access-control-allow-methods', CORS_METHODS);
      headers.set('access-control-allow-headers', CORS_HEADERS);
      headers.set('access-control-expose-headers', CORS_EXPOSED);
      headers.append('vary', 'Origin');
    }
  });

  const table: { readonly [name: string]: Route } = routes;
  for (const name of ROUTE_NAMES) {
    const route = table[name]!;
    const answer = answerRoute(name, route, {
      handlers: options.handlers,
      idempotency: options.idempotency,
      limits,
      operatorToken: options.operatorToken,
      log,
    });
    app.on(route.method, route.path, (context) => {
      const flood = rate.take(context.get('remote'), routeAt.get(`${route.method} ${route.path}`));
      return flood ? refusal(context, flood) : answer(context);
    });
  }

  app.on(['GET', 'HEAD'], '/v1/stream', (context) => {
    if (context.env.incoming.method !== 'GET') return refusal(context, wrongMethod('HEAD', ['GET']), { allow: 'GET' });
    const flood = rate.take(context.get('remote'), undefined);
    return flood ? refusal(context, flood) : serveStream(context, { tails: options.tails, limits });
  });
  for (const extension of options.extensions ?? []) {
    app.all(extension.path, (context) => {
      const flood = rate.take(context.get('remote'), undefined);
      return flood ? refusal(context, flood) : extension.handle(context.req.raw, context.get('remote'));
    });
  }
  app.get('/openapi.json', (context) =>
    context.json(openapi(routes, { version: options.version, serverUrl: options.url() })),
  );
  addDocuments(app, options);
  addWrongMethods(app);
  addWeb(app, options);

  app.notFound((context) => refusal(context, nothingAt(context)));
  app.onError((error, context) => {
    const where = { requestId: context.get('requestId'), route: context.req.path, log };
    return refusal(context as HttpContext, problemOfThrown(error, where));
  });
  return app;
};

const nothingAt = (context: HttpContext) =>
  ({
    code: 'http.not-found',
    message: `There is nothing at ${context.req.path.slice(0, 200)}.`,
    next: 'See /openapi.json for every path.',
    field: 'path',
    value: context.req.path.slice(0, 120),
  }) as const;

const wrongMethod = (method: string, allowed: readonly string[]): Problem => ({
  code: 'http.method-not-allowed',
  message: `${method} is not a method of this path.`,
  next: `Use ${allowed.join(' or ')}.`,
  field: 'method',
  value: method,
  limit: allowed.join(' | '),
});

/** A known path with another method is `http.method-not-allowed`, with the right ones in `Allow`. */
const addWrongMethods = (app: Hono<HttpEnv>): void => {
  const methods = new Map<string, string[]>();
  for (const name of ROUTE_NAMES) {
    const { method, path } = routes[name];
    methods.set(path, [...(methods.get(path) ?? []), method]);
  }
  for (const [path, allowed] of methods) {
    app.all(path, (context) =>
      refusal(context, wrongMethod(context.req.method, allowed), { allow: allowed.join(', ') }),
    );
  }
};
