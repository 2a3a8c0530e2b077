/** One subscription to notices as the journal keeps it: whose, of which cases, and what was told. Where it goes is kept apart. Pure. */
import type { Json, Problem } from '@surety/core';
import type { NoticeTarget } from '@surety/protocol';
import { decodeNonces, encodeNonces, isSpent, NO_NONCES, type Nonces, replayProblem, spend } from '../engine/nonces.ts';
import type { Effect, Game } from '../journal/game.ts';
import type { Seen } from '../places/places.ts';
import type { Notice } from './due.ts';

export type NoticeKind = NoticeTarget['kind'];

/** The last thing told of each subject, as pairs: subjects are longer than names in canonical JSON may be. */
export type Told = readonly (readonly [subject: string, noticeId: string])[];

export type SubscriptionState = {
  readonly subscriptionId: string;
  /** EIP-55; empty before the first event. */
  readonly account: string;
  readonly kind: NoticeKind;
  /** Cases that are followed, beside those that the account sits in. */
  readonly cases: readonly string[];
  readonly told: Told;
  /** Notices given up in a row. */
  readonly failures: number;
  /** `waiting`: for whoever reads the mailbox to confirm. */
  readonly status: 'none' | 'waiting' | 'active' | 'ended';
  /** Unix seconds of the last time it was set. */
  readonly setAt: number;
  /** Tag of the network that it was last set from, and unix seconds since when its account is known; older ones do not say it. */
  readonly from?: Seen;
  readonly nonces: Nonces;
};

export type SubscriptionEvent =
  /** Made, or made anew: with other cases, or after it had ended. */
  | {
      readonly kind: 'set';
      readonly account: string;
      readonly to: NoticeKind;
      readonly cases: readonly string[];
      /** Where the followed cases stand already. */
      readonly told: Told;
      readonly from?: Seen;
      readonly nonce: string;
      readonly at: number;
    }
  | { readonly kind: 'confirmed'; readonly at: number }
  /** Something is to be told; `told` is all that was told by then of what is still going on. */
  | { readonly kind: 'due'; readonly told: Told; readonly notices: readonly Notice[]; readonly at: number }
  | { readonly kind: 'delivered'; readonly at: number }
  | { readonly kind: 'given-up'; readonly at: number }
  | {
      readonly kind: 'ended';
      readonly why: 'asked' | 'gone' | 'unconfirmed' | 'displaced';
      readonly nonce?: string;
      readonly at: number;
    };

/** A notice to be sent. */
export type NoticeEffect = { readonly kind: 'notice.send'; readonly subscriptionId: string; readonly notice: Notice };
/** A mail to be sent that asks whether notices are wanted. */
export type ConfirmEffect = { readonly kind: 'notice.confirm'; readonly subscriptionId: string };

/** Seconds in which a mailbox can be confirmed. */
export const CONFIRM_SECONDS = 48 * 3_600;

/** Notices given up in a row after which a subscription ends. */
export const MOST_GIVEN_UP = 10;

export const subscriptionStream = (subscriptionId: string): `notices:${string}` => `notices:${subscriptionId}`;

type Stepped =
  | {
      readonly kind: 'accepted';
      readonly state: SubscriptionState;
      readonly effects: readonly (NoticeEffect | ConfirmEffect)[];
    }
  | { readonly kind: 'refused'; readonly problem: Problem };

const accept = (state: SubscriptionState, effects: readonly (NoticeEffect | ConfirmEffect)[] = []): Stepped => ({
  kind: 'accepted',
  state,
  effects,
});

/** The refusal of a subscription that the account does not have. */
export const unknownSubscription = (): Problem => ({
  code: 'notices.unknown',
  message: 'There is no such subscription to notices.',
  next: 'Nothing needs to be done: nothing is sent.',
  field: 'subscriptionId',
});

type Of<K extends SubscriptionEvent['kind']> = Extract<SubscriptionEvent, { kind: K }>;

const set = (state: SubscriptionState, { account, to, cases, told, from, nonce, at }: Of<'set'>): Stepped => {
  const { subscriptionId } = state;
  const nonces = spend(state.nonces, nonce, at);
  const waits = to === 'mail' && state.status !== 'active';
  const status = waits ? 'waiting' : 'active';
  const effects = waits ? [{ kind: 'notice.confirm', subscriptionId } as const] : [];
  const seen = from === undefined ? {} : { from };
  return accept(
    { subscriptionId, account, kind: to, cases, told, failures: 0, status, setAt: at, ...seen, nonces },
    effects,
  );
};

const confirm = (state: SubscriptionState, at: number): Stepped =>
  state.status === 'waiting' && at >= state.setAt + CONFIRM_SECONDS
    ? { kind: 'refused', problem: unknownSubscription() }
    : accept({ ...state, status: 'active' });

const end = (state: SubscriptionState, { nonce, at }: Of<'ended'>): Stepped => {
  const nonces = nonce === undefined ? state.nonces : spend(state.nonces, nonce, at);
  return accept({ ...state, cases: [], told: [], status: 'ended', nonces });
};

const giveUp = (state: SubscriptionState): Stepped => {
  const failures = state.failures + 1;
  return accept({ ...state, failures, status: failures >= MOST_GIVEN_UP ? 'ended' : state.status });
};

/** One step of a subscription. */
export const stepSubscription = (state: SubscriptionState, event: SubscriptionEvent): Stepped => {
  if ('nonce' in event && event.nonce !== undefined && isSpent(state.nonces, event.nonce))
    return { kind: 'refused', problem: replayProblem(event.nonce) };
  if (event.kind === 'set') return set(state, event);
  if (state.status === 'none' || state.status === 'ended') return { kind: 'refused', problem: unknownSubscription() };
  switch (event.kind) {
    case 'confirmed':
      return confirm(state, event.at);
    case 'due': {
      const { subscriptionId } = state;
      const effects = event.notices.map((notice) => ({ kind: 'notice.send', subscriptionId, notice }) as const);
      return accept({ ...state, told: event.told }, effects);
    }
    case 'delivered':
      return accept({ ...state, failures: 0 });
    case 'given-up':
      return giveUp(state);
    case 'ended':
      return end(state, event);
  }
};

export const subscriptionGame: Game<SubscriptionState, SubscriptionEvent, Effect> = {
  name: 'notices',
  initial: (subscriptionId) => ({
    subscriptionId,
    account: '',
    kind: 'push',
    cases: [],
    told: [],
    failures: 0,
    status: 'none',
    setAt: 0,
    nonces: NO_NONCES(),
  }),
  step: stepSubscription,
  encodeEvent: (event) => event as unknown as Json,
  decodeEvent: (json) => json as unknown as SubscriptionEvent,
  encodeState: (state) => ({ ...state, nonces: encodeNonces(state.nonces) }) as unknown as Json,
  decodeState: (json) => {
    const state = json as unknown as SubscriptionState & { readonly nonces: Json };
    return { ...state, nonces: decodeNonces(state.nonces) };
  },
};
