/** A juror at work: looks at the court, takes every step that is due, and tells what it did. */
import type { ContractCase, CourtBook, LogBook, Submitted } from '@surety/chain';
import { ok, type Problem, type Result, refuse, SuretyError } from '@surety/core';
import { createChainClock } from '../chain-court/chain-clock.ts';
import { decideJuror, isOwnVote, type JurorMove } from './decide.ts';
import { isTrouble, type JurorParts, keptFor, performMove } from './perform.ts';

export type JurorOptions = JurorParts & {
  readonly book: LogBook<CourtBook>;
  readonly keeps: 'own' | 'all';
  /** The own clock, unix seconds. */
  readonly now: () => number;
  readonly onMove: (move: JurorMove, sent: Submitted) => void;
  /** Publishes the text behind a vote that was opened: @returns what keeps it from being stored */
  readonly publish: (grounds: string) => Promise<Problem | null>;
  /** Of a text that could not be published; told once while it stays so. */
  readonly onUnpublished: (caseId: bigint, problem: Problem) => void;
  /** A step that was refused, or could not be tried; told once while it stays so. */
  readonly onTrouble: (move: JurorMove, problem: Problem) => void;
};

export type JurorService = {
  /** Looks once and takes what is due: @returns how many steps took effect, and what it saw */
  readonly tick: () => Promise<Result<{ readonly moved: number; readonly seen: CourtBook }>>;
};

/** Seconds until a text is sent again that could not be stored. */
const PUBLISH_AGAIN_SECONDS = 60;

/** Seconds for which steps are taken that somebody else could take too, before it is looked again whether an own vote is due. */
const OTHERS_SECONDS = 30;

const internal = (cause: unknown): Problem =>
  cause instanceof SuretyError
    ? cause.problem
    : { code: 'internal', message: String(cause), next: 'It is tried again; report it if it stays.' };

const nameOf = (move: JurorMove): string =>
  [move.kind, move.caseId, 'round' in move ? move.round : '', 'rung' in move ? move.rung : ''].join(' ');

export const createJurorService = (options: JurorOptions): JurorService => {
  const { book, me, keeps, now, onMove, onTrouble } = options;
  const chainNow = createChainClock(options.chain, now);
  const troubles = new Map<string, string>();

  const tell = (move: JurorMove, problem: Problem | null): void => {
    const name = nameOf(move);
    if (problem === null) troubles.delete(name);
    else if (troubles.get(name) !== problem.code) {
      troubles.set(name, problem.code);
      onTrouble(move, problem);
    }
  };

  const take = async (move: JurorMove, of: ContractCase, seen: CourtBook): Promise<boolean> => {
    try {
      const sent = await performMove(options, move, of, seen.block.number);
      if (sent.kind === 'mined') onMove(move, sent);
      tell(move, isTrouble(sent) && 'problem' in sent ? sent.problem : null);
      return sent.kind === 'mined';
    } catch (cause) {
      // One case that cannot be served keeps no other one waiting.
      tell(move, internal(cause));
      return false;
    }
  };

  /** By reading: when the text behind a vote is sent again; never where it is stored. */
  const published = new Map<string, number>();

  const publish = async (of: ContractCase): Promise<void> => {
    for (const { number, seats } of of.rounds) {
      const seat = seats.find(({ juror, vote }) => vote !== null && juror.toLowerCase() === me.toLowerCase());
      const kept = seat === undefined ? null : keptFor(options, of, number);
      if (kept === null || (published.get(kept.reading) ?? 0) > now()) continue;
      const problem = await options.publish(kept.grounds);
      if (problem !== null && !published.has(kept.reading)) options.onUnpublished(of.id, problem);
      published.set(kept.reading, problem === null ? Number.POSITIVE_INFINITY : now() + PUBLISH_AGAIN_SECONDS);
    }
  };

  const tick: JurorService['tick'] = async () => {
    const read = await book.read();
    if (!read.ok) return refuse(read.problem);
    const seen = read.value;
    let moved = 0;
    const began = now();
    for (const move of decideJuror({ me, now: await chainNow(seen.block), keeps, cases: seen.cases })) {
      if (!isOwnVote(move) && now() - began > OTHERS_SECONDS) break;
      const of = seen.cases.find(({ id }) => id === move.caseId)!;
      if (await take(move, of, seen)) moved += 1;
    }
    // Last, since no vote may wait for a node that does not answer.
    for (const of of seen.cases) await publish(of);
    return ok({ moved, seen });
  };

  return { tick };
};
