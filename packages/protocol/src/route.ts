/** The shape of one row of the route table. */
import type { ErrorCode } from '@surety/core';
import type * as z from 'zod';

export type Route = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path with `:name` parameters. */
  readonly path: string;
  /** One sentence; the summary in `openapi.json` and the docstring of the client's method. */
  readonly summary: string;
  readonly tag: 'node' | 'questions' | 'markets' | 'accounts' | 'receipts' | 'players' | 'models' | 'runs' | 'court';
  readonly params?: z.ZodObject;
  /** Query values arrive as text; schemas coerce. */
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly response: {
    readonly status: 200 | 201;
    readonly contentType: 'application/json' | 'text/html';
    readonly schema: z.ZodType;
  };
  /** A write must carry an `Idempotency-Key`; sending it again replays the first answer. */
  readonly write: boolean;
  /** `operator`: needs the operator's bearer token. Signed bodies authenticate themselves. */
  readonly auth?: 'operator';
  /** Codes beyond those that any route can answer with. */
  readonly errors: readonly ErrorCode[];
};
