/** Publications in words for people. */
import type { ModelVersion } from '@surety/sdk';

/** A moment as `2027-01-31 23:59 UTC`. */
export const utcMinute = (at: number): string =>
  `${new Date(at * 1_000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Where a version stands. */
export const statusWords = ({ status, revealBy, revealedAt }: ModelVersion): string => {
  switch (status) {
    case 'open':
      return 'open';
    case 'hidden':
      return `hidden until ${utcMinute(revealBy ?? 0)}`;
    case 'revealed':
      return `revealed ${utcMinute(revealedAt ?? 0)}`;
    case 'overdue':
      return `OVERDUE since ${utcMinute(revealBy ?? 0)}, bond burnt`;
    case 'revealed-late':
      return `revealed late ${utcMinute(revealedAt ?? 0)}, bond burnt`;
  }
};

/** A real number with four significant digits. */
export const significant = (text: string): string => {
  const value = Number(text);
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : text;
};

type Drift = NonNullable<ModelVersion['drift']>['result'];

/** How answers moved, in one line. */
export const driftWords = (drift: Drift): string => {
  if (drift.kind === 'not-comparable') return `not comparable: ${drift.reason}`;
  const choice =
    drift.argmaxChanged === null
      ? 'no classes'
      : `${drift.argmaxChanged} of ${drift.probes} choices changed (${((100 * drift.argmaxChanged) / drift.probes).toFixed(1)} %)`;
  const clamped = drift.clamped === 0 ? '' : `, ${drift.clamped} input values clamped`;
  return `${choice}, mean |Δ| ${significant(drift.meanAbsolute)}, max ${significant(drift.maxAbsolute)}${clamped}`;
};
