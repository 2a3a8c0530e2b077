/** `--reveal-by`: a day, a moment, or a time from now. */
import { ok, type Result, refuse } from '@surety/sdk/base';
import { MODEL_LIMITS } from '@surety/sdk/models';

const UNITS: { readonly [unit: string]: number } = { s: 1, m: 60, h: 3_600, d: 86_400 };
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?Z$/;
const WAIT = /^(\d{1,6})([smhd])$/;

/** The last second of a day in UTC, a moment in UTC, or a wait: unix seconds, NaN for anything else. */
const secondsOf = (text: string, now: number): number => {
  if (DAY.test(text)) return Date.parse(`${text}T23:59:59Z`) / 1_000;
  if (MOMENT.test(text)) return Date.parse(text) / 1_000;
  const wait = WAIT.exec(text);
  return wait === null ? Number.NaN : now + Number(wait[1]) * UNITS[wait[2]!]!;
};

/** Why the moment cannot be the date of a reveal, or null. */
const objection = (text: string, at: number, now: number): string | null => {
  if (!Number.isSafeInteger(at)) return `--reveal-by "${text}" is no date.`;
  if (at <= now) return `--reveal-by ${text} is past.`;
  return at > now + MODEL_LIMITS.revealSeconds ? `--reveal-by ${text} is more than five years ahead.` : null;
};

/** Unix seconds ahead of `now`, within what a publication may put off. */
export const parseRevealDate = (text: string, now: number): Result<number> => {
  const at = secondsOf(text.trim(), now);
  const message = objection(text, at, now);
  if (message === null) return ok(at);
  return refuse({
    code: 'publication.past-date',
    message,
    next: 'Write a day ahead like 2027-01-31 (to its end in UTC), a moment like 2027-01-31T12:00Z, or a wait like 30d.',
    field: '--reveal-by',
    value: text,
    limit: 'after now, within five years',
  });
};
