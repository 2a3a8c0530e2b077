/** A toy game for tests: purses that never go below zero; a transfer is one transaction over two of them. */
import type { Json, Problem } from '@surety/core';
import type { Game } from './game.ts';
import type { Move } from './host.ts';

export type Purse = { readonly balance: bigint; readonly events: number };
export type PurseEvent = {
  readonly kind: 'change';
  readonly by: bigint;
  readonly ping: boolean;
  readonly note: string;
};
export type Ping = { readonly kind: 'ping'; readonly balance: bigint };

const tooLittle = (purse: Purse, event: PurseEvent): Problem => ({
  code: 'input.out-of-range',
  message: `The purse holds ${purse.balance}.`,
  next: 'Take less.',
  field: 'by',
  value: event.by.toString(),
});

export const purse: Game<Purse, PurseEvent, Ping> = {
  name: 'purse',
  initial: () => ({ balance: 0n, events: 0 }),
  step: (state, event) => {
    const balance = state.balance + event.by;
    if (balance < 0n) return { kind: 'refused', problem: tooLittle(state, event) };
    const effects: readonly Ping[] = event.ping ? [{ kind: 'ping', balance }] : [];
    return { kind: 'accepted', state: { balance, events: state.events + 1 }, effects, output: { balance } };
  },
  // Other changes stand for deposits and withdrawals.
  inflow: (_, event) => (event.note.startsWith('transfer') ? event.by : 0n),
  encodeEvent: (event) => ({ kind: event.kind, by: event.by.toString(), note: event.note, ping: event.ping }),
  decodeEvent: (json) => {
    const { by, ping, note } = json as { by: string; ping: boolean; note: string };
    return { kind: 'change', by: BigInt(by), ping, note };
  },
  record: (encoded, output) => ({
    ...(encoded as { readonly [key: string]: Json }),
    balance: (output as { balance: bigint }).balance.toString(),
  }),
  encodeState: (state) => ({ balance: state.balance.toString(), events: state.events }),
  decodeState: (json) => {
    const { balance, events } = json as { balance: string; events: number };
    return { balance: BigInt(balance), events };
  },
};

export const change = (
  id: string,
  by: bigint,
  options: { readonly ping?: boolean; readonly note?: string } = {},
): Move => ({
  stream: `purse:${id}`,
  event: { kind: 'change', by, ping: options.ping ?? false, note: options.note ?? '' } satisfies PurseEvent,
});

export const transfer = (
  from: string,
  to: string,
  amount: bigint,
  options: { readonly ping?: boolean; readonly note?: string } = {},
): readonly Move[] => [change(from, -amount, options), change(to, amount, { ...options, ping: false })];
