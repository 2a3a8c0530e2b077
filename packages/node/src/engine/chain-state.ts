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

/** A journalled balance root: its number, the deposits it counts and what it says of everybody. */
export type RootLeaves = {
  readonly number: number;
  readonly depositsThrough: string;
  readonly leaves: readonly LeafJson[];
};

/** An authorised withdrawal that a root allows: the intent that pays it once that root is old enough. */
export type Payout = {
  readonly account: string;
  readonly number: number;
  /** All that the account was ever granted, micro-USD. */
  readonly authorised: string;
  readonly intent: IntentJson;
};

/** An intent that a contract refused, and why. */
export type Refusal = { readonly id: string; readonly code: string };

export type ChainState = {
  /** The newest intents in the order in which they must be there; older ones are final and were built upon. */
  readonly intents: readonly Intended[];
  /** Deposits up to this id are credited. */
  readonly creditedThrough: string;
  readonly commitment: string;
  /** Deposits up to this id are counted by a root that was final: nobody can reclaim them any more. */
  readonly countedThrough: string;
  readonly rootNumber: number;
  /** The newest roots, newest last: the one before stays the chain's until the newest has arrived there. */
  readonly roots: readonly RootLeaves[];
  /**
   * For each sum that an account was granted and that is not paid for good: the first root to allow it. A newer root
   * would be too young for longer, and may count a payment as made that a rewind has undone.
   */
  readonly payouts: readonly Payout[];
  /** The newest refusals, one for each intent. */
  readonly refusals: readonly Refusal[];
};

export type ChainEvent =
  | { readonly kind: 'intended'; readonly id: string; readonly intent: IntentJson }
  | {
      readonly kind: 'root';
      readonly id: string;
      readonly intent: IntentJson;
      readonly number: number;
      readonly depositsThrough: string;
      readonly leaves: readonly LeafJson[];
      readonly payouts: readonly Payout[];
    }
  /**
   * A contract refuses an intent. What can be derived afresh is given up; with a root goes every root that the chain
   * (`rootCount` roots long) does not have. Money that was to be moved stays intended.
   */
  | { readonly kind: 'refused'; readonly id: string; readonly code: string; readonly rootCount: number }
  /** A payment is final; `total` is all that the account was ever paid. */
  | { readonly kind: 'paid'; readonly account: string; readonly total: string }
  | { readonly kind: 'final'; readonly id: string }
  | { readonly kind: 'credited'; readonly throughId: string; readonly commitment: string };

/** Intents that are looked after: as many as a chain could plausibly be rewound by. */
export const INTENTS_KEPT = 128;

const ROOTS_KEPT = 2;
const REFUSALS_KEPT = 32;

const ZERO_32 = `0x${'00'.repeat(32)}`;

export const kindOf = ({ intent }: Intended): string => (intent as { readonly kind: string }).kind;

/** Whether an intent follows from the rest of the journal, so that a refused one may be dropped and built again. */
export const isDerived = (intended: Intended): boolean => ['post-root', 'anchor'].includes(kindOf(intended));

const refusal = (message: string, field: string) =>
  ({
    kind: 'refused',
    problem: { code: 'chain.lost', message, next: 'Nothing needs to be done: it was recorded before.', field },
  }) as const;

type Of<K extends ChainEvent['kind']> = Extract<ChainEvent, { readonly kind: K }>;
type Outcome = ReturnType<typeof refusal> | ReturnType<typeof accept>;

const accept = (state: ChainState) => ({ kind: 'accepted', state, effects: [] as readonly Effect[] }) as const;

const withIntent = (state: ChainState, id: string, intent: IntentJson): ChainState => {
  const spare = state.intents.length - INTENTS_KEPT + 1;
  // Only what is final and what a newer one replaces may be forgotten: a chain that starts anew needs the money again.
  const kept = state.intents.filter((each, index) => index >= spare || !each.final || !isDerived(each));
  return { ...state, intents: [...kept, { id, intent, final: false }] };
};

const withoutRefusal = ({ refusals }: ChainState, id: string): readonly Refusal[] =>
  refusals.filter((each) => each.id !== id);

