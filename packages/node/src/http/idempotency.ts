/**
 * Idempotent writes at the edge: a key with the same request replays the first answer, with another request it is a
 * conflict. The journal keeps the answers (`journal/idempotency.ts`); here are the key, the digest and the stored form.
 */
import { createHash } from 'node:crypto';
import { ok, type Result, refuse, show } from '@surety/core';

const KEY = /^[A-Za-z0-9_-]{8,64}$/;

/** The key of a write, or why there is none. */
export const readKey = (header: string | undefined): Result<string> => {
  if (header === undefined) {
    return refuse({
      code: 'input.missing-field',
      message: 'Writes need an Idempotency-Key header.',
      next: 'Send a fresh random key with each write, and the same key when you retry it.',
      field: 'Idempotency-Key',
      limit: '8 to 64 of A-Z a-z 0-9 _ -',
    });
  }
  if (KEY.test(header)) return ok(header);
  return refuse({
    code: 'input.malformed',
    message: 'The Idempotency-Key header is not of the stated form.',
    next: 'Use 8 to 64 letters, digits, _ or -, for example 32 hex digits.',
    field: 'Idempotency-Key',
    value: show(header),
    limit: '8 to 64 of A-Z a-z 0-9 _ -',
  });
};

/** Binds a key to what was asked: method, path and body. */
export const requestDigest = (method: string, path: string, body: Uint8Array): string =>
  createHash('sha256').update(`${method} ${path}\n`).update(body).digest('hex');

/** What is kept under a key: status and body of an answer as one text. */
export type Answer = { readonly status: number; readonly body: string };

export const encodeAnswer = ({ status, body }: Answer): string => `${status} ${body}`;

export const decodeAnswer = (text: string): Answer => ({ status: Number(text.slice(0, 3)), body: text.slice(4) });
