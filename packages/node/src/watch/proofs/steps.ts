/**
 * The route of proofs by steps (spec 20.6): whoever has the architecture and the data of a claim runs its verifier, and asks down to the
 * first step that does not follow, which has no answer. What nobody published is asked for, piece by piece.
 */
import type { ClaimView, Dispute, Exchange } from '@surety/chain';
import { from0x, sameBytes, to0x, toHex, unwrap } from '@surety/core';
import {
  answerStep,
  checkData,
  claimOn,
  encodeStepQuestion,
  nextStepQuestion,
  type PublishedData,
  runStepsInTurns,
  type StepExchange,
  type StepProgram,
  shownData,
} from '@surety/proofs/zk';
import type { NextStep } from '../knowledge.ts';
import { runOfClaim } from '../optimistic.ts';
import type { Rerun, Route } from '../route.ts';
import type { Architectures } from './architectures.ts';
import { turns } from './pause.ts';
import type { StepData } from './step-data.ts';

type Hex = `0x${string}`;

/** Questions of one dispute (spec 14.4). */
const MOST_QUESTIONS = 32;

const bytes = (hex: Hex): Uint8Array => unwrap(from0x(hex));

const answered = (exchanges: readonly Pick<Exchange, 'question' | 'answer'>[]): readonly StepExchange[] =>
  exchanges.flatMap(({ question, answer }) =>
    answer === null ? [] : [{ question: bytes(question), answer: bytes(answer) }],
  );

/** All that was ever answered about a claim, whoever asked. */
const allAnswered = ({ shown, disputes }: ClaimView): readonly StepExchange[] => [
  ...answered(shown),
  ...disputes.flatMap(({ exchanges }) => answered(exchanges)),
];

const QUESTION_OF_DATA = to0x(encodeStepQuestion({ kind: 'chunks', first: 0, count: 1 }).subarray(0, 1));

/** Whether a dispute about a claim of this route began with a question for data. */
export const asksForStepData =
  (verifier: Hex) =>
  ({ claim }: ClaimView, { exchanges }: Dispute): boolean =>
    claim.request.verifier.toLowerCase() === verifier.toLowerCase() &&
    exchanges[0]?.question.startsWith(QUESTION_OF_DATA) === true;

const nothing = async (): Promise<void> => undefined;

/** Asking for what is missing, as far as one dispute goes. */
const withheld = (program: StepProgram, view: ClaimView): Pick<Rerun, 'kind' | 'answer' | 'next' | 'close'> => ({
  kind: 'withheld',
  answer: async () => null,
  next: async (exchanges): Promise<NextStep> => {
    const { missing } = shownData(program, runOfClaim(view).trace, allAnswered(view));
    if (missing === null) return { kind: 'nothing' };
    if (exchanges.length >= MOST_QUESTIONS) return { kind: 'concede' };
    return { kind: 'ask', question: to0x(encodeStepQuestion(missing)) };
  },
  close: nothing,
});

/** A claim whose data are at hand. */
const judged = async (program: StepProgram, view: ClaimView, { data }: Pick<PublishedData, 'data'>): Promise<Rerun> => {
  const run = runOfClaim(view);
  const ran = await runStepsInTurns(program.steps, run, data, turns());
  const claimed = claimOn(program, run, data, ran);
  if (claimed !== null && sameBytes(claimed.run.trace, run.trace))
    return {
      kind: 'right',
      answer: async (exchanges) => {
        const last = exchanges.at(-1);
        return last === undefined ? null : to0x(answerStep(claimed, bytes(last.question)));
      },
      next: async () => ({ kind: 'nothing' }),
      close: nothing,
    };
  const checked = checkData(program, run, data, ran);
  return {
    kind: 'wrong',
    answer: async () => null,
    next: async (exchanges): Promise<NextStep> => {
      if (exchanges.length >= MOST_QUESTIONS) return { kind: 'concede' };
      const move = nextStepQuestion(checked, answered(exchanges));
      return move.kind === 'ask' ? { kind: 'ask', question: to0x(move.question) } : move;
    },
    close: nothing,
  };
};

/** The route of the contract `ProofStepVerifier`. */
export const stepsRoute = (architectures: Pick<Architectures, 'steps'>, data: StepData): Route => ({
  check: async (view, signal) => {
    const { program: id, trace } = runOfClaim(view);
    const program = await architectures.steps(toHex(id), signal);
    if (program === null) return { kind: 'unheld', what: 'program' };
    const found = await data.find(program, trace, signal);
    if (found.ok && found.value !== null) return judged(program, view, found.value);
    const shown = shownData(program, trace, allAnswered(view));
    if (shown.data !== null) return judged(program, view, { data: shown.data });
    return { ...withheld(program, view), ...(found.ok ? {} : { problem: found.problem }) };
  },
});
