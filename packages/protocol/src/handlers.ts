/** Types that follow from the route table: what a route takes, what it gives, who answers it. */
import type { Result } from '@surety/core';
import type * as z from 'zod';
import type { RouteName, Routes } from './routes.ts';
import type { Wire } from './wire.ts';

type Part<R, K extends 'params' | 'query' | 'body'> = R extends { readonly [P in K]: infer S extends z.ZodType }
  ? Wire<S>
  : undefined;

/** What a handler receives: validated, with unknown fields refused before. */
export type RouteInput<N extends RouteName> = {
  readonly params: Part<Routes[N], 'params'>;
  readonly query: Part<Routes[N], 'query'>;
  readonly body: Part<Routes[N], 'body'>;
};

export type RouteOutput<N extends RouteName> = Wire<Routes[N]['response']['schema']>;

export type RouteContext = {
  /** Present on writes. Unique per caller and body; the HTTP layer has already replayed repeats. */
  readonly idempotencyKey?: string;
  /** Where the request came from, for limits and logs; never an identity. */
  readonly remote: string;
  /** Aborted when the client has gone or the deadline has passed. */
  readonly signal: AbortSignal;
};

export type Handler<N extends RouteName> = (
  input: RouteInput<N>,
  context: RouteContext,
) => Promise<Result<RouteOutput<N>>>;

/** One handler for each row of the table. */
export type Handlers = { readonly [N in RouteName]: Handler<N> };
