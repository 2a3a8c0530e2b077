/**
 * The optimistic route (spec 15): a claim about a tensor program is run again here, and what its provider answers is held
 * against the own run.
 */
import type { ClaimView, Exchange } from '@surety/chain';
import { from0x, SuretyError, sameBytes, to0x, unwrap } from '@surety/core';
import { allocate, type CheckedProgram, chunkCount, elements, type Tensor, valueBytes } from '@surety/programs';

import {
  answer,
  encodeQuestion,
  judge,
  NO_RECORD,
  nextMove,
  openProgram,
  openRun,
  type Place,
  type Run,
  type RunBook,
} from '@surety/proofs';
import type { FoundProgram, Holdings } from './holdings.ts';
import type { NextStep } from './knowledge.ts';
import type { Route } from './route.ts';

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

type Seen = { readonly type: Tensor | null; readonly chunks: Map<number, Uint8Array> };

/** Inputs of the claim that its provider showed, as far as the claim commits to them. */
const shownTensors = (view: ClaimView): ReadonlyMap<number, Seen> => {
  const seen = new Map<number, Seen>();
  const nothing = (): void => undefined;
  for (const { question, answer: told } of view.shown) {
    judge(runOfClaim(view), bytes(question), NO_RECORD, bytes(told), {
      steps: nothing,
      step: nothing,
      list: nothing,
      hash: nothing,
      tensor: (place: Place, { type }) => {
        if (place.of !== 'input' || seen.has(place.index)) return;
        const empty = type === null ? null : { ...type, values: allocate(type.dtype, elements(type.shape)) };
        seen.set(place.index, { type: empty, chunks: new Map() });
      },
      chunk: (place: Place, chunk: number, value: Uint8Array) => {
        if (place.of === 'input') seen.get(place.index)?.chunks.set(chunk, value);
      },
    });
  }
  return seen;
};

/** The input of a claim, where its provider showed all of it. */
export const shownInput = (view: ClaimView, count: number): readonly Tensor[] | null => {
  const seen = shownTensors(view);
  const tensors: Tensor[] = [];
  for (let index = 0; index < count; index++) {
    const { type: tensor, chunks } = seen.get(index) ?? { type: null, chunks: new Map<number, Uint8Array>() };
    if (tensor === null || chunks.size !== chunkCount(tensor)) return null;
    const target = valueBytes(tensor.values);
    let at = 0;
    for (let chunk = 0; chunk < chunks.size; chunk++) {
      const value = chunks.get(chunk)!;
      target.set(value, at);
      at += value.length;
    }
    tensors.push(tensor);
  }
  return tensors;
};

const openHeld = async (found: FoundProgram, inputs: readonly Tensor[], signal?: AbortSignal): Promise<RunBook> =>
  unwrap(
    await openRun(openProgram(found.program, { commitment: found.commitment }), inputs, {
      ...(found.steps === null ? {} : { steps: found.steps }),
      ...(signal === undefined ? {} : { signal }),
    }),
  );

const notHeld = (what: string, value: string): SuretyError =>
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
  return openHeld({ ...found, steps }, inputs);
};

/** Most questions that are answered together with a claim, and most chunks of one. */
const MOST_SHOWN = 8;
const CHUNKS_EACH = 4;

/**
 * Questions about the own input with their answers, all of it or nothing: so that anybody can check a claim whose program
 * is public.
 */
export const shownWith = async (
  own: OwnRun,
  mostBytes: number,
): Promise<readonly { readonly question: Hex; readonly answer: Hex }[]> => {
  const size = own.inputTensors.reduce((sum, { values }) => sum + values.byteLength, 0);
  const parts = own.inputTensors.flatMap((tensor, index) => {
    const count = chunkCount(tensor);
    return Array.from({ length: Math.ceil(count / CHUNKS_EACH) }, (_, i) => ({
      index,
      chunk: i * CHUNKS_EACH,
      count: Math.min(CHUNKS_EACH, count - i * CHUNKS_EACH),
    }));
  });
  if (size > mostBytes || parts.length > MOST_SHOWN) return [];
  const shown: { readonly question: Hex; readonly answer: Hex }[] = [];
  for (const { index, chunk, count } of parts) {
    const question = encodeQuestion({ kind: 'data', place: { of: 'input', index }, chunk, count });
    shown.push({ question: to0x(question), answer: to0x(unwrap(await answer(own, question, NO_RECORD))) });
  }
  return shown;
};

const answered = (exchanges: readonly Exchange[]) =>
  exchanges.flatMap((each) =>
    each.answer === null ? [] : [{ question: bytes(each.question), answer: bytes(each.answer) }],
  );

const stepOf = async (own: RunBook, view: ClaimView, exchanges: readonly Exchange[]): Promise<NextStep> => {
  const shown = view.shown.map((each) => ({ question: bytes(each.question), answer: bytes(each.answer) }));
  const move = await nextMove(own, runOfClaim(view), answered(exchanges), { elsewhere: shown });
  if (move.kind === 'cannot') throw new SuretyError(move.problem);
  if (move.kind === 'nothing') return { kind: 'nothing' };
  return move.kind === 'ask'
    ? { kind: 'ask', question: to0x(move.question) }
    : { kind: 'refute', proof: to0x(move.proof) };
};

const recordBefore = (exchanges: readonly Exchange[]): Uint8Array => {
  const before = exchanges.at(-2)?.record;
  return before == null ? NO_RECORD : bytes(before);
};

/** What is held of a claim, ready to be run. */
export type HeldClaim =
  | {
      readonly kind: 'held';
      readonly program: CheckedProgram;
      readonly run: (signal?: AbortSignal) => Promise<OwnRun>;
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
  const inputs = kept ?? shownInput(view, found.program.inputs.length);
  if (inputs === null) return { kind: 'unheld', what: 'input' };
  return { kind: 'held', program: found.program, run: (signal) => openHeld(found, inputs, signal) };
};

/** The route of the contract `TensorVerifier`. */
export const optimisticRoute = (holdings: Holdings, recorded: () => readonly number[]): Route => ({
  check: async (view, signal) => {
    const held = openClaim(holdings, recorded, view);
    if (held.kind === 'unheld') return held;
    const own = await held.run(signal);
    const claimed = runOfClaim(view);
    const isRight = sameBytes(own.run.output, claimed.output) && sameBytes(own.run.trace, claimed.trace);
    return {
      kind: isRight ? 'right' : 'wrong',
      answer: async (exchanges) => {
        const last = exchanges.at(-1);
        if (last === undefined) return null;
        const told = await answer(own, bytes(last.question), recordBefore(exchanges));
        return told.ok ? to0x(told.value) : null;
      },
      next: (exchanges) => stepOf(own, view, exchanges),
      close: own.close,
    };
  },
});
