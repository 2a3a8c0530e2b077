/**
 * What the operator wants of the chain, as a game: intents journalled before they are sent, deposits credited, balance
 * roots with their leaves. The chain may be rewound; this stream is what it is brought back to. Pure.
 */
import type { IntentJson } from '@surety/chain';
import type { Json } from '@surety/core';
import type { Effect, Game } from '../journal/game.ts';

export const CHAIN_STREAM = 'chain:operator';

/** A leaf of a balance root with amounts as decimal strings. */
export type LeafJson = {
  readonly account: string;
  readonly authorised: string;
  readonly withdrawn: string;
  readonly cash: string;
  readonly positions: string;
};

export type Intended = { readonly id: string; readonly intent: IntentJson; readonly final: boolean };

/** A journalled balance root: its number and what it says of everybody. */
export type RootLeaves = { readonly number: number; readonly leaves: readonly LeafJson[] };

/** An authorised withdrawal that a root allows: the intent that pays it once that root is old enough. */
export type Payout = { readonly account: string; readonly number: number; readonly intent: IntentJson };

export type ChainState = {
  /** The newest intents in the order in which they must be there; older ones are final and were built upon. */
  readonly intents: readonly Intended[];
  /** Deposits up to this id are credited. */
  readonly creditedThrough: string;
  readonly commitment: string;
  readonly rootNumber: number;
  /** The newest roots, newest last: the one before stays the chain's until the newest has arrived there. */
  readonly roots: readonly RootLeaves[];
  /** The first root to allow each account what it is still owed; a newer one would be too young to pay from for longer. */
  readonly payouts: readonly Payout[];
  /** What each account was paid on chain, as far as that is final, micro-USD. */
  readonly paid: { readonly [account: string]: string };
};

export type ChainEvent =
  | { readonly kind: 'intended'; readonly id: string; readonly intent: IntentJson }
  | {
      readonly kind: 'root';
      readonly id: string;
      readonly intent: IntentJson;
      readonly number: number;
      readonly leaves: readonly LeafJson[];
      readonly payouts: readonly Payout[];
    }
  /** The contract refuses the newest root for good: its number is free again. */
  | { readonly kind: 'abandoned'; readonly number: number }
  /** A payout is final; `total` is all that the account was ever paid. */
  | { readonly kind: 'paid'; readonly account: string; readonly total: string }
  | { readonly kind: 'final'; readonly id: string }
  | { readonly kind: 'credited'; readonly throughId: string; readonly commitment: string };

/** Intents that are looked after: as many as a chain could plausibly be rewound by. */
export const INTENTS_KEPT = 128;

const ROOTS_KEPT = 2;

const ZERO_32 = `0x${'00'.repeat(32)}`;

const refusal = (message: string, field: string) =>
  ({
    kind: 'refused',
    problem: { code: 'chain.lost', message, next: 'Nothing needs to be done: it was recorded before.', field },
  }) as const;

const withIntent = (state: ChainState, id: string, intent: IntentJson): ChainState => {
  const spare = state.intents.length - INTENTS_KEPT + 1;
  // Only what is final may be forgotten.
  const kept = state.intents.filter(({ final }, index) => index >= spare || !final);
  return { ...state, intents: [...kept, { id, intent, final: false }] };
};

const initialChain: ChainState = {
  intents: [],
  creditedThrough: '0',
  commitment: ZERO_32,
  rootNumber: 0,
  roots: [],
  payouts: [],
  paid: {},
};

export const chainGame: Game<ChainState, ChainEvent, Effect> = {
  name: 'chain',
  initial: () => initialChain,
  step: (state, event) => {
    switch (event.kind) {
      case 'intended':
        if (state.intents.some(({ id }) => id === event.id))
          return refusal(`Intent ${event.id} is journalled already.`, 'id');
        return { kind: 'accepted', state: withIntent(state, event.id, event.intent), effects: [] };
      case 'root':
        if (event.number !== state.rootNumber + 1)
          return refusal(`Root ${event.number} does not follow root ${state.rootNumber}.`, 'number');
        return {
          kind: 'accepted',
          state: {
            ...withIntent(state, event.id, event.intent),
            rootNumber: event.number,
            roots: [...state.roots.slice(1 - ROOTS_KEPT), { number: event.number, leaves: event.leaves }],
            payouts: [...state.payouts, ...event.payouts],
          },
          effects: [],
        };
      case 'abandoned': {
        const id = `root/${event.number}`;
        const intent = state.intents.find((each) => each.id === id);
        if (event.number !== state.rootNumber || intent === undefined || intent.final)
          return refusal(`Root ${event.number} is not the newest, or is final.`, 'number');
        return {
          kind: 'accepted',
          state: {
            ...state,
            intents: state.intents.filter((each) => each !== intent),
            rootNumber: event.number - 1,
            roots: state.roots.filter(({ number }) => number !== event.number),
            payouts: state.payouts.filter(({ number }) => number !== event.number),
          },
          effects: [],
        };
      }
      case 'paid':
        if (!state.payouts.some(({ account }) => account === event.account))
          return refusal(`Nothing is to be paid to ${event.account}.`, 'account');
        return {
          kind: 'accepted',
          state: {
            ...state,
            payouts: state.payouts.filter(({ account }) => account !== event.account),
            paid: { ...state.paid, [event.account]: event.total },
          },
          effects: [],
        };
      case 'final':
        return {
          kind: 'accepted',
          state: {
            ...state,
            intents: state.intents.map((each) => (each.id === event.id ? { ...each, final: true } : each)),
          },
          effects: [],
        };
      case 'credited':
        if (BigInt(event.throughId) <= BigInt(state.creditedThrough))
          return refusal(`Deposits through ${event.throughId} are credited already.`, 'throughId');
        return {
          kind: 'accepted',
          state: { ...state, creditedThrough: event.throughId, commitment: event.commitment },
          effects: [],
        };
    }
  },
  encodeEvent: (event) => event as unknown as Json,
  decodeEvent: (json) => json as unknown as ChainEvent,
  encodeState: (state) => state as unknown as Json,
  decodeState: (json) => json as unknown as ChainState,
};
