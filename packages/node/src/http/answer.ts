/** One request of the route table: authorise, validate, run once, answer. */
import { timingSafeEqual } from 'node:crypto';
import { ERRORS, type Problem, type Result } from '@surety/core';
import { type Handlers, problemOf, type Route, type RouteContext, type RouteName } from '@surety/protocol';
import type * as z from 'zod';
import type { Idempotency } from '../journal/idempotency.ts';
import { checkBodyHeaders, parseJson, readBody } from './body.ts';
import { withDeadline } from './deadline.ts';
import type { HttpContext } from './env.ts';
import { decodeAnswer, encodeAnswer, readKey, requestDigest } from './idempotency.ts';
import type { HttpLimits, HttpLog } from './options.ts';
import { jsonResponse, problemOfThrown, refusal, refusalBody, refusalHeaders } from './refusal.ts';
import { RECEIPT_POLICY } from './security-headers.ts';

export type AnswerOptions = {
  readonly handlers: Handlers;
  readonly idempotency: Idempotency;
  readonly limits: HttpLimits;
  readonly operatorToken: string | undefined;
  readonly log: HttpLog;
};

type AnyHandler = (
  input: { readonly params: unknown; readonly query: unknown; readonly body: unknown },
  context: RouteContext,
) => Promise<Result<unknown>>;

const sameText = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
};

const authorise = (context: HttpContext, route: Route, token: string | undefined): Problem | undefined => {
  if (route.auth !== 'operator') return undefined;
  const given = context.req.header('authorization')?.replace(/^Bearer /i, '') ?? '';
  if (token !== undefined && sameText(given, token)) return undefined;
  return {
    code: 'auth.operator-only',
    message: 'This needs the bearer token of the people who run this node.',
    next: 'Send it as `Authorization: Bearer …`; it is in the keys of the node.',
    field: 'authorization',
  };
};

const validate = (schema: z.ZodType | undefined, value: unknown, root: string): Result<unknown> => {
  if (schema === undefined) return { ok: true, value: undefined };
  const parsed = schema.safeParse(value);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: problemOf(parsed.error, value, root) };
};

/** Query values by name; a repeated name is an array, which no schema takes. */
const queryOf = (context: HttpContext): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(context.req.queries()).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );

type Input = { readonly params: unknown; readonly query: unknown; readonly body: unknown; readonly bytes: Uint8Array };

const NO_BYTES = new Uint8Array();

const readInput = async (context: HttpContext, route: Route): Promise<Result<Input>> => {
  const params = validate(route.params, context.req.param(), 'path');
  if (!params.ok) return params;
  const query = validate(route.query, route.query ? queryOf(context) : undefined, 'query');
  if (!query.ok) return query;
  if (!route.body)
    return { ok: true, value: { params: params.value, query: query.value, body: undefined, bytes: NO_BYTES } };
  const { incoming } = context.env;
  const headers = checkBodyHeaders(incoming.headers);
  if (!headers.ok) return headers;
  const bytes = await readBody(incoming);
  if (!bytes.ok) return bytes;
  const json = parseJson(bytes.value);
  if (!json.ok) return json;
  const body = validate(route.body, json.value, 'body');
  if (!body.ok) return body;
  return { ok: true, value: { params: params.value, query: query.value, body: body.value, bytes: bytes.value } };
};

const success = (route: Route, body: string, status: number = route.response.status): Response =>
  route.response.contentType === 'text/html'
    ? new Response(body, {
        status,
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'cache-control': 'no-store',
          'content-security-policy': RECEIPT_POLICY,
        },
      })
    : jsonResponse(status, body);

const encode = (route: Route, value: unknown): string =>
  route.response.contentType === 'text/html' ? String(value) : JSON.stringify(value);

/** Answers requests of one route. */
export const answerRoute = (name: RouteName, route: Route, options: AnswerOptions) => {
  const handler = options.handlers[name] as AnyHandler;

  const run = async (context: HttpContext, input: Input, idempotencyKey?: string): Promise<Result<unknown>> => {
    const { params, query, body } = input;
    const remote = context.get('remote');
    try {
      return await withDeadline(options.limits.handlerMs, context.env.outgoing, (signal) =>
        handler({ params, query, body }, { remote, signal, ...(idempotencyKey !== undefined && { idempotencyKey }) }),
      );
    } catch (thrown) {
      const where = { requestId: context.get('requestId'), route: name, log: options.log };
      return { ok: false, problem: problemOfThrown(thrown, where) };
    }
  };

  const read = async (context: HttpContext, input: Input): Promise<Response> => {
    const result = await run(context, input);
    return result.ok ? success(route, encode(route, result.value)) : refusal(context, result.problem);
  };

  const write = async (context: HttpContext, input: Input, key: string): Promise<Response> => {
    const digest = requestDigest(route.method, context.req.path, input.bytes);
    const begun = await options.idempotency.begin(name, key, digest);
    if (begun.kind === 'refused') return refusal(context, begun.problem);
    if (begun.kind === 'replay') {
      const { status, body } = decodeAnswer(begun.response);
      return jsonResponse(status, body, { 'idempotent-replay': 'true' });
    }
    const result = await run(context, input, key);
    // A refusal that trying again can cure is not the answer yet.
    if (!result.ok && ERRORS[result.problem.code].retryable) {
      begun.abandon();
      return refusal(context, result.problem);
    }
    const answer = result.ok
      ? { status: route.response.status, body: encode(route, result.value) }
      : refusalBody(result.problem, context.get('requestId'));
    await begun.complete(encodeAnswer(answer));
    return jsonResponse(answer.status, answer.body, result.ok ? {} : refusalHeaders(result.problem));
  };

  return async (context: HttpContext): Promise<Response> => {
    const forbidden = authorise(context, route, options.operatorToken);
    if (forbidden) return refusal(context, forbidden);
    const key = route.write ? readKey(context.req.header('idempotency-key')) : undefined;
    const input = await readInput(context, route);
    if (!input.ok) return refusal(context, input.problem);
    if (key === undefined) return read(context, input.value);
    return key.ok ? write(context, input.value, key.value) : refusal(context, key.problem);
  };
};
