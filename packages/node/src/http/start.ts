/** Starts the HTTP edge: one server for the API, streams, MCP, documents and the page. Stops without losing answers. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import { SuretyError } from '@surety/core';
import { createApp } from './app.ts';
import { answerClientError } from './client-error.ts';
import { createHostCheck } from './host-check.ts';
import { DEFAULT_LIMITS, type HttpLog, type HttpOptions } from './options.ts';
import { createRemote } from './remote.ts';
import { createSocketServer } from './streams/socket.ts';
import { gateOf } from './streams/sse.ts';
import { createTails } from './streams/tail.ts';

export type HttpServer = {
  /** Base URL without a trailing slash, e.g. `http://127.0.0.1:4810`. */
  readonly url: string;
  /** Takes no more requests, lets those under way finish, ends streams. Safe to call twice. */
  readonly close: () => Promise<void>;
};

const logToStderr: HttpLog = ({ requestId, route, error }) => {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${JSON.stringify({ level: 'error', requestId, route, detail })}\n`);
};

/** Milliseconds that requests under way get when the server closes. */
const GRACE_MS = 5_000;

const listen = (server: Server, port: number, hostname: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE';
      reject(
        new SuretyError(
          {
            code: taken ? 'process.port-taken' : 'service.unavailable',
            message: taken ? `Port ${port} on ${hostname} is taken.` : `Cannot listen on ${hostname}:${port}.`,
            next: 'Stop what uses it, or set SURETY_PORT to another port (0 picks a free one).',
            field: 'port',
            value: String(port),
          },
          { cause },
        ),
      );
    });
    server.listen(port, hostname, () => resolve((server.address() as AddressInfo).port));
  });

/**
 * Binds the port and lets it go, so that a taken one is known before anything slow has started.
 * @throws {SuretyError} `process.port-taken`
 */
export const requirePort = async (port: number, hostname: string): Promise<void> => {
  const server = createServer();
  await listen(server, port, hostname);
  await new Promise<void>((resolve) => server.close(() => resolve()));
};

const refuseUpgrade = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

/**
 * Listens.
 * @throws {SuretyError} `process.port-taken`
 */
export const startHttp = async (options: HttpOptions): Promise<HttpServer> => {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const hostname = options.hostname ?? '127.0.0.1';
  const log = options.log ?? logToStderr;
  const tails = createTails(options.streams);
  const remoteOf = createRemote(options.proxies ?? []);
  let url = '';
  const app = createApp({ ...options, limits, log, hostname, tails, remoteOf, url: () => url });

  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: 2_000,
      keepAliveTimeout: 10_000,
      maxHeaderSize: 16_384,
    },
    getRequestListener((request, env) => app.fetch(request, env), { overrideGlobalObjects: false }),
  );
  server.maxConnections = limits.maxConnections;
  server.maxHeadersCount = 64;
  server.on('clientError', answerClientError);

  const gate = gateOf({ tails, limits });
  const sockets = createSocketServer({ handlers: options.handlers, tails, limits, log, gate, remoteOf });
  const { check } = createHostCheck({
    hostname,
    allowedHosts: options.allowedHosts ?? [],
    allowedOrigins: options.allowedOrigins ?? [],
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (check(request.headers.host, request.headers.origin)) return refuseUpgrade(socket, '403 Forbidden');
    if (request.url?.split('?')[0] !== '/v1/ws') return refuseUpgrade(socket, '404 Not Found');
    sockets.upgrade(request, socket, head);
  });

  const port = await listen(server, options.port, hostname);
  url = `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
    sockets.close();
    await Promise.all((options.extensions ?? []).map((extension) => extension.close()));
    server.closeIdleConnections();
    const force = setTimeout(() => server.closeAllConnections(), gate.size() > 0 ? 200 : GRACE_MS);
    await stopped;
    clearTimeout(force);
  };
  return {
    url,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
};
