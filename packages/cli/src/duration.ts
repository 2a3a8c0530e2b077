/** `90s`, `10m`, `2h`, `1d` as seconds. */
import { ok, type Result, refuse } from '@surety/sdk/base';

const UNITS: { readonly [unit: string]: number } = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Whole seconds from `5s` to `30d`; a bare number is seconds. */
export const parseDuration = (text: string, field: string): Result<number> => {
  const match = /^(\d{1,7})\s*([smhd]?)$/.exec(text.trim().toLowerCase());
  const seconds = match ? Number(match[1]) * UNITS[match[2] || 's']! : Number.NaN;
  if (seconds >= 5 && seconds <= 30 * 86_400) return ok(seconds);
  return refuse({
    code: 'cli.usage',
    message: `${field} "${text}" is not a time from 5 seconds to 30 days.`,
    next: `Write it like ${field} 10m, 2h or 1d.`,
    field,
    value: text,
    limit: '5s .. 30d',
  });
};

/** Seconds as people say them: `9 min`, `2 h 5 min`. */
export const spoken = (seconds: number): string => {
  if (seconds < 90) return `${Math.max(0, seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
  return `${Math.round(minutes / 1_440)} days`;
};
