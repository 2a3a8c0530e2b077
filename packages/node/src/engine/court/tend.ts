/**
 * What a case is waiting for is done as soon as it can be: panels are put together, drawn and counted, windows end, everybody
 * is paid. Looks at the state and does only what is due, so that it may be run at any time and again after a crash.
 */
import { type QuestionClaim, SuretyError } from '@surety/core';
import { type Case, type CaseEffect, type CaseEvent, isByPerson, type Round, step } from '@surety/court';
import type { Context } from '../context.ts';
import { caseStream, transfer } from '../ledger.ts';
import { didIt } from '../outcome-of.ts';
import { stateOf } from '../resolve.ts';
import { commitOwn, openOwn } from './ai-votes.ts';
import { commitWindow, isMarked, nextPartAt, revealWindow, type Window } from './attended.ts';
import { calling } from './calling.ts';
import type { CaseState } from './case-state.ts';
import { concludeCase } from './end.ts';
import { courtFeedMove } from './feed.ts';
import { REGISTRY_STREAM, type Registry } from './registry.ts';

const caseOf = (context: Context, claimId: string): Promise<CaseState> =>
  context.host.state<CaseState>(caseStream(claimId));

/** Comes back at a time. */
const wake = (context: Context, claimId: string, runAt: number): Promise<void> =>
  context.host.schedule({ name: 'court', key: `${claimId}/${runAt}`, runAt, data: { claimId, runAt } });

/**
 * Sees to it that a job does not run before its time by our own clock.
 * @throws {SuretyError} `court.too-early`, so that it is tried again
 */
export const mustBeDue = (context: Context, data: unknown): void => {
  const { runAt } = data as { readonly runAt: number };
  const at = context.now();
  if (at >= runAt) return;
  throw new SuretyError({
    code: 'court.too-early',
    message: 'The job is ahead of this clock.',
    next: 'It is tried again by itself.',
    field: 'at',
    value: String(at),
    limit: `>= ${runAt}`,
  });
};

/** Times that drand is asked before the chain's beacon is due: a round is out some seconds after its moment, or a relay late. */
const DRAND_TRIES = 8;

const isLock = (effect: CaseEffect): effect is Extract<CaseEffect, { kind: 'take' }> =>
  effect.kind === 'take' && effect.from === 'stake';

/** Draws the panel, and locks the stakes of those who sit. */
const draw = async (context: Context, claimId: string, game: Case, event: Extract<CaseEvent, { kind: 'draw' }>) => {
  const tried = step(game, event);
  if (tried.kind === 'refused') throw new SuretyError(tried.problem);
  const locks = tried.effects.filter(isLock).map(({ account, amountMicroUsd }) => ({ account, amountMicroUsd }));
  const locked = { kind: 'locked', caseId: claimId, locks, at: event.at } as const;
  const moves = locks.length === 0 ? [] : [{ stream: REGISTRY_STREAM, event: locked } as const];
  didIt(await transfer(context.host, [{ stream: caseStream(claimId), event }, ...moves]));
};

/** The candidates of a snapshot as far as they still have what they had then. */
const still = async (context: Context, { snapshot: kept }: CaseState) => {
  const registry = await context.host.state<Registry>(REGISTRY_STREAM);
  const free = new Map(registry.jurors.map(({ account, stakeMicroUsd }) => [account, stakeMicroUsd]));
  return (kept?.candidates ?? []).map((one) => ({ ...one, freeMicroUsd: free.get(one.juror) ?? 0n }));
};

/** Draws from the source that is due: drand in the first half of the time to draw, the chain in the second. */
const seat = async (context: Context, state: CaseState, game: Case, round: Round): Promise<void> => {
  const { claimId } = state;
  const at = context.now();
  const half = round.opensAt + Math.floor((round.drawEndsAt - round.opensAt) / 2);
  if (at < round.beaconAt) return wake(context, claimId, round.beaconAt);
  const source = at < half ? 'drand' : 'chain';
  const randomness =
    source === 'drand'
      ? await context.drand(round.beaconAt)
      : `0x${(await context.beacon(round.beaconAt)).replace(/^0x/, '')}`;
  if (randomness === null) {
    const pause = Math.ceil((half - round.beaconAt) / DRAND_TRIES);
    return wake(context, claimId, Math.min(half, at + pause));
  }
  const candidates = await still(context, state);
  await draw(context, claimId, game, { kind: 'draw', at, randomness, source, candidates });
};

const advance = async (context: Context, claimId: string): Promise<void> => {
  const game = (await caseOf(context, claimId)).game!;
  const event = { kind: 'advance', at: context.now() } as const;
  const tried = step(game, event);
  if (tried.kind === 'refused') throw new SuretyError(tried.problem);
  const called = await calling(context, await stateOf(context, claimId), {
    before: game,
    after: tried.state,
    at: event.at,
  });
  const moves = [{ stream: caseStream(claimId), event } as const, ...called.moves];
  didIt(await transfer(context.host, moves, [courtFeedMove('moved', claimId, event.at), ...called.further]));
};

/** Notes that this node is there, once in each part of a window in which people vote who are drawn by person. */
const attend = async (context: Context, state: CaseState, game: Case, window: Window): Promise<void> => {
  const round = game.rounds.at(-1)!;
  const at = context.now();
  if (!isByPerson(game.terms.policy.rounds[round.number - 1]!)) return;
  if (!isMarked(state.attended, round, window, at)) {
    const event = { kind: 'attended', round: round.number, at } as const;
    didIt(await transfer(context.host, [{ stream: caseStream(state.claimId), event }]));
  }
  await wake(context, state.claimId, nextPartAt(window, at));
};

const isDone = ({ seats }: Round): boolean =>
  seats.every(({ commitment, vote }) => commitment === null || vote.kind !== 'none');

const tendRound = async (context: Context, state: CaseState, game: Case, claim: QuestionClaim): Promise<void> => {
  const { claimId } = state;
  const round = game.rounds.at(-1)!;
  const at = context.now();
  if (round.beacon === null && at < round.drawEndsAt) return seat(context, state, game, round);
  if (at < round.drawEndsAt) return wake(context, claimId, round.drawEndsAt);
  if (at < round.commitEndsAt) {
    // First, so that a juror that fails until then holds up nobody.
    await wake(context, claimId, round.commitEndsAt);
    await attend(context, state, game, commitWindow(round));
    return commitOwn(context, claimId, claim, game);
  }
  if (at < round.revealEndsAt) {
    await attend(context, state, game, revealWindow(round));
    await openOwn(context, claimId, round);
    if (!isDone((await caseOf(context, claimId)).game!.rounds.at(-1)!))
      return wake(context, claimId, round.revealEndsAt);
  }
  return advance(context, claimId);
};

/** Does what is due in the case of a market; `true` once it has ended and everybody is paid. */
export const tend = async (context: Context, claimId: string): Promise<boolean> => {
  const state = await caseOf(context, claimId);
  const { game } = state;
  const { claim } = await stateOf(context, claimId);
  if (game === undefined || claim === null) return true;
  const { phase } = game;
  if (phase.kind === 'final' || phase.kind === 'undecided') {
    await concludeCase(context, claimId, game);
    return true;
  }
  if (phase.kind === 'round') await tendRound(context, state, game, claim);
  else if (context.now() < phase.endsAt) await wake(context, claimId, phase.endsAt);
  else await advance(context, claimId);
  return false;
};
