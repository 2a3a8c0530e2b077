/** Commitments in the log (spec 8.5): entering them, and giving them out with all that it takes to verify them offline. */
import { commitmentLeafOf, type Logged, ok, type Problem, type Result, refuse } from '@surety/core';
import type { Action, ActionResult } from '@surety/protocol';
import type { Move } from '../journal/host.ts';
import type { Context } from './context.ts';
import { LOG_STREAM, type LogEvent } from './log.ts';
import { turns } from './turns.ts';

/** Most that are taken in an hour: accounts are free, and a log keeps every entry for ever. */
const IN_AN_HOUR = 256;
const HOUR_SECONDS = 3_600;

type Parts = Pick<Context, 'host' | 'log' | 'now'>;

const limited = (): Problem => ({
  code: 'rate.limited',
  message: `This log takes ${IN_AN_HOUR} commitments an hour, of everybody together.`,
  next: 'Try again in an hour; what is in the log already needs no second entry.',
  field: 'action.commitments',
  limit: `${IN_AN_HOUR} an hour`,
});

const enter = async ({ host, log, now }: Parts, wanted: readonly string[]): Promise<Result<unknown>> => {
  const at = now();
  const known = await Promise.all(wanted.map(log.findCommitment));
  const fresh = wanted.filter((_, i) => known[i] === undefined);
  if (fresh.length === 0) return ok(true);
  if ((await log.commitmentsSince(at - HOUR_SECONDS, IN_AN_HOUR)) + fresh.length > IN_AN_HOUR) return refuse(limited());
  const moves = fresh.map(
    (commitment): Move => ({
      stream: LOG_STREAM,
      event: { kind: 'appended', leaf: commitmentLeafOf(commitment, at), at } satisfies LogEvent,
    }),
  );
  return host.transact(moves);
};

const inTurn = turns();

/**
 * Enters commitments in their order; one that is in the log already is not entered again, and keeps its place. Refuses with
 * `rate.limited`.
 */
export const logCommitments = async (
  parts: Parts,
  { commitments }: Pick<Extract<Action, { type: 'surety/action/log/v1' }>, 'commitments'>,
): Promise<Result<ActionResult>> => {
  const wanted = [...new Set(commitments)];
  // One after the other, so that nothing is entered twice and nobody gets past the limit beside others.
  const done = await inTurn(LOG_STREAM, () => enter(parts, wanted));
  if (!done.ok) return done;
  const placed = await Promise.all(wanted.map(parts.log.findCommitment));
  const entries = placed.map((place) => ({
    commitment: place!.leaf.commitment,
    index: place!.index,
    at: place!.leaf.at,
  }));
  return ok({ kind: 'log', entries });
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