const intended = (state: ChainState, { id, intent }: Of<'intended'>): Outcome =>
  state.intents.some((each) => each.id === id)
    ? refusal(`Intent ${id} is journalled already.`, 'id')
    : accept(withIntent(state, id, intent));

const rooted = (state: ChainState, event: Of<'root'>): Outcome => {
  const { id, intent, number, depositsThrough, leaves, payouts } = event;
  if (number !== state.rootNumber + 1)
    return refusal(`Root ${number} does not follow root ${state.rootNumber}.`, 'number');
  return accept({
    ...withIntent(state, id, intent),
    rootNumber: number,
    roots: [...state.roots.slice(1 - ROOTS_KEPT), { number, depositsThrough, leaves }],
    payouts: [...state.payouts, ...payouts],
  });
};

const rootId = (number: number): string => `root/${number}`;

const refused = (state: ChainState, { id, code, rootCount }: Of<'refused'>): Outcome => {
  const intent = state.intents.find((each) => each.id === id);
  if (intent === undefined) return refusal(`Intent ${id} is not journalled.`, 'id');
  const noted = { ...state, refusals: [...withoutRefusal(state, id), { id, code }].slice(-REFUSALS_KEPT) };
  if (!isDerived(intent)) return accept(noted);
  if (kindOf(intent) !== 'post-root')
    return accept({ ...noted, intents: state.intents.filter((each) => each !== intent) });
  // The chain's own root of a refused number is another one, of which nothing is known here.
  const stays = (number: number): boolean => number <= rootCount && rootId(number) !== id;
  return accept({
    ...noted,
    intents: state.intents.filter((each) => kindOf(each) !== 'post-root' || stays(Number(each.id.slice(5)))),
    rootNumber: rootCount,
    roots: state.roots.filter(({ number }) => stays(number)),
    payouts: state.payouts.filter(({ number }) => stays(number)),
  });
};

const paid = (state: ChainState, { account, total }: Of<'paid'>): Outcome => {
  const payouts = state.payouts.filter((each) => each.account !== account || BigInt(each.authorised) > BigInt(total));
  return payouts.length === state.payouts.length
    ? refusal(`Nothing is to be paid to ${account}.`, 'account')
    : accept({ ...state, payouts });
};

const greater = (first: string, second: string): string => (BigInt(first) > BigInt(second) ? first : second);

const finalised = (state: ChainState, { id }: Of<'final'>): Outcome => {
  const root = state.roots.find(({ number }) => rootId(number) === id);
  return accept({
    ...state,
    intents: state.intents.map((each) => (each.id === id ? { ...each, final: true } : each)),
    countedThrough: greater(root?.depositsThrough ?? '0', state.countedThrough),
    refusals: withoutRefusal(state, id),
  });
};

const credited = (state: ChainState, { throughId, commitment }: Of<'credited'>): Outcome =>
  BigInt(throughId) <= BigInt(state.creditedThrough)
    ? refusal(`Deposits through ${throughId} are credited already.`, 'throughId')
    : accept({ ...state, creditedThrough: throughId, commitment });

const initialChain: ChainState = {
  intents: [],
  creditedThrough: '0',
  commitment: ZERO_32,
  countedThrough: '0',
  rootNumber: 0,
  roots: [],
  payouts: [],
  refusals: [],
};

export const chainGame: Game<ChainState, ChainEvent, Effect> = {
  name: 'chain',
  initial: () => initialChain,
  step: (state, event) => {
    switch (event.kind) {
      case 'intended':
        return intended(state, event);
      case 'root':
        return rooted(state, event);
      case 'refused':
        return refused(state, event);
      case 'paid':
        return paid(state, event);
      case 'final':
        return finalised(state, event);
      case 'credited':
        return credited(state, event);
    }
  },
  encodeEvent: (event) => event as unknown as Json,
  decodeEvent: (json) => json as unknown as ChainEvent,
  encodeState: (state) => state as unknown as Json,
  decodeState: (json) => json as unknown as ChainState,
};
