/** Where a page of a feed that is listed backwards begins. */
import { type Result, refuse } from '@surety/core';

/** The position that a list gave out, never after `head`; `head` itself without a cursor. */
export const cursorIn = (cursor: string | undefined, head: number): Result<number> => {
  const from = cursor === undefined ? head : Number(cursor);
  if (Number.isSafeInteger(from) && from >= 0) return { ok: true, value: Math.min(from, head) };
  return refuse({
    code: 'input.malformed',
    message: 'The cursor is none that a list gave out.',
    next: 'Leave it out to start from the newest.',
    field: 'cursor',
    value: cursor ?? '',
  });
};
