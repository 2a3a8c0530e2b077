/** What every request carries through the middleware. */
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

export type HttpEnv = {
  Bindings: HttpBindings;
  Variables: {
    /** Echoed in `X-Request-Id` and in every error body. */
    readonly requestId: string;
    /** Address of the peer; never an identity. */
    readonly remote: string;
  };
};

export type HttpContext = Context<HttpEnv>;
