/** Inputs of a claim: what is wrong with them, if anything, and what a provider has shown of them. */
import { ok, type Problem, type Result, refuse, sameBytes } from '@surety/core';
import { allocate, chunkCount, elements, iterate, type Tensor, type TensorType, valueBytes } from '@surety/programs';
import type { Run } from '../run.ts';
import { judge } from './judge.ts';
import type { Exchange, NextMove } from './move.ts';
import { NO_RECORD } from './partials.ts';
import type { ProgramBook } from './program-book.ts';
import { encodeQuestion, LIMITS, type Question } from './question.ts';
import { type InputFault, refuteInput } from './refute.ts';
import { listOfTensors } from './run-book.ts';
import type { Committed, Notes } from './statement.ts';
import { blocksOf } from './tree.ts';
import type { View } from './view.ts';

/** Types that the whole takes, by input. */
const typesOf = (program: ProgramBook, steps: number): Result<readonly TensorType[]> => {
  if (steps === 1) return ok(program.checked.inputs);
  const iteration = iterate(program.checked, steps);
  return iteration.ok ? ok(iteration.value.inputs) : iteration;
};

const sameShape = (a: TensorType, b: TensorType): boolean => a.dtype === b.dtype && a.shape.join() === b.shape.join();

/** The first thing for which a program does not take some inputs; null where it takes them. */
export const faultOf = (
  program: ProgramBook,
  types: readonly TensorType[],
  inputs: readonly Tensor[],
): InputFault | null => {
  if (inputs.length !== types.length) return { kind: 'count' };
  for (const [index, { low, high }] of program.checked.inputs.entries()) {
    const { values } = inputs[index]!;
    if (!sameShape(inputs[index]!, types[index]!)) return { kind: 'type', index };
    const element = values.findIndex((value) => value < low || value > high);
    if (element >= 0) return { kind: 'range', index, element };
  }
  return null;
};

/**
 * The next move against a claim whose inputs the program does not take: there is no run to compare it with, and its inputs
 * alone refute it.
 * @param dispute answered questions of the own dispute, in order; `elsewhere` of anybody's
 */
export const nextMoveAgainstInputs = (
  program: ProgramBook,
  { steps, inputs }: { readonly steps: number; readonly inputs: readonly Tensor[] },
  claim: Run,
  dispute: readonly Exchange[],
  elsewhere: readonly Exchange[] = [],
): NextMove => {
  const types = typesOf(program, steps);
  if (!types.ok) return { kind: 'cannot', problem: types.problem };
  const fault = faultOf(program, types.value, inputs);
  if (fault === null) return { kind: 'nothing' };
  const list = listOfTensors(inputs);
  if (!sameBytes(list.id, claim.input)) return { kind: 'cannot', problem: otherInputs() };
  let root: Uint8Array | null = null;
  const notes: Notes = {
    ...SILENT,
    steps: (shown) => {
      root = shown;
    },
  };
  for (const { question, answer } of [...elsewhere, ...dispute]) judge(claim, question, NO_RECORD, answer, notes);
  // Every lead begins with the root of the steps, and nobody but the provider knows it.
  if (steps > 1 && root === null) {
    const question: Question = { kind: 'part', place: { of: 'steps' }, level: LIMITS.level, first: 0, count: 1 };
    return { kind: 'ask', question: encodeQuestion(question) };
  }
  // Of the steps nothing else is needed than their root.
  const stepTree = root === null ? null : { size: steps, hash: () => root };
  const view: View = { run: claim, program, steps, stepTree, step: async () => null, inputs: list, outputs: null };
  const proof = refuteInput(view, list, null, fault);
  return { kind: 'refute', proof, inDispute: false, wrong: { what: 'input', fault } };
};

const otherInputs = (): Problem => ({
  code: 'optimistic.not-held',
  message: 'The claim is about other inputs.',
  next: 'Get the inputs that the claim names.',
  field: 'input',
});

const SILENT: Notes = {
  steps: () => {},
  step: () => {},
  list: () => {},
  hash: () => {},
  tensor: () => {},
  chunk: () => {},
};

/** Chunks that one answer shows, as a level of blocks: 4, so that no answer is dearer than a small claim. */
const INPUT_LEVEL = 2;

/** Questions whose answers together show small inputs whole; null where they take more than `most`. */
export const questionsForInputs = (types: readonly TensorType[], most: number): readonly Question[] | null => {
  const questions = types.flatMap((type, index) =>
    Array.from({ length: blocksOf(chunkCount(type), INPUT_LEVEL) }, (_, first): Question => {
      return { kind: 'chunks', place: { of: 'input', index }, level: INPUT_LEVEL, first, marks: null };
    }),
  );
  return questions.length <= most ? questions : null;
};

/**
 * The inputs of a claim as far as answers have shown them, whole or not at all; they hash to the claim's.
 * @returns the inputs, or `optimistic.not-held` where some of them were not shown
 */
export const inputsShown = (claim: Run, count: number, exchanges: readonly Exchange[]): Result<readonly Tensor[]> => {
  const tensors = new Map<number, Committed>();
  const chunks = new Map<string, Uint8Array>();
  const notes: Notes = {
    ...SILENT,
    tensor: (place, tensor) => {
      if (place.of === 'input') tensors.set(place.index, tensor);
    },
    chunk: (place, chunk, bytes) => {
      if (place.of === 'input') chunks.set(`${place.index} ${chunk}`, bytes);
    },
  };
  for (const { question, answer } of exchanges) judge(claim, question, NO_RECORD, answer, notes);
  const inputs: Tensor[] = [];
  for (let index = 0; index < count; index++) {
    const type = tensors.get(index)?.type ?? null;
    if (type === null) return notShown(index);
    const values = allocate(type.dtype, elements(type.shape));
    let at = 0;
    for (let chunk = 0; chunk < chunkCount(type); chunk++) {
      const bytes = chunks.get(`${index} ${chunk}`);
      if (bytes === undefined) return notShown(index);
      valueBytes(values).set(bytes, at);
      at += bytes.length;
    }
    inputs.push({ ...type, values });
  }
  return sameBytes(listOfTensors(inputs).id, claim.input) ? ok(inputs) : notShown(0);
};

const notShown = (index: number): Result<never> =>
  refuse({
    code: 'optimistic.not-held',
    message: `Input ${index} of the claim was not shown whole.`,
    next: 'Get the inputs from whoever asked for the run, or ask the provider for their data.',
    field: `inputs[${index}]`,
  });
