/** A push service on loopback with one browser behind it, for tests: checks who sends, and reads as the browser does. */
import { createECDH, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NoticeTarget } from '@surety/protocol';
import { readPush, readVapid } from './push/browser.fixture.ts';

export type Pushed = {
  readonly headers: IncomingHttpHeaders;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly message: { readonly id: string; readonly title: string; readonly summary: string; readonly link: string };
};

export type PushService = {
  readonly target: Extract<NoticeTarget, { kind: 'push' }>;
  readonly pushed: readonly Pushed[];
  /** Statuses of the next answers; then 201. */
  readonly statuses: number[];
  /** Requests so far, those that were refused too. */
  readonly requests: () => number;
  readonly close: () => void;
};

export const startPushService = async (): Promise<PushService> => {
  const browser = createECDH('prime256v1');
  browser.generateKeys();
  const auth = randomBytes(16);
  const pushed: Pushed[] = [];
  const statuses: number[] = [];
  let requests = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests += 1;
      const status = statuses.shift() ?? 201;
      if (status === 201) {
        const claims = readVapid(request.headers.authorization ?? '');
        pushed.push({
          headers: request.headers,
          claims,
          message: JSON.parse(readPush(Buffer.concat(chunks), browser, auth)),
        });
      }
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/p/secret-of-the-browser`;
  return {
    target: { kind: 'push', endpoint, p256dh: browser.getPublicKey('hex'), auth: auth.toString('hex') },
    pushed,
    statuses,
    requests: () => requests,
    close: () => server.close(),
  };
};
