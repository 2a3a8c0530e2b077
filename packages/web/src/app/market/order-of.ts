import type { WireOrder } from '@surety/sdk/page';
import { parseDollars } from '../../ui/amount.ts';

export type Mode = 'spend' | 'move';

type Form = {
  /** Prices now, parts per million. */
  readonly prices: readonly number[];
  readonly outcome: number;
  readonly mode: Mode;
  /** Dollars as typed. */
  readonly amount: string;
  /** Percent as typed. */
  readonly target: string;
};

export type Wanted =
  | { readonly kind: 'order'; readonly order: WireOrder }
  | { readonly kind: 'invalid'; readonly message: string };

const LEAST_MICRO_USD = 1_000n;
const MOST_MICRO_USD = 100_000_000n;

const spend = ({ outcome, amount }: Form): Wanted => {
  const amountMicroUsd = parseDollars(amount);
  if (amountMicroUsd === null)
    return { kind: 'invalid', message: 'Type an amount like 1.50, with at most six decimals.' };
  if (amountMicroUsd < LEAST_MICRO_USD || amountMicroUsd > MOST_MICRO_USD) {
    return { kind: 'invalid', message: 'Here an order is from $0.001 to $100.' };
  }
  return { kind: 'order', order: { kind: 'spend', outcome, amountMicroUsd: amountMicroUsd.toString() } };
};

const move = ({ prices, outcome, target }: Form): Wanted => {
  const match = /^(\d{1,2})(?:[.,](\d{1,2}))?\s*%?$/.exec(target.trim());
  const probabilityPpm = match === null ? 0 : Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(2, '0')) * 100;
  if (probabilityPpm < 10_000 || probabilityPpm > 990_000)
    return { kind: 'invalid', message: 'Type a probability from 1 to 99 percent.' };
  if (probabilityPpm <= (prices[outcome] ?? 0)) {
    return {
      kind: 'invalid',
      message: 'The price is already there or above. Choose the other answer to move it down.',
    };
  }
  return { kind: 'order', order: { kind: 'to-probability', outcome, probabilityPpm } };
};

/** The order that the form describes, or what is wrong with it in one sentence. */
export const orderOf = (form: Form): Wanted => (form.mode === 'spend' ? spend(form) : move(form));
