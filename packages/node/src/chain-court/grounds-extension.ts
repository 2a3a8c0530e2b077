/**
 * `/v1/court/chain/grounds/<digest>`: the text behind a vote in and out. It needs no account: a text is taken only under its own
 * SHA-256, and only if a vote that was opened at the court rests on it.
 */
import { randomUUID } from 'node:crypto';
import { concatBytes, ERRORS, ok, type Problem, type Result, refuse } from '@surety/core';
import { GROUNDS_LIMITS, isPlainText, readingOf } from '@surety/court';
import { envelopeOf } from '@surety/protocol';
import type { Extension } from '../http/options.ts';
import type { GroundsStore } from './grounds-store.ts';
import type { ChainCourtReader } from './reader.ts';

type Hex = `0x${string}`;

type Parts = { readonly store: GroundsStore; readonly court: Pick<ChainCourtReader, 'restsOn'> };

const refusalOf = (problem: Problem): Response =>
  Response.json(envelopeOf(problem, randomUUID()), {
    status: ERRORS[problem.code].http,
    headers: { 'cache-control': 'no-store' },
  });

const no = (code: Problem['code'], message: string, next: string, value: string): Result<never> =>
  refuse({ code, message, next, field: 'digest', value });

/** The body as text, read no further than to the limit. */
const textOf = async ({ body }: Request): Promise<Result<string>> => {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += piece.length;
    if (bytes > GROUNDS_LIMITS.bytes)
      return refuse({
        code: 'input.too-large',
        message: 'The text is too long.',
        next: 'Send a shorter one.',
        field: 'body',
        limit: `${GROUNDS_LIMITS.bytes} bytes`,
      });
    pieces.push(piece);
  }
  const text = new TextDecoder().decode(concatBytes(...pieces));
  if (isPlainText(text)) return ok(text);
  return refuse({
    code: 'input.malformed',
    message: 'The text is empty, or has characters that cannot be shown as they are.',
    next: 'Send plain text in UTF-8, without control characters.',
    field: 'body',
  });
};

const put = async ({ store, court }: Parts, reading: Hex, request: Request): Promise<Result<string>> => {
  const text = await textOf(request);
  if (!text.ok) return text;
  const digest = readingOf(text.value);
  if (digest !== reading)
    return no('file.other-id', `The text has the digest ${digest}.`, 'Send it under that.', reading);
  const rests = await court.restsOn(reading);
  if (!rests.ok) return rests;
  const next = 'Send it once the vote is opened.';
  if (!rests.value) return no('court.not-seated', 'No opened vote at the court rests on this text.', next, reading);
  store.keep(text.value);
  return text;
};

const get = async ({ store }: Parts, reading: Hex): Promise<Result<string>> => {
  const text = await store.find(reading);
  return text === null ? no('file.unknown', 'This text is not stored here.', 'Ask who voted.', reading) : ok(text);
};

export const groundsExtension = (parts: Parts): Extension => ({
  path: '/v1/court/chain/grounds/:digest',
  handle: async (request) => {
    const digest = new URL(request.url).pathname.split('/').at(-1) ?? '';
    if (!/^0x[0-9a-f]{64}$/.test(digest)) {
      const next = 'Take it from the seat whose vote was opened.';
      const bad = no(
        'input.malformed',
        'The digest is not 0x and 32 bytes of lower-case hex.',
        next,
        digest.slice(0, 80),
      );
      return refusalOf((bad as { readonly problem: Problem }).problem);
    }
    const { method } = request;
    if (method !== 'GET' && method !== 'PUT')
      return refusalOf({
        code: 'http.method-not-allowed',
        message: `${method} is not a method of this path.`,
        next: 'Use GET or PUT.',
        field: 'method',
        value: method,
        limit: 'GET | PUT',
      });
    const done = await (method === 'GET' ? get(parts, digest as Hex) : put(parts, digest as Hex, request));
    if (!done.ok) return refusalOf(done.problem);
    return new Response(done.value, {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    });
  },
  close: async () => undefined,
});
