/**
 * What a watcher does next about a claim: a pure function of its own run and of what the chain shows, so that one that was
 * killed goes on from the chain alone.
 */
import { sameBytes } from '@surety/core';
import type { Run } from '../run.ts';
import { readAccumulators } from './answer-judge.ts';
import { Finder, type Last } from './finder.ts';
import { judge } from './judge.ts';
import { Knowledge } from './knowledge.ts';
import { type Exchange, type NextMove, NOT_DISPUTABLE } from './move.ts';
import { NO_RECORD } from './partials.ts';
import type { RunBook } from './run-book.ts';

const notHeld = (field: 'program' | 'input'): NextMove => ({
  kind: 'cannot',
  problem: {
    code: 'optimistic.not-held',
    message: `The claim is about another ${field} than the own run.`,
    next: `Get the ${field} that the claim names, and run it.`,
    field,
  },
});

/** What an exchange's answer left to build on. */
const leftBy = (claim: Run, { question, answer }: Exchange, before: Uint8Array, knowledge: Knowledge): Last | null => {
  const { notes } = knowledge;
  notes.recorded = null;
  const { holds, record } = judge(claim, question, before, answer, notes);
  if (holds !== 'shown') return null;
  return { record, data: notes.recorded, partials: readAccumulators(question, before, answer) };
};

export type MoveOptions = {
  /** Answers to anybody's questions about the same claim: in advance, or in other disputes. */
  readonly elsewhere?: readonly Exchange[];
  /** Gas that the deciding transaction should stay under where more questions can make it so; 300,000 unless stated. */
  readonly decidingGas?: number;
  /**
   * Of marks in questions (32 bits): a number that the provider could not know when it claimed. One that knew it could have made
   * a wrong block with the mark of the right one, for which it takes one question more.
   */
  readonly salt?: number;
};

/**
 * The next move against a claim.
 * @param own run of the claimed program on the claimed inputs
 * @param dispute answered questions of the own dispute, in order
 */
export const nextMove = async (
  own: RunBook,
  claim: Run,
  dispute: readonly Exchange[],
  options: MoveOptions = {},
): Promise<NextMove> => {
  if (!sameBytes(claim.program, own.run.program)) return notHeld('program');
  if (!sameBytes(claim.input, own.run.input)) return notHeld('input');
  const sameTrace = sameBytes(claim.trace, own.run.trace);
  if (!sameTrace && own.program.nodes === 0) return NOT_DISPUTABLE;
  if (sameTrace && sameBytes(claim.output, own.run.output)) return { kind: 'nothing' };
  const knowledge = new Knowledge(claim, own);
  for (const exchange of options.elsewhere ?? []) leftBy(claim, exchange, NO_RECORD, knowledge);
  let last: Last = { record: NO_RECORD, data: null, partials: null };
  for (const exchange of dispute) last = leftBy(claim, exchange, last.record, knowledge) ?? last;
  const finder = new Finder(own, knowledge.view(), last, options);
  return sameTrace ? finder.output() : finder.trace();
};
