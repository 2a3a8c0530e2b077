/** One passkey as the journal keeps it, by the SHA-256 of its credential's id. Pure; holds no value. */
import type { Problem } from '@surety/core';
import type { Effect, Game } from '../../journal/game.ts';
import { fromJson, toJson } from '../codec.ts';
import { decodeNonces, encodeNonces, isSpent, NO_NONCES, type Nonces, replayProblem, spend } from '../nonces.ts';

export type PasskeyState = {
  /** EIP-55: the address of the key. Empty before it is made. */
  readonly account: string;
  /** Uncompressed point of P-256, hex. */
  readonly publicKey: string;
  /** What the authenticator has counted; 0 where it does not count. */
  readonly signCount: number;
  /** Whether its owner has it on several devices. */
  readonly backedUp: boolean;
  /** Unix seconds. */
  readonly madeAt: number;
  readonly nonces: Nonces;
};

export type PasskeyEvent =
  | {
      readonly kind: 'made';
      readonly account: string;
      readonly publicKey: string;
      readonly signCount: number;
      readonly backedUp: boolean;
      readonly at: number;
    }
  | {
      readonly kind: 'used';
      readonly signCount: number;
      readonly backedUp: boolean;
      readonly nonce: string;
      readonly at: number;
    };

export const passkeyStream = (passkeyId: string): `passkey:${string}` => `passkey:${passkeyId}`;

type Outcome =
  | { readonly kind: 'accepted'; readonly state: PasskeyState; readonly effects: readonly never[] }
  | { readonly kind: 'refused'; readonly problem: Problem };

const accept = (state: PasskeyState): Outcome => ({ kind: 'accepted', state, effects: [] });
const no = (problem: Problem): Outcome => ({ kind: 'refused', problem });

export const isMade = ({ account }: PasskeyState): boolean => account !== '';

/** The refusal of a passkey that nobody made here. */
export const unknownPasskey = (): Problem => ({
  code: 'passkey.unknown',
  message: 'No passkey with this id was made here.',
  next: 'Make one on this page first.',
  field: 'passkeyId',
});

const use = (state: PasskeyState, event: PasskeyEvent & { readonly kind: 'used' }): Outcome => {
  if (!isMade(state)) return no(unknownPasskey());
  if (isSpent(state.nonces, event.nonce)) return no(replayProblem(event.nonce));
  // Section 6.1.1 of WebAuthn: a count that was ever above zero only rises, unless the key is in two places.
  if ((event.signCount > 0 || state.signCount > 0) && event.signCount <= state.signCount) {
    return no({
      code: 'passkey.counter',
      message: `The authenticator counts ${event.signCount} signatures, and counted ${state.signCount} before.`,
      next: 'Sign once more. If this stays, the key may have been copied: make a new passkey.',
      field: 'authenticatorData',
      value: String(event.signCount),
      limit: `> ${state.signCount}`,
    });
  }
  const { signCount, backedUp, nonce, at } = event;
  return accept({ ...state, signCount, backedUp, nonces: spend(state.nonces, nonce, at) });
};

/** One step of a passkey. */
export const stepPasskey = (state: PasskeyState, event: PasskeyEvent): Outcome => {
  if (event.kind === 'used') return use(state, event);
  if (isMade(state)) {
    return no({
      code: 'passkey.exists',
      message: 'A passkey with this id was made before.',
      next: 'Use it, or make another.',
      field: 'authenticatorData',
    });
  }
  const { account, publicKey, signCount, backedUp, at } = event;
  return accept({ ...state, account, publicKey, signCount, backedUp, madeAt: at });
};

export const passkeyGame: Game<PasskeyState, PasskeyEvent, Effect> = {
  name: 'passkey',
  initial: () => ({ account: '', publicKey: '', signCount: 0, backedUp: false, madeAt: 0, nonces: NO_NONCES() }),
  step: stepPasskey,
  encodeEvent: toJson,
  decodeEvent: (json) => fromJson<PasskeyEvent>(json),
  encodeState: (state) => toJson({ ...state, nonces: encodeNonces(state.nonces) }),
  decodeState: (json) => {
    const state = fromJson<PasskeyState>(json);
    return { ...state, nonces: decodeNonces(toJson(state.nonces)) };
  },
};
