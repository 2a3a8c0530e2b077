/** A running edge over handlers that answer with samples, for tests. */
import { ok } from '@surety/core';
import { type Handlers, ROUTE_NAMES, type Route, type RouteName, routes } from '@surety/protocol';
import type { Idempotency } from '../../journal/idempotency.ts';
import type { HttpOptions } from '../options.ts';
import { type HttpServer, startHttp } from '../start.ts';
import { ID, SAMPLES } from './samples.ts';
import { type MemoryStreams, memoryStreams } from './streams.ts';

/** The journal's rules without its database. */
export const memoryIdempotency = (): Idempotency => {
  const kept = new Map<string, { readonly digest: string; readonly response: string | undefined }>();
  const refused = (code: 'idempotency.conflict' | 'idempotency.in-flight') =>
    ({ kind: 'refused', problem: { code, message: code, next: 'See the code.' } }) as const;
  return {
    begin: async (scope, key, digest) => {
      const id = `${scope} ${key}`;
      const known = kept.get(id);
      if (known && known.digest !== digest) return refused('idempotency.conflict');
      if (known && known.response === undefined) return refused('idempotency.in-flight');
      if (known?.response !== undefined) return { kind: 'replay', response: known.response };
      kept.set(id, { digest, response: undefined });
      return {
        kind: 'new',
        complete: async (response) => void kept.set(id, { digest, response }),
        abandon: () => void kept.delete(id),
      };
    },
  };
};

export type TestServer = HttpServer & {
  readonly calls: { readonly name: RouteName; readonly input: unknown }[];
  readonly streams: MemoryStreams;
  readonly logged: unknown[];
};

export const sampleHandlers = (calls: { name: RouteName; input: unknown }[]): Handlers => {
  const entries = ROUTE_NAMES.map((name) => [
    name,
    async (input: unknown) => {
      calls.push({ name, input });
      return ok(SAMPLES[name].output);
    },
  ]);
  return Object.fromEntries(entries) as unknown as Handlers;
};

export const startTestServer = async (
  overrides: Partial<Handlers> = {},
  options: Partial<HttpOptions> = {},
): Promise<TestServer> => {
  const calls: { name: RouteName; input: unknown }[] = [];
  const logged: unknown[] = [];
  const streams = memoryStreams(['markets', `market:${ID}`]);
  const server = await startHttp({
    handlers: { ...sampleHandlers(calls), ...overrides },
    streams,
    idempotency: memoryIdempotency(),
    port: 0,
    version: '0.0.0',
    environment: 'development',
    operatorToken: 'people',
    log: (entry) => logged.push(entry),
    ...options,
  });
  return { ...server, calls, streams, logged };
};

/** The request of a route's sample, as `fetch` takes it. */
export const sampleRequest = (
  url: string,
  name: RouteName,
  key: string = crypto.randomUUID(),
): [string, RequestInit] => {
  const route: Route = routes[name];
  const sample = SAMPLES[name];
  const path = route.path.replace(/:([A-Za-z]+)/g, (_, part: string) => sample.params?.[part] ?? '');
  const query = sample.query ? `?${new URLSearchParams(sample.query)}` : '';
  return [
    `${url}${path}${query}`,
    {
      method: route.method,
      headers: {
        ...(sample.body && { 'content-type': 'application/json' }),
        ...(route.write && { 'idempotency-key': key }),
        ...(route.auth && { authorization: 'Bearer people' }),
      },
      ...(sample.body && { body: JSON.stringify(sample.body) }),
    },
  ];
};
