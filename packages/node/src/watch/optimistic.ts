/**
 * The optimistic route (spec 15): a claim about a tensor program is run again here, and what its provider answers is held
 * against the own run.
 */
import { randomInt } from 'node:crypto';
import type { ClaimView, Exchange as OnChain } from '@surety/chain';
import { from0x, ok, type Result, SuretyError, sameBytes, to0x, unwrap } from '@surety/core';
import type { Tensor } from '@surety/programs';
import {
  answer,
  type Exchange,
  encodeQuestion,
  inputsShown,
  type NextMove,
  NO_RECORD,
  nextMove,
  nextMoveAgainstInputs,
  openProgram,
  openRun,
  questionsInAdvance,
  type Run,
  type RunBook,
} from '@surety/proofs';
import type { FoundProgram, Holdings } from './holdings.ts';
import type { NextStep } from './knowledge.ts';
import type { Rerun, Route } from './route.ts';

type Hex = `0x${string}`;

/** An own run, with what it gave. */
export type OwnRun = RunBook;

const bytes = (hex: Hex): Uint8Array => unwrap(from0x(hex));

const digits = (hex: Hex): string => hex.slice(2).toLowerCase();

/** What a claim says was run. */
export const runOfClaim = ({ claim }: ClaimView): Run => ({
  program: bytes(claim.request.program),
  input: bytes(claim.request.input),
  output: bytes(claim.output),
  trace: bytes(claim.trace),
});

/** Where HEAD (spec 15.5), with which all answers but those about sums begin, says how often the program is run. */
const STEPS_AT = 76;

/** How often the program may have been run, as the provider showed. */
const shownSteps = ({ shown }: ClaimView): readonly number[] =>
  shown.flatMap((each) => {
    const told = bytes(each.answer);
    return told.length < STEPS_AT + 4 ? [] : [new DataView(told.buffer, told.byteOffset).getUint32(STEPS_AT)];
  });

/** Questions that the provider answered in advance. */
const shownIn = ({ shown }: ClaimView): readonly Exchange[] =>
  shown.map(({ question, answer: told }) => ({ question: bytes(question), answer: bytes(told) }));

const openHeld = async (
  { program, steps, commitment }: FoundProgram,
  inputs: readonly Tensor[],
  signal?: AbortSignal,
): Promise<Result<RunBook>> =>
  openRun(openProgram(program, { commitment }), inputs, {
    ...(steps === null ? {} : { steps }),
    ...(signal === undefined ? {} : { signal }),
  });

/** What is to be run and is not there. */
export const notHeld = (what: string, value: string): SuretyError =>
  new SuretyError({
    code: 'program.not-held',
    message: `The ${what} ${value} is not held here.`,
    next: 'Run "surety run" again in the folder that holds it.',
    field: what,
    value,
  });

/** Runs what is held here. */
export const runHeld = async (
  holdings: Holdings,
  { program, steps, input }: { readonly program: string; readonly steps: number | null; readonly input: string },
): Promise<OwnRun> => {
  const found = holdings.program(program, []);
  if (found === null) throw notHeld('program', program);
  const inputs = holdings.input(input);
  if (inputs === null) throw notHeld('input', input);
  return unwrap(await openHeld({ ...found, steps }, inputs));
};

/**
 * What a claim brings along, each question with its answer: the top of its trace, which spares a dispute two transactions, and
 * all of its input or nothing, so that anybody can check a claim whose program is public.
 * @param mostBytes largest input that is brought along
 */
export const shownWith = async (
  own: OwnRun,
  mostBytes: number,
): Promise<readonly { readonly question: Hex; readonly answer: Hex }[]> => {
  const size = own.inputTensors.reduce((sum, { values }) => sum + values.byteLength, 0);
  const shown: { readonly question: Hex; readonly answer: Hex }[] = [];
  for (const each of questionsInAdvance(own, own.inputTensors, { withInputs: size <= mostBytes })) {
    const question = encodeQuestion(each);
    shown.push({ question: to0x(question), answer: to0x(unwrap(await answer(own, question, NO_RECORD))) });
  }
  return shown;
};

