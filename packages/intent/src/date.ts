/** The day in "by 31 March 2027": the last second of it, UTC. */
import { ok, type Result, refuse } from '@surety/core';
import { LIMITS } from './limits.ts';

const DAY = 86_400;
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const UNITS: { readonly [unit: string]: number } = {
  minute: 60,
  hour: 3_600,
  day: DAY,
  week: 7 * DAY,
  month: 30 * DAY,
  year: 365 * DAY,
};

const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const LEAD = '\\b(by|before|until|till|on or before|no later than|within|in|on|during|this|next|at)\\s+(?:the\\s+)?';

/** Last second of a UTC day, or `null` where the calendar has no such day. Months count from 1. */
const endOfDay = (year: number, month: number, day: number): number | null => {
  const time = Date.UTC(year, month - 1, day);
  const date = new Date(time);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? time / 1000 + DAY - 1 : null;
};
const endOfMonth = (year: number, month: number): number => Date.UTC(year, month, 1) / 1000 - 1;
const monthOf = (name: string): number =>
  MONTHS.findIndex((month) => month.startsWith(name.toLowerCase().slice(0, 3))) + 1;
const endOfMinute = (time: number): number => time - (time % 60) + 59;
const startOfDay = (now: number): number => now - (now % DAY);
const yearOf = (now: number): number => new Date(now * 1000).getUTCFullYear();
const daysUntil = (weekday: number, now: number): number => (weekday - new Date(now * 1000).getUTCDay() + 7) % 7;
/** Weeks end on Sunday. */
const endOfWeek = (now: number): number => startOfDay(now) + daysUntil(0, now) * DAY + DAY - 1;
/** "by Friday" on a Friday means the next one. */
const endOfWeekday = (name: string, now: number): number =>
  startOfDay(now) + (daysUntil(WEEKDAYS.indexOf(name.toLowerCase()), now) || 7) * DAY + DAY - 1;
/** A day or month without a year: the next such one. */
const nextSuch = (month: number, day: string | undefined, now: number): number | null => {
  const at = (year: number): number | null =>
    day === undefined ? endOfMonth(year, month) : endOfDay(year, month, Number(day));
  const first = at(yearOf(now));
  return first !== null && first <= now ? at(yearOf(now) + 1) : first;
};

type Rule = {
  readonly pattern: RegExp;
  readonly read: (groups: readonly string[], now: number) => number | 'ambiguous' | null;
};

const RULES: readonly Rule[] = [
  {
    pattern: /\b(\d{4}-\d{2}-\d{2}) (\d{2}):(\d{2}) UTC\b/,
    read: ([day, hour, minute]) => {
      const start = Date.parse(`${day}T${hour}:${minute}:00Z`);
      return Number.isNaN(start) ? null : start / 1000 + 59;
    },
  },
  { pattern: /\b(\d{4})-(\d{2})-(\d{2})\b/, read: ([y, m, d]) => endOfDay(Number(y), Number(m), Number(d)) },
  { pattern: /\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b/, read: () => 'ambiguous' },
  {
    pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH},?\\s+(\\d{4})\\b`, 'i'),
    read: ([d, m, y]) => endOfDay(Number(y), monthOf(m!), Number(d)),
  },
  {
    pattern: new RegExp(`\\b${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`, 'i'),
    read: ([m, d, y]) => endOfDay(Number(y), monthOf(m!), Number(d)),
  },
  { pattern: new RegExp(`\\b${MONTH},?\\s+(\\d{4})\\b`, 'i'), read: ([m, y]) => endOfMonth(Number(y), monthOf(m!)) },
  { pattern: /\bQ([1-4])\s+(\d{4})\b/i, read: ([q, y]) => endOfMonth(Number(y), Number(q) * 3) },
  { pattern: /\b(?:the )?end of (?:the year )?(\d{4})\b/i, read: ([y]) => endOfDay(Number(y), 12, 31) },
  { pattern: /\b(?:end of (?:the|this) year|this year)\b/i, read: (_g, now) => endOfDay(yearOf(now), 12, 31) },
  {
    pattern: /\b(?:end of (?:the|this) month|this month)\b/i,
    read: (_g, now) => endOfMonth(yearOf(now), new Date(now * 1000).getUTCMonth() + 1),
  },
  { pattern: /\b(?:before|until|till)\s+(\d{4})\b/i, read: ([y]) => Date.UTC(Number(y), 0, 1) / 1000 - 1 },
  { pattern: /\b(?:in|during)\s+(\d{4})\b/i, read: ([y]) => endOfDay(Number(y), 12, 31) },
  { pattern: /\bby\s+(\d{4})\b/i, read: () => 'ambiguous' },
  {
    pattern: /\b(?:in|within)\s+(?:the next\s+)?(\d{1,4}|an?|one)\s+(minute|hour|day|week|month|year)s?\b/i,
    read: ([n, unit], now) => endOfMinute(now + (Number(n) || 1) * UNITS[unit!.toLowerCase()]!),
  },
  { pattern: /\btomorrow\b/i, read: (_g, now) => startOfDay(now) + 2 * DAY - 1 },
  { pattern: /\b(?:today|tonight)\b/i, read: (_g, now) => startOfDay(now) + DAY - 1 },
  { pattern: /\b(?:this|the) week\b/i, read: (_g, now) => endOfWeek(now) },
  { pattern: /\bnext week\b/i, read: (_g, now) => endOfWeek(now) + 7 * DAY },
  {
    pattern: /\b(?:by|before|until|on)\s+(?:next\s+)?(sunday|monday|tuesday|wednesday|thursday|friday|saturday)\b/i,
    read: ([name], now) => endOfWeekday(name!, now),
  },
  {
    pattern: new RegExp(`${LEAD}(?:end of\\s+)?${MONTH}(?:\\s+(\\d{1,2})(?:st|nd|rd|th)?)?(?=[\\s?.!,]|$)`, 'i'),
    read: ([, m, d], now) => nextSuch(monthOf(m!), d, now),
  },
];

const DATE_NEXT = 'Write the day as year-month-day, for example "by 2027-03-31".';

/**
 * The deadline that a statement names, in Unix seconds UTC. Dates without a year mean the next such day.
 *
 * @param now Unix seconds
 * @returns refused with `intent.no-deadline`, `intent.ambiguous-date`, `intent.past-deadline` or `input.out-of-range`
 */
export const deadlineOf = (text: string, now: number): Result<{ readonly at: number; readonly words: string }> => {
  for (const { pattern, read } of RULES) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const words = match[0];
    const at = read(match.slice(1), now);
    const field = 'question';
    if (at === 'ambiguous')
      return refuse({
        code: 'intent.ambiguous-date',
        message: `"${words}" can be read in more than one way.`,
        next: DATE_NEXT,
        field,
        value: words,
      });
    if (at === null)
      return refuse({
        code: 'intent.ambiguous-date',
        message: `The calendar has no "${words}".`,
        next: DATE_NEXT,
        field,
        value: words,
      });
    if (at <= now)
      return refuse({
        code: 'intent.past-deadline',
        message: `"${words}" has already passed.`,
        next: 'Ask about a day to come.',
        field,
        value: words,
      });
    if (at > now + LIMITS.horizonSeconds) {
      const limit = 'five years from now';
      return refuse({
        code: 'input.out-of-range',
        message: `"${words}" is more than five years away.`,
        next: 'Ask about a nearer day.',
        field,
        value: words,
        limit,
      });
    }
    return ok({ at, words });
  }
  return refuse({
    code: 'intent.no-deadline',
    message: 'The forecast names no day by which it is decided.',
    next: DATE_NEXT,
    field: 'question',
  });
};
