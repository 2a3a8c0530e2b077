/** The streams this process holds in memory: taken, rebuilt once, and let go when idle and too many. */
import { ok, type Result, refuse, SuretyError } from '@surety/core';
import type { Pool } from 'pg';
import { type AnyGame, gameOf, type StreamId } from './game.ts';
import { acquire, checkStream, type Identity } from './lease.ts';
import { load } from './load.ts';
import { problemOf } from './problems.ts';
import { isIdle, type Slot } from './slot.ts';

export type Slots = {
  /** The slot, if this process holds it in memory. */
  readonly peek: (stream: StreamId) => Slot | undefined;
  /** Takes the lease and rebuilds the state, unless it is there. Making room for it spares the `pinned` ones. */
  readonly hold: (stream: StreamId, pinned?: ReadonlySet<StreamId>) => Promise<Result<Slot>>;
  readonly forget: (slots: ReadonlySet<Slot>) => void;
  readonly all: () => readonly Slot[];
};

export type SlotsOptions = {
  readonly pool: Pool;
  readonly identity: Identity;
  readonly games: ReadonlyMap<string, AnyGame>;
  /** Slots beyond this number are dropped when idle, the least recently used first. */
  readonly maxLoaded: number;
};

/**
 * The game of a stream.
 * @throws {SuretyError} `input.malformed` for a name that is not allowed, or a game that was never registered
 */
export const gameFor = (games: ReadonlyMap<string, AnyGame>, stream: StreamId): AnyGame => {
  checkStream(stream);
  const game = games.get(gameOf(stream));
  if (game !== undefined) return game;
  throw new SuretyError({
    code: 'input.malformed',
    message: `No game is registered for the stream ${stream}.`,
    next: 'Register the game before its streams are used.',
    field: 'stream',
    value: stream,
  });
};

export const createSlots = (options: SlotsOptions): Slots => {
  const { pool, identity, games } = options;
  const slots = new Map<StreamId, Slot>();
  const loading = new Map<StreamId, Promise<Result<Slot>>>();

  const evict = (pinned: ReadonlySet<StreamId>): void => {
    if (slots.size <= options.maxLoaded) return;
    for (const [stream, slot] of slots) {
      if (slots.size <= options.maxLoaded) return;
      if (isIdle(slot) && !pinned.has(stream)) slots.delete(stream);
    }
  };

  const take = async (stream: StreamId, pinned: ReadonlySet<StreamId>): Promise<Result<Slot>> => {
    const game = gameFor(games, stream);
    const hold = await acquire(pool, stream, identity);
    if (!hold.ok) return hold;
    const { point, snapshotSeq } = await load(pool, stream, game, hold.value);
    const slot: Slot = { stream, game, hold: hold.value, newest: point, durable: point, snapshotSeq };
    slots.set(stream, slot);
    evict(pinned);
    return ok(slot);
  };

  /** A damaged stream is thrown; a database that is away is a refusal, since asking again can help. */
  const guarded = async (stream: StreamId, pinned: ReadonlySet<StreamId>): Promise<Result<Slot>> => {
    try {
      return await take(stream, pinned);
    } catch (cause) {
      if (cause instanceof SuretyError) throw cause;
      return refuse(problemOf(cause));
    } finally {
      loading.delete(stream);
    }
  };

  const touch = (stream: StreamId): Slot | undefined => {
    const slot = slots.get(stream);
    if (slot !== undefined && slots.size > options.maxLoaded / 2) {
      slots.delete(stream);
      slots.set(stream, slot);
    }
    return slot;
  };

  return {
    peek: touch,
    hold: async (stream, pinned = new Set([stream])) => {
      const slot = touch(stream);
      if (slot !== undefined) return ok(slot);
      const under = loading.get(stream) ?? guarded(stream, pinned);
      loading.set(stream, under);
      return under;
    },
    forget: (lost) => {
      for (const slot of lost) {
        if (slots.get(slot.stream) === slot) slots.delete(slot.stream);
      }
    },
    all: () => [...slots.values()],
  };
};