const answeredIn = (exchanges: readonly OnChain[]): readonly Exchange[] =>
  exchanges.flatMap((each) =>
    each.answer === null ? [] : [{ question: bytes(each.question), answer: bytes(each.answer) }],
  );

const stepOf = (move: NextMove): NextStep => {
  if (move.kind === 'cannot') throw new SuretyError(move.problem);
  if (move.kind === 'nothing') return { kind: 'nothing' };
  return move.kind === 'ask'
    ? { kind: 'ask', question: to0x(move.question) }
    : { kind: 'refute', proof: to0x(move.proof) };
};

const recordBefore = (exchanges: readonly OnChain[]): Uint8Array => {
  const before = exchanges.at(-2)?.record;
  return before == null ? NO_RECORD : bytes(before);
};

/** What is held of a claim, ready to be run. */
export type HeldClaim =
  | {
      readonly kind: 'held';
      readonly found: FoundProgram;
      readonly inputs: readonly Tensor[];
      /** `program.input` where the program does not take the claimed inputs. */
      readonly run: (signal?: AbortSignal) => Promise<Result<OwnRun>>;
    }
  | { readonly kind: 'unheld'; readonly what: 'program' | 'input' };

/**
 * Finds program and input of a claim: on disk, or the input among what the provider showed.
 * @param recorded how often iterated programs of own claims are run
 */
export const openClaim = (holdings: Holdings, recorded: () => readonly number[], view: ClaimView): HeldClaim => {
  const { request } = view.claim;
  const kept = holdings.input(digits(request.input));
  const leading = (kept ?? []).flatMap(({ shape }) => shape.slice(0, 1));
  const found = holdings.program(digits(request.program), [...shownSteps(view), ...leading, ...recorded()]);
  if (found === null) return { kind: 'unheld', what: 'program' };
  const shown = kept === null ? inputsShown(runOfClaim(view), found.program.inputs.length, shownIn(view)) : ok(kept);
  if (!shown.ok) return { kind: 'unheld', what: 'input' };
  const inputs = shown.value;
  return { kind: 'held', found, inputs, run: (signal) => openHeld(found, inputs, signal) };
};

/** A claim about inputs that its program does not take: these alone refute it. */
const unfit = (view: ClaimView, { found, inputs }: Extract<HeldClaim, { readonly kind: 'held' }>): Rerun => {
  const book = openProgram(found.program, { commitment: found.commitment });
  const about = { steps: found.steps ?? 1, inputs };
  return {
    kind: 'wrong',
    answer: async () => null,
    next: async (exchanges) =>
      stepOf(nextMoveAgainstInputs(book, about, runOfClaim(view), answeredIn(exchanges), shownIn(view))),
    close: async () => undefined,
  };
};

/** The route of the contract `TensorVerifier`. */
export const optimisticRoute = (holdings: Holdings, recorded: () => readonly number[]): Route => ({
  check: async (view, signal) => {
    const held = openClaim(holdings, recorded, view);
    if (held.kind === 'unheld') return held;
    const ran = await held.run(signal);
    if (!ran.ok && ran.problem.code === 'program.input') return unfit(view, held);
    const own = unwrap(ran);
    const claimed = runOfClaim(view);
    // Drawn after the claim was made, and for it alone: what one question told of it helps nobody with another claim.
    const salt = randomInt(2 ** 32);
    const isRight = sameBytes(own.run.output, claimed.output) && sameBytes(own.run.trace, claimed.trace);
    return {
      kind: isRight ? 'right' : 'wrong',
      answer: async (exchanges) => {
        const last = exchanges.at(-1);
        if (last === undefined) return null;
        const told = await answer(own, bytes(last.question), recordBefore(exchanges));
        return told.ok ? to0x(told.value) : null;
      },
      next: async (exchanges) =>
        stepOf(await nextMove(own, claimed, answeredIn(exchanges), { elsewhere: shownIn(view), salt })),
      close: own.close,
    };
  },
});
