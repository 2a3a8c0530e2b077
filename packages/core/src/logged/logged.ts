/** Commitments of a log as a file: their leaves, where each stands, and the one checkpoint that covers them all. */
import { fromUtf8 } from '../bytes.ts';
import { type Result, refuse, show } from '../errors.ts';
import * as s from '../shape.ts';
import { LOGGED_MAX } from './leaf.ts';

export type LoggedEntry = {
  /** 32 bytes, hex. */
  readonly commitment: string;
  /** Unix seconds, as in its leaf. */
  readonly at: number;
  readonly index: number;
  /** Hashes in base64. */
  readonly inclusion: readonly string[];
};

export type Logged = {
  readonly type: 'surety/logged/v1';
  /** One for all: places in two trees would say nothing of their order. */
  readonly checkpoint: string;
  readonly entries: readonly LoggedEntry[];
};

export const LOGGED_MAX_BYTES = 131_072;

const loggedShape: s.Shape<Logged> = s.object({
  type: s.literal('surety/logged/v1'),
  checkpoint: s.text({ min: 1, max: 16_384 }),
  entries: s.list(
    s.object({
      commitment: s.hex(32),
      at: s.unixSeconds,
      index: s.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      inclusion: s.list(s.text({ max: 44, form: /^[A-Za-z0-9+/]{43}=$/, called: '32 bytes in base64' }), { max: 64 }),
    }),
    { max: LOGGED_MAX },
  ),
});

/** Logged commitments from plain data: every field known, and nothing verified. */
export const readLogged = (value: unknown): Result<Logged> => loggedShape(value, '');

/** Logged commitments from the bytes of their file, in any JSON layout. */
export const parseLogged = (bytes: Uint8Array): Result<Logged> => {
  const next = 'Name a file that "surety train prove --log" wrote.';
  if (bytes.length > LOGGED_MAX_BYTES) {
    const message = `The file of logged commitments has ${bytes.length} bytes.`;
    return refuse({ code: 'input.too-large', message, next, field: '', limit: `${LOGGED_MAX_BYTES} bytes` });
  }
  const text = fromUtf8(bytes, 'The file of logged commitments');
  if (!text.ok) return text;
  let value: unknown;
  try {
    value = JSON.parse(text.value);
  } catch (error) {
    const message = `The file of logged commitments is not JSON: ${show(error instanceof Error ? error.message : error)}.`;
    return refuse({ code: 'input.malformed', message, next, field: '' });
  }
  return readLogged(value);
};
