/** Where a reader stands: `markets@12,market:ab…@7`, the form of SSE ids and of the `after` parameter. */
import { ok, type Result, refuse, show } from '@surety/core';
import { LIMITS, streamName } from '@surety/protocol';

export type Cursor = Map<string, number>;

export const cursorText = (cursor: Cursor): string => [...cursor].map(([stream, seq]) => `${stream}@${seq}`).join(',');

const bad = (field: string, value: string, limit: string): Result<never> =>
  refuse({
    code: 'input.malformed',
    message: `${field} is '${show(value)}'.`,
    next: `Send ${limit}.`,
    field,
    value: show(value),
    limit,
  });

const PARAMETERS: readonly string[] = ['streams', 'after'];

/** Refuses a parameter that the stream does not know: `?from=12` would otherwise begin somewhere else unnoticed. */
export const checkParameters = (names: readonly string[]): Result<undefined> => {
  const unknown = names.find((name) => !PARAMETERS.includes(name));
  if (unknown === undefined) return ok(undefined);
  return refuse({
    code: 'input.unknown-field',
    message: `${show(unknown)}: the stream knows no such parameter.`,
    next: `Send only: ${PARAMETERS.join(', ')}.`,
    field: show(unknown),
    limit: `only: ${PARAMETERS.join(', ')}`,
  });
};

/** The names in `streams=a,b,c`. */
export const parseStreams = (text: string | undefined): Result<readonly string[]> => {
  if (!text) {
    return refuse({
      code: 'input.missing-field',
      message: 'No stream is named.',
      next: 'Add ?streams=markets, ?streams=market:<marketId> or ?streams=runs.',
      field: 'streams',
    });
  }
  const names = [...new Set(text.split(',', LIMITS.streams + 1))];
  if (names.length > LIMITS.streams) {
    return refuse({
      code: 'input.too-large',
      message: `More than ${LIMITS.streams} streams are named.`,
      next: 'Open a second connection for the rest.',
      field: 'streams',
      limit: `at most ${LIMITS.streams}`,
    });
  }
  const wrong = names.find((name) => !streamName.safeParse(name).success);
  return wrong === undefined ? ok(names) : bad('streams', wrong, 'markets, market:<marketId> or runs');
};

/** `after` as one number for every stream, or as a cursor; empty when absent. */
export const parseCursor = (text: string | undefined, streams: readonly string[]): Result<Cursor> => {
  if (!text) return ok(new Map());
  if (/^[0-9]{1,16}$/.test(text)) {
    const seq = Number(text);
    return Number.isSafeInteger(seq)
      ? ok(new Map(streams.map((stream) => [stream, seq])))
      : bad('after', text, 'a sequence number');
  }
  const cursor: Cursor = new Map();
  for (const part of text.split(',', LIMITS.streams)) {
    const found = /^([a-z0-9:]{1,80})@([0-9]{1,16})$/.exec(part);
    const seq = Number(found?.[2]);
    if (!found || !Number.isSafeInteger(seq)) return bad('after', part, 'a sequence number or <stream>@<seq>,…');
    if (streams.includes(found[1]!)) cursor.set(found[1]!, seq);
  }
  return ok(cursor);
};
