/** What the HTTP edge needs from the rest of the node, as interfaces: it knows no database and no engine. */
import type { Handlers } from '@surety/protocol';
import type { Idempotency } from '../journal/idempotency.ts';
import type { StreamSource } from './streams/source.ts';

/** One file of the web page. */
export type WebFile = {
  readonly body: Uint8Array;
  readonly contentType: string;
  /** Its name contains a digest of its content, so it never changes. */
  readonly immutable: boolean;
};

/** The page's files by path (`/index.html`, `/assets/app-1a2b.js`), from a folder or from memory. */
export type WebFiles = { readonly get: (path: string) => Promise<WebFile | undefined> };

/** The log's checkpoint and tiles (C2SP tlog-tiles), by path below `/log/`. */
export type LogFiles = { readonly get: (path: string) => Promise<Uint8Array | undefined> };

/** What the edge writes when something unexpected happens. */
export type HttpLog = (entry: { readonly requestId: string; readonly route: string; readonly error: unknown }) => void;

export type HttpOptions = {
  readonly handlers: Handlers;
  readonly streams: StreamSource;
  readonly idempotency: Idempotency;
  readonly web?: WebFiles;
  readonly logFiles?: LogFiles;
  /** Default 127.0.0.1. */
  readonly hostname?: string;
  /** 0 picks a free one. */
  readonly port: number;
  readonly version: string;
  readonly environment: 'development' | 'production';
  /** Bearer token of the operator's people; without it those routes refuse everyone. */
  readonly operatorToken?: string;
  /** Further Host names under which the node may be reached, e.g. behind a proxy; `*` allows any. */
  readonly allowedHosts?: readonly string[];
  /** Addresses of the operator's own proxies, which say for whom they speak (`X-Forwarded-For`). Default none. */
  readonly proxies?: readonly string[];
  /** Further origins whose pages may call the API; `*` allows any. The node's own page always may. */
  readonly allowedOrigins?: readonly string[];
  readonly limits?: Partial<HttpLimits>;
  readonly log?: HttpLog;
  /** Further request handlers, e.g. MCP at `/mcp`. */
  readonly extensions?: readonly Extension[];
};

/** A part of the server that owns one path, behind the same checks as everything else. */
export type Extension = {
  readonly path: string;
  /** @param remote address of who sends the request */
  readonly handle: (request: Request, remote: string) => Promise<Response>;
  readonly close: () => Promise<void>;
};

export type HttpLimits = {
  /** Milliseconds that one handler may take. */
  readonly handlerMs: number;
  /** Milliseconds in which a client must send all headers. */
  readonly headersMs: number;
  /** Milliseconds in which a client must send the whole request. */
  readonly requestMs: number;
  readonly maxConnections: number;
  /** Open event streams and sockets, all clients together. */
  readonly maxStreams: number;
  /** Milliseconds for which a stream's reader may accept nothing before it is dropped. */
  readonly slowConsumerMs: number;
  readonly heartbeatMs: number;
  /** Token bucket of each remote address. */
  readonly ratePerSecond: number;
  readonly rateBurst: number;
};

export const DEFAULT_LIMITS: HttpLimits = {
  handlerMs: 30_000,
  headersMs: 10_000,
  requestMs: 30_000,
  maxConnections: 4_096,
  maxStreams: 1_024,
  slowConsumerMs: 10_000,
  heartbeatMs: 15_000,
  ratePerSecond: 10_000,
  rateBurst: 20_000,
};
