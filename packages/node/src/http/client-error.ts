/** What cannot be read as HTTP at all is refused like everything else, with a code, and the connection ends. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Problem } from '@surety/core';
import { refusalBody } from './refusal.ts';

const problemOf = (code: string | undefined): Problem => {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    const next = 'Send the whole request at once, in smaller parts if it is large.';
    return { code: 'http.timeout', message: 'The request did not arrive in time.', next };
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    const next = 'Send fewer or shorter headers.';
    return {
      code: 'input.too-large',
      message: 'The headers are too large.',
      next,
      field: 'headers',
      limit: '16384 bytes',
    };
  }
  const next = 'Send HTTP/1.1 with a Host header, and frame the body by Content-Length.';
  return { code: 'input.malformed', message: `This is not HTTP/1.1 (${code ?? 'unknown'}).`, next, field: 'request' };
};

/** Handler of the server's `clientError` event. */
export const answerClientError = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, body } = refusalBody(problemOf(error.code), randomUUID());
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
};
