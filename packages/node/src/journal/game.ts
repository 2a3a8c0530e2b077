/**
 * What the host runs: games. A game is a pure function from a state and an event to the next state and effects;
 * clock, randomness and I/O reach it only as events, so that replaying its stream gives the same state, bit for bit.
 */
import type { Json, Problem } from '@surety/core';

/** `<game>:<id>`, e.g. `market:3f…` or `account:0x…`; 1 to 200 printable ASCII characters. */
export type StreamId = `${string}:${string}`;

/** What a step may return; `output` goes to the caller and, with an idempotency key, into the journal. */
export type Step<S, F> =
  | { readonly kind: 'accepted'; readonly state: S; readonly effects: readonly F[]; readonly output?: unknown }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** An effect names its handler by `kind` and holds plain data (bigint and Uint8Array allowed). */
export type Effect = { readonly kind: string };

/**
 * A pure state machine. States are immutable: a step returns a new one and leaves the old one as it was, since the
 * host keeps both the newest and the newest durable state of each stream.
 */
export type Game<S, E, F extends Effect> = {
  /** Prefix of its streams, e.g. `market`. */
  readonly name: string;
  readonly initial: (id: string) => S;
  readonly step: (state: S, event: E) => Step<S, F>;
  /** Canonical JSON of an event; a string member `kind` becomes the kind of the stored event. */
  readonly encodeEvent: (event: E) => Json;
  readonly decodeEvent: (json: Json) => E;
  /**
   * What is stored of an event once its step gave `output`: the event plus what came of it, for those who read the
   * stream without replaying it. {@link Game.decodeEvent} must ignore the addition. Absent: the event alone.
   */
  readonly record?: (event: Json, output: unknown) => Json;
  /**
   * Value that an event brings into its stream from other streams, in micro-USD, below zero where it leaves; what comes
   * from or goes to the outside world counts as 0. The host carries out a transaction only if these sum to zero over
   * its events, each seen at the very state that it steps. Absent: the game holds no value.
   */
  readonly inflow?: (state: S, event: E) => bigint;
  /** Canonical JSON of a state, for snapshots and digests. */
  readonly encodeState: (state: S) => Json;
  readonly decodeState: (json: Json) => S;
};

/** A durable event. */
export type Stored = {
  readonly stream: StreamId;
  /** 1, 2, 3, … without gaps, per stream. */
  readonly seq: number;
  readonly kind: string;
  /** Unix seconds at which it was journalled; never decreases within a stream. */
  readonly at: number;
  readonly data: Json;
};

/** A game with its types forgotten, as the host keeps it. */
export type AnyGame = Game<unknown, unknown, Effect>;

export const gameOf = (stream: StreamId): string => stream.slice(0, stream.indexOf(':'));

export const idOfStream = (stream: StreamId): string => stream.slice(stream.indexOf(':') + 1);
