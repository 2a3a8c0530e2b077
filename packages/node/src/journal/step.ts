/** Steps a transaction's events in memory: all of them or none, without touching a slot until all are accepted. */
import { type Json, ok, type Result, refuse } from '@surety/core';
import type { EffectRow, EventRow } from './append.ts';
import { nextHash } from './hash-chain.ts';
import { canonicalText, writePlain } from './plain.ts';
import { unbalanced } from './problems.ts';
import type { Point, Slot } from './slot.ts';

/** One event of a transaction, encoded, with the slot it steps. */
export type Move = { readonly slot: Slot; readonly json: Json };

export type Stepped = {
  readonly after: ReadonlyMap<Slot, Point>;
  readonly events: readonly EventRow[];
  readonly effects: readonly EffectRow[];
  readonly outputs: readonly unknown[];
};

const KIND = /^[!-~]{1,64}$/;

/** The stored kind of an event: its own member `kind` where it has a fitting one, else `event`. */
export const kindOf = (json: Json): string => {
  const kind = typeof json === 'object' && json !== null && 'kind' in json ? json.kind : undefined;
  return typeof kind === 'string' && KIND.test(kind) ? kind : 'event';
};

/**
 * Steps the moves in order. What is stepped is the decoded encoding of each event, the very value that replay will
 * see. A refusal carries the game's own problem, or `ledger.unbalanced` where the moves would make or lose value.
 * @param at unix seconds now; a stream's time never runs backwards even when the clock does
 */
export const stepAll = (moves: readonly Move[], at: number): Result<Stepped> => {
  const after = new Map<Slot, Point>();
  const events: EventRow[] = [];
  const effects: EffectRow[] = [];
  const outputs: unknown[] = [];
  let inflow = 0n;
  for (const { slot, json } of moves) {
    const { stream, game } = slot;
    const before = after.get(slot) ?? slot.newest;
    const event = game.decodeEvent(json);
    const step = game.step(before.state, event);
    if (step.kind === 'refused') return refuse(step.problem);
    inflow += game.inflow?.(before.state, event) ?? 0n;
    const body = canonicalText(game.record === undefined ? json : game.record(json, step.output));
    const head = { stream, seq: before.seq + 1, kind: kindOf(json), at: Math.max(at, before.at), body };
    const row: EventRow = { ...head, hash: nextHash(before.hash, head) };
    events.push(row);
    step.effects.forEach((effect, n) => {
      effects.push({ stream, seq: row.seq, n, kind: effect.kind, body: writePlain(effect) });
    });
    outputs.push(step.output);
    after.set(slot, { state: step.state, seq: row.seq, hash: row.hash, at: row.at });
  }
  if (inflow !== 0n) return refuse(unbalanced(moves, inflow));
  return ok({ after, events, effects, outputs });
};
