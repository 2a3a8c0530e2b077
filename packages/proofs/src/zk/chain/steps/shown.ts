/** What a provider has shown of a claim's data on the chain, and what is left to ask for (spec 20.8). */
import { leafHash, sameBytes } from '@surety/core';
import { Reader, Unreadable } from '../../../optimistic/bytes.ts';
import { readOpening } from '../../../optimistic/tree.ts';
import { stepTrace } from './claim.ts';
import { CHUNK_BYTES } from './machine.ts';
import type { StepProgram } from './program.ts';
import { decodeStepQuestion, MOST_ASKED, type StepQuestion } from './question.ts';

/** A question, and the answer that the contract took. */
export type StepExchange = { readonly question: Uint8Array; readonly answer: Uint8Array };

export type ShownData = {
  /** Root of the tree over the records; null where nothing was shown yet. */
  readonly records: Uint8Array | null;
  /** The data; null while a part of it is missing. */
  readonly data: Uint8Array | null;
  /** The question for the first chunks that are missing; null where none is. */
  readonly missing: StepQuestion | null;
};

type Head = { readonly records: Uint8Array; readonly data: Uint8Array };

/** HEAD of an answer, if it is that of the claim; null otherwise. */
const headOf = (from: Reader, program: StepProgram, trace: Uint8Array): Head | null => {
  from.take(8 + program.tree.root.length);
  const head = { records: from.hash(), data: from.hash() };
  return sameBytes(stepTrace(program.id, head.records, head.data), trace) ? head : null;
};

/** Puts the chunks that an answer shows in their places. */
const take = (
  { data: layout }: StepProgram,
  chunks: (Uint8Array | undefined)[],
  { first, count }: { readonly first: number; readonly count: number },
  root: Uint8Array,
  from: Reader,
): void => {
  const shown: Uint8Array[] = [];
  const run = { first, count: Math.min(count, chunks.length - first) };
  const led = readOpening(from, chunks.length, run, (index) => {
    const chunk = from.take(Math.min(CHUNK_BYTES, layout.length - index * CHUNK_BYTES));
    shown.push(chunk);
    return leafHash(chunk);
  });
  from.end();
  if (!sameBytes(led, root)) return;
  for (const [i, chunk] of shown.entries()) chunks[first + i] = chunk;
};

/**
 * Collects what answers show. Answers that are about another claim, or are none, show nothing.
 * @param trace of the claim, whose program is this one
 */
export const shownData = (program: StepProgram, trace: Uint8Array, exchanges: readonly StepExchange[]): ShownData => {
  const chunks = new Array<Uint8Array | undefined>(Math.ceil(program.data.length / CHUNK_BYTES)).fill(undefined);
  let records: Uint8Array | null = null;
  for (const { question, answer } of exchanges) {
    const asked = decodeStepQuestion(question);
    if (asked === null) continue;
    try {
      const from = new Reader(answer);
      const head = headOf(from, program, trace);
      if (head === null) continue;
      records = head.records;
      if (asked.kind === 'chunks' && asked.first < chunks.length) take(program, chunks, asked, head.data, from);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
    }
  }
  const first = chunks.indexOf(undefined);
  if (first < 0 && records !== null) return { records, data: joined(program, chunks as Uint8Array[]), missing: null };
  const next = Math.max(first, 0);
  const end = chunks.findIndex((chunk, i) => i > next && chunk !== undefined);
  const count = Math.min(MOST_ASKED.chunks, (end < 0 ? chunks.length : end) - next);
  return { records, data: null, missing: { kind: 'chunks', first: next, count } };
};

const joined = ({ data: layout }: StepProgram, chunks: readonly Uint8Array[]): Uint8Array => {
  const data = new Uint8Array(layout.length);
  for (const [i, chunk] of chunks.entries()) data.set(chunk, i * CHUNK_BYTES);
  return data;
};
