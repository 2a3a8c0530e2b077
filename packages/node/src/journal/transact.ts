/** One transaction from its events to its acknowledgement: known key? streams at hand? steps accepted? committed? */
import { hash } from 'node:crypto';
import { type Json, ok, type Problem, type Result, refuse, SuretyError } from '@surety/core';
import type { KeyRow } from './append.ts';
import type { AnyGame, StreamId } from './game.ts';
import type { Move, Receipted, TransactOptions } from './host.ts';
import { conflictOf, type createKeyLookup } from './idempotency.ts';
import { canonicalText, readPlain, writePlain } from './plain.ts';
import { overloaded, problemOf } from './problems.ts';
import type { Slot } from './slot.ts';
import { gameFor, type Slots } from './slots.ts';
import { type Stepped, stepAll } from './step.ts';
import type { Writer } from './writer.ts';

export type TransactorOptions = {
  readonly games: ReadonlyMap<string, AnyGame>;
  readonly slots: Slots;
  readonly writer: Writer;
  readonly lookup: ReturnType<typeof createKeyLookup>;
  readonly now: () => number;
  readonly maxWaiting: number;
  /** Why nothing may be written any more, if so. */
  readonly stopped: () => Problem | undefined;
};

type Encoded = { readonly stream: StreamId; readonly json: Json };

const MAX_KEY = 200;

const checkKey = (key: string): void => {
  if (key.length > 0 && key.length <= MAX_KEY) return;
  throw new SuretyError({
    code: 'input.out-of-range',
    message: 'The idempotency key is empty or too long.',
    next: 'Use 1 to 200 characters.',
    field: 'idempotencyKey',
    limit: `1 .. ${MAX_KEY} characters`,
  });
};

export const createTransactor = (
  options: TransactorOptions,
): ((moves: readonly Move[], transactOptions?: TransactOptions) => Promise<Result<Receipted>>) => {
  const { slots, writer } = options;
  /** Keyed transactions under way: a second one with the same key shares the first one's result. */
  const underWay = new Map<string, { readonly digest: string; readonly result: Promise<Result<Receipted>> }>();

  /** Every stream's slot at one instant, or a refusal; loading one may have cost another its place, hence the loop. */
  const gather = async (streams: ReadonlySet<StreamId>): Promise<Result<ReadonlyMap<StreamId, Slot>>> => {
    for (;;) {
      const found = new Map<StreamId, Slot>();
      for (const stream of streams) {
        const slot = slots.peek(stream);
        if (slot !== undefined) found.set(stream, slot);
      }
      if (found.size === streams.size) return ok(found);
      const missing = [...streams].filter((stream) => !found.has(stream));
      for (const held of await Promise.all(missing.map((stream) => slots.hold(stream, streams)))) {
        if (!held.ok) return held;
      }
    }
  };

  /** From here to the queue there is no await: what was stepped is what is queued, in the same order. */
  const accept = (
    encoded: readonly Encoded[],
    found: ReadonlyMap<StreamId, Slot>,
    key: KeyOf,
  ): Promise<Result<Receipted>> => {
    const stepped = stepAll(
      encoded.map(({ stream, json }) => ({ slot: found.get(stream)!, json })),
      options.now(),
    );
    if (!stepped.ok) return Promise.resolve(stepped);
    const receipted: Receipted = {
      seqs: stepped.value.events.map((event) => event.seq),
      outputs: stepped.value.outputs,
    };
    const row = key(receipted);
    for (const [slot, point] of stepped.value.after) slot.newest = point;
    return queue(stepped.value, row, receipted);
  };

  const queue = (stepped: Stepped, key: KeyRow | undefined, receipted: Receipted): Promise<Result<Receipted>> =>
    new Promise((resolve) => {
      const { after, events, effects } = stepped;
      const settle = (result: Result<void>): void => resolve(result.ok ? ok(receipted) : result);
      writer.push({ after, events, effects, key, settle });
    });

  const run = async (encoded: readonly Encoded[], key: KeyOf): Promise<Result<Receipted>> => {
    const found = await gather(new Set(encoded.map(({ stream }) => stream)));
    if (!found.ok) return found;
    const stopped = options.stopped();
    if (stopped !== undefined) return refuse(stopped);
    if (writer.waiting() + encoded.length > options.maxWaiting) return refuse(overloaded(options.maxWaiting));
    return accept(encoded, found.value, key);
  };

  const runOnce = async (encoded: readonly Encoded[], key: string, digest: string): Promise<Result<Receipted>> => {
    try {
      const known = await options.lookup(key);
      if (known !== undefined) return replayed(key, known, digest);
    } catch (cause) {
      return refuse(problemOf(cause));
    }
    return run(encoded, (receipted) => ({ key, digest, response: writePlain(receipted) }));
  };

  return async (moves, { idempotencyKey: key } = {}) => {
    const stopped = options.stopped();
    if (stopped !== undefined) return refuse(stopped);
    const encoded = moves.map(({ stream, event }) => ({
      stream,
      json: gameFor(options.games, stream).encodeEvent(event),
    }));
    if (key === undefined) return run(encoded, () => undefined);
    checkKey(key);
    const digest = hash('sha256', canonicalText(encoded));
    const first = underWay.get(key);
    if (first !== undefined) return (conflictOf(key, first, digest) as Result<never> | undefined) ?? first.result;
    const result = runOnce(encoded, key, digest).finally(() => underWay.delete(key));
    underWay.set(key, { digest, result });
    return result;
  };
};

/** The row that makes a key known, from the result it will be answered with. */
type KeyOf = (receipted: Receipted) => KeyRow | undefined;

const replayed = (
  key: string,
  known: { readonly digest: string; readonly response: string },
  digest: string,
): Result<Receipted> =>
  (conflictOf(key, known, digest) as Result<never> | undefined) ?? ok(readPlain(known.response) as Receipted);
