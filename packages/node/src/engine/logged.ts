/** Commitments in the log (spec 8.5): entering them, and giving them out with all that it takes to verify them offline. */
import { commitmentLeafOf, type Logged, type Result } from '@surety/core';
import type { Action, ActionResult } from '@surety/protocol';
import type { Move } from '../journal/host.ts';
import type { Context } from './context.ts';
import { LOG_STREAM, type LogEvent } from './log.ts';

/** Enters commitments in their order; one that is in the log already is not entered again, and keeps its place. */
export const logCommitments = async (
  { host, log, now }: Pick<Context, 'host' | 'log' | 'now'>,
  { commitments }: Pick<Extract<Action, { type: 'surety/action/log/v1' }>, 'commitments'>,
): Promise<Result<ActionResult>> => {
  const at = now();
  const wanted = [...new Set(commitments)];
  const known = await Promise.all(wanted.map(log.findCommitment));
  const moves = wanted
    .filter((_, i) => known[i] === undefined)
    .map(
      (commitment): Move => ({
        stream: LOG_STREAM,
        event: { kind: 'appended', leaf: commitmentLeafOf(commitment, at), at } satisfies LogEvent,
      }),
    );
  if (moves.length > 0) {
    const done = await host.transact(moves);
    if (!done.ok) return done;
  }
  const placed = await Promise.all(wanted.map(log.findCommitment));
  const entries = placed.map((place) => ({
    commitment: place!.leaf.commitment,
    index: place!.index,
    at: place!.leaf.at,
  }));
  return { ok: true, value: { kind: 'log', entries } };
};

/** Those of the commitments that are in the log, under one checkpoint. */
export const loggedOf = async ({ log }: Pick<Context, 'log'>, commitments: readonly string[]): Promise<Logged> => {
  const found = await Promise.all([...new Set(commitments)].map(log.findCommitment));
  const placed = found.filter((place) => place !== undefined);
  const { checkpoint, inclusions } = await log.proofsOf(placed.map(({ index }) => index));
  const entries = placed.map(({ index, leaf: { commitment, at } }, i) => ({
    commitment,
    at,
    index,
    inclusion: inclusions[i]!,
  }));
  return { type: 'surety/logged/v1', checkpoint, entries };
};
