/** Whether terms that somebody wants are among those that an Arbiter takes: said before anything is run or paid. */
import type { DeployedTerms, SecondsRange } from '@surety/chain';
import { formatDollars, ok, type Result, refuse } from '@surety/core';

export type WantedTerms = {
  /** `null` where the planner is to say. */
  readonly bondMicroUsd: bigint | null;
  readonly windowSeconds: number | null;
  readonly clockSeconds: number | null;
};

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
] as const;

/** Seconds as options are written: `10m`, `7d`, `75s`. */
const written = (seconds: number): string => {
  const [unit, size] = UNITS.find(([, length]) => seconds % length === 0 && seconds >= length) ?? ['s', 1];
  return `${seconds / size}${unit}`;
};

const checkSeconds = (
  field: string,
  what: string,
  wanted: number | null,
  { leastSeconds, mostSeconds }: SecondsRange,
): Result<void> => {
  if (wanted === null || (wanted >= leastSeconds && wanted <= mostSeconds)) return ok(undefined);
  const limit = `${written(leastSeconds)} .. ${written(mostSeconds)}`;
  return refuse({
    code: 'input.out-of-range',
    message: `${what} of ${written(wanted)} is outside of what the Arbiter takes.`,
    next: `Give ${field} from ${written(leastSeconds)} to ${written(mostSeconds)}.`,
    field,
    value: written(wanted),
    limit,
  });
};

/** `input.out-of-range` with the limit of this Arbiter; the fields are options of `surety run`. */
export const checkTerms = (
  wanted: WantedTerms,
  terms: Pick<DeployedTerms, 'leastBondMicroUsd' | 'window' | 'clock'>,
) => {
  const { bondMicroUsd, windowSeconds, clockSeconds } = wanted;
  const least = terms.leastBondMicroUsd;
  if (bondMicroUsd !== null && bondMicroUsd < least)
    return refuse({
      code: 'input.out-of-range',
      message: `A bond of ${formatDollars(bondMicroUsd)} is less than the Arbiter takes.`,
      next: `Give --bond ${formatDollars(least)} or more.`,
      field: '--bond',
      value: formatDollars(bondMicroUsd),
      limit: `${formatDollars(least)} ..`,
    });
  const window = checkSeconds('--window', 'A window', windowSeconds, terms.window);
  return window.ok ? checkSeconds('--clock', 'A clock', clockSeconds, terms.clock) : window;
};
