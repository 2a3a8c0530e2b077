/** Times for people. All inputs are unix seconds. */

/** How long until (or since), as a clock: `8:12`, `2:03:10`, `3 d 4 h`. Negative counts as zero. */
export const countdown = (seconds: number): string => {
  const left = Math.max(0, Math.floor(seconds));
  if (left >= 172_800) return `${Math.floor(left / 86_400)} d ${Math.floor((left % 86_400) / 3_600)} h`;
  const two = (value: number): string => value.toString().padStart(2, '0');
  const minutes = Math.floor(left / 60) % 60;
  return left >= 3_600
    ? `${Math.floor(left / 3_600)}:${two(minutes)}:${two(left % 60)}`
    : `${minutes}:${two(left % 60)}`;
};

/** `just now`, `12 s ago`, `5 min ago`, `3 h ago`, `2 d ago`. */
export const ago = (at: number, now: number): string => {
  const past = Math.floor(now - at);
  if (past < 5) return 'just now';
  if (past < 60) return `${past} s ago`;
  if (past < 3_600) return `${Math.floor(past / 60)} min ago`;
  if (past < 86_400) return `${Math.floor(past / 3_600)} h ago`;
  return `${Math.floor(past / 86_400)} d ago`;
};

/** A moment in the reader's own time zone, to the minute. */
export const moment = (at: number): string =>
  new Date(at * 1000).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Seconds as words for a reading: `10 minutes`, `1 hour`, `2 days`. */
export const span = (seconds: number): string => {
  const of = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (seconds < 120) return of(Math.max(0, Math.round(seconds)), 'second');
  if (seconds < 3_600) return of(Math.round(seconds / 60), 'minute');
  if (seconds < 172_800) return of(Math.round(seconds / 3_600), 'hour');
  return of(Math.round(seconds / 86_400), 'day');
};
