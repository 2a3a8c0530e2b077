/** A stream in memory: its newest state, the newest durable one, and what is needed to append to it. */
import type { AnyGame, StreamId } from './game.ts';
import type { Hold } from './lease.ts';

/** A point in a stream's life: the state after `seq` events, the last of which has `hash` and time `at`. */
export type Point = { readonly state: unknown; readonly seq: number; readonly hash: string; readonly at: number };

export type Slot = {
  readonly stream: StreamId;
  readonly game: AnyGame;
  readonly hold: Hold;
  /** After the last accepted step; ahead of {@link Slot.durable} while a commit is under way. */
  newest: Point;
  /** After the last committed event: what readers are shown. */
  durable: Point;
  /** Where the last snapshot was taken. */
  snapshotSeq: number;
};

/** Whether nothing of this slot waits to be committed. */
export const isIdle = (slot: Slot): boolean => slot.newest.seq === slot.durable.seq;
