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

export type ChainState = {
  /** The newest intents in the order in which they must be there; older ones are final and were built upon. */
  readonly intents: readonly Intended[];
  /** Deposits up to this id are credited. */
  readonly creditedThrough: string;
  readonly commitment: string;
  readonly rootNumber: number;
  /** Leaves of the newest root. */
  readonly leaves: readonly LeafJson[];
};

export type ChainEvent =
  | { readonly kind: 'intended'; readonly id: string; readonly intent: IntentJson }
  | {
      readonly kind: 'root';
      readonly id: string;
      readonly intent: IntentJson;
      readonly number: number;
      readonly leaves: readonly LeafJson[];
    }
  | { readonly kind: 'final'; readonly id: string }
  | { readonly kind: 'credited'; readonly throughId: string; readonly commitment: string };

/** Intents that are looked after: as many as a chain could plausibly be rewound by. */
export const INTENTS_KEPT = 128;

const ZERO_32 = `0x${'00'.repeat(32)}`;

const refusal = (message: string, field: string) =>
  ({
    kind: 'refused',
    problem: { code: 'chain.lost', message, next: 'Nothing needs to be done: it was recorded before.', field },
  }) as const;

const withIntent = (state: ChainState, id: string, intent: IntentJson): ChainState => ({
  ...state,
  intents: [...state.intents.slice(1 - INTENTS_KEPT), { id, intent, final: false }],
});

export const chainGame: Game<ChainState, ChainEvent, Effect> = {
  name: 'chain',
  initial: () => ({ intents: [], creditedThrough: '0', commitment: ZERO_32, rootNumber: 0, leaves: [] }),
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
          state: { ...withIntent(state, event.id, event.intent), rootNumber: event.number, leaves: event.leaves },
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
