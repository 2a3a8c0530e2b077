/** Request bodies: JSON in UTF-8, at most 1 MiB, read once, with refusals that say where the bytes went wrong. */
import type { IncomingMessage } from 'node:http';
import { ok, type Result, refuse, show } from '@surety/core';
import { LIMITS } from '@surety/protocol';
import { jsonErrorOffset } from './json-offset.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const tooLarge = (size: string): Result<never> =>
  refuse({
    code: 'input.too-large',
    message: `The body is ${size} bytes; the limit is ${LIMITS.bodyBytes}.`,
    next: 'Send less at a time: a batch may be split.',
    field: 'body',
    value: size,
    limit: `${LIMITS.bodyBytes} bytes`,
  });

const unsupported = (header: string, value: string, limit: string): Result<never> =>
  refuse({
    code: 'http.unsupported-type',
    message: `${header} is '${show(value)}'.`,
    next: `Send the body as ${limit}.`,
    field: header,
    value: show(value),
    limit,
  });

/** Refuses anything but JSON in UTF-8 without content coding, before a byte of the body is read. */
export const checkBodyHeaders = (headers: IncomingMessage['headers']): Result<true> => {
  const type = headers['content-type'] ?? '';
  const [media, ...parameters] = type
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (media !== 'application/json') return unsupported('content-type', type, 'application/json');
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice(8)
    .replaceAll('"', '');
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
    return unsupported('content-type', type, 'application/json; charset=utf-8');
  }
  const coding = headers['content-encoding'];
  if (coding !== undefined && coding !== 'identity') return unsupported('content-encoding', coding, 'identity');
  const announced = headers['content-length'];
  if (announced !== undefined && Number(announced) > LIMITS.bodyBytes) return tooLarge(announced);
  return ok(true);
};

/** All bytes of the body, or a refusal as soon as it is known to be too large. */
export const readBody = (incoming: IncomingMessage): Promise<Result<Uint8Array>> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (result: Result<Uint8Array>): void => {
      incoming.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      resolve(result);
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > LIMITS.bodyBytes) {
        incoming.pause();
        finish(tooLarge(`more than ${LIMITS.bodyBytes}`));
      } else chunks.push(chunk);
    };
    const onEnd = (): void => finish(ok(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    const onClose = (): void =>
      finish(
        refuse({
          code: 'input.malformed',
          message: 'The connection ended before the whole body had arrived.',
          next: 'Send the request again.',
          field: 'body',
        }),
      );
    incoming.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
  });

/** The JSON value of bytes, or a refusal naming the offset at which they stop being UTF-8 or JSON. */
export const parseJson = (bytes: Uint8Array): Result<unknown> => {
  if (bytes.length === 0) {
    return refuse({ code: 'input.empty', message: 'The body is empty.', next: 'Send a JSON object.', field: 'body' });
  }
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    return refuse({
      code: 'input.malformed',
      message: 'The body is not UTF-8.',
      next: 'Encode the JSON text as UTF-8.',
      field: 'body',
    });
  }
  try {
    return ok(JSON.parse(text));
  } catch {
    const offset = jsonErrorOffset(text);
    const near = text.slice(Math.max(0, offset - 10), offset + 10);
    const what = offset >= text.length ? 'ends too early' : 'is not JSON';
    return refuse({
      code: 'input.malformed',
      message: `The body ${what} at offset ${offset}, near ${JSON.stringify(near)}.`,
      next: 'Correct the JSON at that place.',
      field: 'body',
      value: show(near),
      limit: `offset ${offset}`,
    });
  }
};
