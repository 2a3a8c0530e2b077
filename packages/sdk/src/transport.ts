/** One HTTP exchange with a node: idempotency key, retries where the error table allows them, typed refusals. */
import { ERRORS, type ErrorCode, ok, type Problem, type Result, refuse, show } from '@surety/core';

export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

export type TransportOptions = {
  /** Base URL of the node, e.g. `http://127.0.0.1:4810`. */
  readonly url: string;
  readonly fetch?: Fetch;
  /** Attempts after the first one, for retryable refusals and lost connections; default 4. */
  readonly retries?: number;
  /** Milliseconds before the first retry; doubles each time, with jitter; default 200. */
  readonly retryDelayMs?: number;
  /** Milliseconds for one attempt; default 60,000. */
  readonly timeoutMs?: number;
};

export type Exchange = {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
};

/** 32 hex digits from the platform's generator. */
export const randomHex = (bytes: number): string => {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** Resolves after `milliseconds`, or at once when `signal` aborts. */
export const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done, { once: true });
  });

const isCode = (value: unknown): value is ErrorCode => typeof value === 'string' && Object.hasOwn(ERRORS, value);

const text = (value: unknown): value is string => typeof value === 'string';

const foreign = (status: number, body: string): Problem => ({
  code: status >= 500 ? 'http.unreachable' : 'http.not-surety',
  message: `The answer (status ${status}) is not one of a Surety node.`,
  next: 'Check the URL, and whether a proxy stands in between.',
  value: show(body),
});

/** The problem in an error body; what is not one of ours becomes `http.not-surety`. */
export const problemOfBody = (status: number, body: string): Problem => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return foreign(status, body);
  }
  const error = (parsed as { error?: Record<string, unknown> } | null)?.error;
  if (!error || !isCode(error.code) || !text(error.message) || !text(error.next)) return foreign(status, body);
  return {
    code: error.code,
    message: error.message,
    next: error.next,
    ...(text(error.field) && { field: error.field }),
    ...(text(error.value) && { value: error.value }),
    ...(text(error.limit) && { limit: error.limit }),
  };
};

const parseBody = (response: Response, body: string): Result<unknown> => {
  if (!response.headers.get('content-type')?.includes('json')) return ok(body);
  try {
    return ok(JSON.parse(body));
  } catch {
    return refuse(foreign(response.status, body));
  }
};

const unreachable = (url: string, cause: unknown, cancelled: boolean): Problem => ({
  code: cancelled ? 'http.timeout' : 'http.unreachable',
  message: cancelled ? `${url} took too long, or the caller cancelled.` : `No answer came from ${url}.`,
  next: 'Check that the node runs (`npm start`) and that the URL is right, then try again.',
  field: 'url',
  value: show(cause instanceof Error ? cause.message : cause),
});

type Attempt = { readonly result: Result<unknown>; readonly retryAfterMs: number };

/** Sends one exchange, again where that can help; a write keeps its idempotency key across attempts. */
export const createTransport = (options: TransportOptions) => {
  const { retries = 4, retryDelayMs = 200, timeoutMs = 60_000 } = options;
  const base = options.url.replace(/\/+$/, '');
  const fetch: Fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));

  const attempt = async (exchange: Exchange): Promise<Attempt> => {
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = exchange.signal ? AbortSignal.any([exchange.signal, timeout]) : timeout;
    try {
      const response = await fetch(`${base}${exchange.path}`, {
        method: exchange.method,
        signal,
        headers: {
          accept: 'application/json, text/html;q=0.5',
          ...(exchange.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(exchange.idempotencyKey && { 'idempotency-key': exchange.idempotencyKey }),
          ...exchange.headers,
        },
        ...(exchange.body === undefined ? {} : { body: JSON.stringify(exchange.body) }),
      });
      const body = await response.text();
      const seconds = Number(response.headers.get('retry-after') ?? '0');
      const retryAfterMs = Number.isFinite(seconds) ? Math.min(seconds, 30) * 1000 : 0;
      if (response.ok) return { result: parseBody(response, body), retryAfterMs };
      return { result: refuse(problemOfBody(response.status, body)), retryAfterMs };
    } catch (cause) {
      return { result: refuse(unreachable(base, cause, signal.aborted)), retryAfterMs: 0 };
    }
  };

  const send = async (exchange: Exchange): Promise<Result<unknown>> => {
    for (let tried = 0; ; tried += 1) {
      const { result, retryAfterMs } = await attempt(exchange);
      if (result.ok || tried >= retries || exchange.signal?.aborted) return result;
      if (!ERRORS[result.problem.code].retryable) return result;
      const backoff = retryDelayMs * 2 ** tried * (0.5 + Math.random());
      await sleep(Math.max(backoff, retryAfterMs), exchange.signal);
    }
  };

  return { base, fetch, send };
};

export type Transport = ReturnType<typeof createTransport>;
