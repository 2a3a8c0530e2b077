/**
 * The client: one method for each row of the protocol's route table. Path, query and body fields are given in one
 * flat object; refusals are thrown as {@link SuretyError}, or returned as data by the same methods under `try`.
 */
import { type Result, SuretyError } from '@surety/core';
import {
  ROUTE_NAMES,
  type RouteInput,
  type RouteName,
  type RouteOutput,
  type RouteShape,
  SHAPES,
} from '@surety/protocol';
import { type FollowOptions, follow } from './follow.ts';
import { type OpenSocketOptions, openSocket, type Socket } from './socket.ts';
import { createTransport, randomHex, type Transport, type TransportOptions } from './transport.ts';

type Fields<T> = T extends undefined ? unknown : T;

/** The flat input of a route: path, query and body fields together. */
export type ClientInput<N extends RouteName> = Fields<RouteInput<N>['params']> &
  Fields<RouteInput<N>['query']> &
  Fields<RouteInput<N>['body']>;

export type CallOptions = {
  /** Chosen at random when absent; give your own to make a retry after a crash harmless. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
};

type Arguments<N extends RouteName> =
  unknown extends ClientInput<N>
    ? [input?: undefined, options?: CallOptions]
    : Record<never, never> extends ClientInput<N>
      ? [input?: ClientInput<N>, options?: CallOptions]
      : [input: ClientInput<N>, options?: CallOptions];

export type Calls = { readonly [N in RouteName]: (...args: Arguments<N>) => Promise<RouteOutput<N>> };
export type TryCalls = { readonly [N in RouteName]: (...args: Arguments<N>) => Promise<Result<RouteOutput<N>>> };

export type Client = Calls & {
  /** The same methods, with refusals as data. */
  readonly try: TryCalls;
  /** The node's base URL. */
  readonly url: string;
  /** Events of streams in order, without gap or repetition, across reconnections. */
  readonly follow: (streams: readonly string[], options?: FollowOptions) => ReturnType<typeof follow>;
  /** A WebSocket for many signed actions and streams on one connection. */
  readonly socket: (options?: OpenSocketOptions) => Promise<Socket>;
};

export type ClientOptions = TransportOptions & {
  /** Bearer token for the routes that only the operator's people may call. */
  readonly operatorToken?: string;
};

const PARAMETER = /:([A-Za-z]+)/g;

const fillPath = (route: RouteShape, input: Record<string, unknown>): string =>
  route.path.replace(PARAMETER, (_, name: string) => encodeURIComponent(String(input[name])));

const queryOf = (route: RouteShape, input: Record<string, unknown>): string => {
  const query = new URLSearchParams();
  for (const name of route.query) if (input[name] !== undefined) query.set(name, String(input[name]));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
};

const bodyOf = (route: RouteShape, input: Record<string, unknown>): unknown => {
  if (!route.body) return undefined;
  const elsewhere = new Set([...route.query, ...[...route.path.matchAll(PARAMETER)].map((match) => match[1])]);
  return Object.fromEntries(Object.entries(input).filter(([name]) => !elsewhere.has(name)));
};

const caller =
  (transport: Transport, route: RouteShape, operatorToken: string | undefined) =>
  (input: Record<string, unknown> = {}, options: CallOptions = {}): Promise<Result<unknown>> => {
    const body = bodyOf(route, input);
    return transport.send({
      method: route.method,
      path: fillPath(route, input) + queryOf(route, input),
      ...(body !== undefined && { body }),
      ...(route.write && { idempotencyKey: options.idempotencyKey ?? randomHex(16) }),
      ...(route.operator && operatorToken !== undefined && { headers: { authorization: `Bearer ${operatorToken}` } }),
      ...(options.signal && { signal: options.signal }),
    });
  };

/**
 * A client of one node.
 * @throws {SuretyError} from every method, with the node's own problem, or `http.unreachable`
 */
export const createClient = (options: ClientOptions): Client => {
  const transport = createTransport(options);
  const attempts: Record<string, ReturnType<typeof caller>> = {};
  const calls: Record<string, unknown> = {};
  for (const name of ROUTE_NAMES) {
    const call = caller(transport, SHAPES[name], options.operatorToken);
    attempts[name] = call;
    calls[name] = async (input?: Record<string, unknown>, callOptions?: CallOptions) => {
      const result = await call(input, callOptions);
      if (result.ok) return result.value;
      throw new SuretyError(result.problem);
    };
  }
  // The table drives both the types above and this loop; the cast joins the two.
  return {
    ...calls,
    try: attempts,
    url: transport.base,
    follow: (streams: readonly string[], followOptions?: FollowOptions) => follow(transport, streams, followOptions),
    socket: (socketOptions?: OpenSocketOptions) => openSocket(transport.base, socketOptions),
  } as unknown as Client;
};
