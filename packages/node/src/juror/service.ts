/** A juror at work: looks at the court, takes every step that is due, and tells what it did. */
import type { ContractCase, CourtBook, LogBook, Submitted } from '@surety/chain';
import { ok, type Problem, type Result, refuse, SuretyError } from '@surety/core';
import { createChainClock } from '../chain-court/chain-clock.ts';
import { decideJuror, isOwnVote, type JurorMove } from './decide.ts';
import { isTrouble, type JurorParts, performMove } from './perform.ts';

export type JurorOptions = JurorParts & {
  readonly book: LogBook<CourtBook>;
  readonly keeps: 'own' | 'all';
  /** The own clock, unix seconds. */
  readonly now: () => number;
  readonly onMove: (move: JurorMove, sent: Submitted) => void;
  /** A step that was refused, or could not be tried; told once while it stays so. */
  readonly onTrouble: (move: JurorMove, problem: Problem) => void;
};

export type JurorService = {
  /** Looks once and takes what is due: @returns how many steps took effect, and what it saw */
  readonly tick: () => Promise<Result<{ readonly moved: number; readonly seen: CourtBook }>>;
};

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
    return ok({ moved, seen });
  };

  return { tick };
};
