/**
 * Money. Inside Surety an amount is a bigint of micro-USD (6 decimals, the base unit of the dollar token); in
 * canonical JSON it is the same number as a decimal string. No floats anywhere.
 */
import { ok, type Problem, type Result, refuse, show } from './errors.ts';

export const MICRO_USD_PER_USD = 1_000_000n;
const MICRO_USD_PER_CENT = 10_000n;

/** Largest amount any field takes: contracts hold amounts in a uint128. */
export const MAX_AMOUNT = (1n << 128n) - 1n;

const WHOLE = /^(?:0|[1-9][0-9]{0,38})$/;
const SIGNED = /^(?:0|-?[1-9][0-9]{0,38})$/;
const DOLLARS = /^(-?)\$?(0|[1-9][0-9]{0,32})(?:\.([0-9]+))?$/;

const LIMIT = `0 .. ${MAX_AMOUNT}`;

const refusal = (
  code: Problem['code'],
  field: string,
  text: unknown,
  what: string,
  next: string,
  limit = LIMIT,
): Problem => ({ code, message: `${field} ${what}.`, next, field, value: show(text), limit });

const inRange = (amount: bigint, field: string, text: string, limit = LIMIT): Result<bigint> =>
  amount <= MAX_AMOUNT && amount >= -MAX_AMOUNT
    ? ok(amount)
    : refuse(refusal('input.out-of-range', field, text, 'is too large', 'Send a smaller amount.', limit));

const refuseForm = (text: string, field: string): Result<never> => {
  if (/^-[0-9]/.test(text)) {
    return refuse(refusal('amount.negative', field, text, 'is below zero', 'Send zero or more.'));
  }
  if (/^[0-9]+\.[0-9]*$|^[0-9.]+[eE]/.test(text)) {
    const next = 'Send whole base units (1 USD = 1000000) without fraction or exponent.';
    return refuse(refusal('amount.not-integer', field, text, 'is not a whole number of base units', next));
  }
  const next = 'Send decimal digits without leading zeros, sign, spaces or separators.';
  return refuse(refusal('input.malformed', field, text, 'is not an amount', next));
};

/** Base units (micro-USD, micro-shares) of the canonical decimal string: `0` or digits without a leading zero. */
export const parseAmount = (text: string, field = 'amount'): Result<bigint> =>
  WHOLE.test(text) ? inRange(BigInt(text), field, text) : refuseForm(text, field);

/** As {@link parseAmount}, but `-` may precede a number other than zero. */
export const parseSignedAmount = (text: string, field = 'amount'): Result<bigint> =>
  SIGNED.test(text) ? inRange(BigInt(text), field, text) : refuseForm(text.replace(/^-/, ''), field);

/** Dollars for people, exact: two to six decimals, e.g. `$0.05`, `-$1.234567`. */
export const formatDollars = (microUsd: bigint): string => {
  const size = microUsd < 0n ? -microUsd : microUsd;
  const decimals = (size % MICRO_USD_PER_USD)
    .toString()
    .padStart(6, '0')
    .replace(/0{1,4}$/, '');
  return `${microUsd < 0n ? '-' : ''}$${size / MICRO_USD_PER_USD}.${decimals}`;
};

/**
 * What somebody has to pay or to lock, for people: whole cents, rounded up so that it is never more than was said; `under
 * $0.01` below that.
 * @param microUsd zero or more
 */
export const formatCents = (microUsd: bigint): string =>
  microUsd > 0n && microUsd < MICRO_USD_PER_CENT ? 'under $0.01' : formatDollars(wholeCents(microUsd));

/** Up to whole cents; zero or more. */
export const wholeCents = (microUsd: bigint): bigint =>
  ((microUsd + MICRO_USD_PER_CENT - 1n) / MICRO_USD_PER_CENT) * MICRO_USD_PER_CENT;

const DOLLAR_LIMIT = `$0 .. ${formatDollars(MAX_AMOUNT)}`;

/**
 * Micro-USD of dollars as people type them: `0.05`, `$5`, `12.50`. Exact: a fraction below one base unit is refused,
 * never rounded.
 */
export const parseDollars = (text: string, field = 'amount'): Result<bigint> => {
  const refused = (code: Problem['code'], what: string, next: string) =>
    refuse(refusal(code, field, text, what, next, DOLLAR_LIMIT));
  const match = DOLLARS.exec(text.trim());
  if (match === null) return refused('input.malformed', 'is not an amount in dollars', 'Write it like 0.05 or $5.');
  const [, sign, whole, fraction = ''] = match;
  if (sign === '-') return refused('amount.negative', 'is below zero', 'Send zero or more.');
  if (/[1-9]/.test(fraction.slice(6))) {
    const next = 'Use at most six decimals: one base unit is $0.000001.';
    return refused('amount.not-integer', 'is finer than one base unit', next);
  }
  const micro = BigInt(whole!) * MICRO_USD_PER_USD + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
  return inRange(micro, field, text, DOLLAR_LIMIT);
};
