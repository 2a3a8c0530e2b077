/** What the operator's own AI jurors committed to, until it is opened: a stream that nobody outside reads. */
import type { Json } from '@surety/core';
import type { Effect, Game } from '../../journal/game.ts';

export type Ballot = {
  readonly round: number;
  readonly juror: string;
  readonly outcome: number;
  /** 32 bytes, 0x-hex. */
  readonly reading: string;
  readonly salt: string;
  /** In words: what the juror made of the subject. */
  readonly reason: string;
};

type BallotEvent = { readonly kind: 'kept' } & Ballot;

export const ballotStream = (claimId: string): `ballots:${string}` => `ballots:${claimId}`;

export const ballotGame: Game<readonly Ballot[], BallotEvent, Effect> = {
  name: 'ballots',
  initial: () => [],
  step: (state, { kind: _, ...ballot }) => ({ kind: 'accepted', state: [...state, ballot], effects: [] }),
  encodeEvent: (event) => event as unknown as Json,
  decodeEvent: (json) => json as unknown as BallotEvent,
  encodeState: (state) => state as unknown as Json,
  decodeState: (json) => json as unknown as readonly Ballot[],
};
