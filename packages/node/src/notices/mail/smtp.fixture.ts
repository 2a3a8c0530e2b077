/** A mail server on loopback, for tests: as much of RFC 5321 as it takes to receive a mail, or to refuse one. */

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

export type Received = {
  readonly from: string;
  readonly to: readonly string[];
  /** Header lines, unfolded. */
  readonly headers: readonly string[];
  readonly body: string;
};

export type SmtpServer = {
  readonly url: string;
  readonly received: readonly Received[];
  /** Answers to the next recipients, e.g. `550 no such user`; then they are taken. */
  readonly refusals: string[];
  readonly close: () => void;
};

const received = (from: string, to: readonly string[], data: string): Received => {
  const end = data.indexOf('\r\n\r\n');
  const headers = data
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  return { from, to, headers, body: data.slice(end + 4).replace(/^\.\./gm, '.') };
};

const serve = (socket: Socket, mails: Received[], refusals: string[]): void => {
  let [buffer, from, to, inData]: [string, string, string[], boolean] = ['', '', [], false];
  const say = (line: string): void => {
    socket.write(`${line}\r\n`);
  };
  const answerTo = (line: string): string => {
    const path = /<([^>]*)>/.exec(line)?.[1] ?? '';
    switch (line.slice(0, 4).toUpperCase()) {
      case 'EHLO':
        return '250-test\r\n250 AUTH PLAIN';
      case 'AUTH':
        return '535 no such login';
      case 'MAIL':
        [from, to] = [path, []];
        return '250 ok';
      case 'RCPT': {
        const refusal = refusals.shift();
        if (refusal === undefined) to.push(path);
        return refusal ?? '250 ok';
      }
      case 'DATA':
        inData = true;
        return '354 go on';
      case 'RSET':
        return '250 ok';
      case 'QUIT':
        return '221 bye';
      default:
        return '502 no';
    }
  };
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: string) => {
    buffer += chunk;
    for (;;) {
      const ending = inData ? '\r\n.\r\n' : '\r\n';
      const at = buffer.indexOf(ending);
      if (at < 0) return;
      const part = buffer.slice(0, at);
      buffer = buffer.slice(at + ending.length);
      if (inData) {
        inData = false;
        mails.push(received(from, to, part));
        say('250 taken');
      } else say(answerTo(part));
    }
  });
  say('220 test');
};

export const startSmtp = async (): Promise<SmtpServer> => {
  const mails: Received[] = [];
  const refusals: string[] = [];
  const server = createServer((socket) => serve(socket, mails, refusals));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, received: mails, refusals, close: () => server.close() };
};
