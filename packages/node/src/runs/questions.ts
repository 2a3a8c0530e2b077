/** Questions and answers as the wire has them. */
import { chunkCount, chunkSpan, DTYPE_BYTES, type Dtype, type TensorType } from '@surety/programs';
import { type Blocks, decodeQuestion, type ExplainedAnswer, type Place, type Question } from '@surety/proofs';
import type { RunAnswer, RunPlace, RunQuestion } from '@surety/protocol';
import type { KnownProgram, TensorPlace } from './known-program.ts';

/** Values of one answer that are shown. */
const MOST_VALUES = 64;

/** @param whole whether the list is meant, and not one of its tensors */
export const wirePlace = (place: TensorPlace, program: KnownProgram, whole = false): RunPlace => {
  const step = 'step' in place ? place.step : null;
  const index = 'index' in place && !whole ? place.index : null;
  const described = whole ? { operator: null, dtype: null, shape: null } : program.describe(place);
  return { of: place.of, step, index, ...described };
};

const typeOf = (place: Place, program: KnownProgram): TensorType | null => {
  const { dtype, shape } = program.describe(place);
  return dtype === null || shape === null ? null : { dtype: dtype as Dtype, shape };
};

/** Elements of the chunks that there are among those asked for; `null` where the type is not known or there are none. */
const elementsOf = (type: TensorType | null, first: number, last: number) => {
  if (type === null || last >= chunkCount(type)) return null;
  const width = DTYPE_BYTES[type.dtype];
  const [from, to] = [chunkSpan(type, first), chunkSpan(type, last)];
  return { first: from.offset / width, last: (to.offset + to.length) / width - 1 };
};

/** Leaves of so many blocks, cut off at the end of the tree where that is known. */
const leavesOf = ({ level, first, count }: Blocks, size: number | null) => {
  const perHash = 2 ** level;
  const from = Math.min(first * perHash, Number.MAX_SAFE_INTEGER);
  const to = Math.min((first + count) * perHash, Number.MAX_SAFE_INTEGER, size ?? Number.MAX_SAFE_INTEGER);
  return { leaves: { first: from, last: Math.max(from, to - 1) }, perHash };
};

const wireDecoded = (question: Question, program: KnownProgram): RunQuestion => {
  switch (question.kind) {
    case 'part': {
      const { place } = question;
      return { kind: 'part', place: wirePlace(place, program, true), ...leavesOf(question, program.countOf(place)) };
    }
    case 'chunks': {
      const { place, level, first, marks } = question;
      const type = typeOf(place, program);
      const count = marks === null ? 1 : marks.of.length;
      const blocks = leavesOf({ level, first, count }, type === null ? null : chunkCount(type));
      const elements = elementsOf(type, blocks.leaves.first, blocks.leaves.last);
      return { kind: 'chunks', place: wirePlace(place, program), ...blocks, differing: marks !== null, elements };
    }
    case 'partials': {
      const { step, node: index, element, segments, per } = question;
      return { kind: 'partials', place: wirePlace({ of: 'node', step, index }, program), element, segments, per };
    }
    case 'refine': {
      const { part, per, partials } = question;
      const { step, node: index, element } = partials;
      return { kind: 'refine', place: wirePlace({ of: 'node', step, index }, program), element, part, per };
    }
  }
};

/** A question in parts; `unread` where it is none of the tensor route. */
export const wireQuestion = (bytes: Uint8Array, program: KnownProgram): RunQuestion => {
  const question = decodeQuestion(bytes);
  return question.ok ? wireDecoded(question.value, program) : { kind: 'unread' };
};

/** What an answer shows, with the first of the values that it opened. */
export const wireAnswer = ({ shows, opened }: ExplainedAnswer, bytes: number): RunAnswer => ({
  bytes,
  shows,
  opened:
    opened === null
      ? null
      : { first: opened.first, count: opened.values.length, values: opened.values.slice(0, MOST_VALUES) },
});
