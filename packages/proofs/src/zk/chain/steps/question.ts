/** What the provider of a claim on this route can be asked (spec 20.8). */
import { Reader, Unreadable, Writer } from '../../../optimistic/bytes.ts';

export type StepQuestion =
  /** Chunks of the data, 1 to {@link MOST_ASKED}.chunks. */
  | { readonly kind: 'chunks'; readonly first: number; readonly count: number }
  /** Hashes of blocks of 2^level records, 1 to {@link MOST_ASKED}.hashes. */
  | { readonly kind: 'records'; readonly level: number; readonly first: number; readonly count: number }
  /** All that a step reads, and what it writes. */
  | { readonly kind: 'step'; readonly step: number };

export const MOST_ASKED = { chunks: 64, hashes: 128, level: 31 } as const;

const KIND = { chunks: 1, records: 2, step: 3 } as const;

export const encodeStepQuestion = (question: StepQuestion): Uint8Array => {
  const out = new Writer().u8(KIND[question.kind]);
  if (question.kind === 'step') return out.u32(question.step).done();
  if (question.kind === 'records') out.u8(question.level);
  return out.u32(question.first).u8(question.count).done();
};

/** The question in these bytes; null where they are none, which is answered by nothing. */
export const decodeStepQuestion = (bytes: Uint8Array): StepQuestion | null => {
  try {
    const question = read(new Reader(bytes));
    if (question === null || question.kind === 'step') return question;
    const most = question.kind === 'chunks' ? MOST_ASKED.chunks : MOST_ASKED.hashes;
    const level = question.kind === 'records' ? question.level : 0;
    return question.count >= 1 && question.count <= most && level <= MOST_ASKED.level ? question : null;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
};

const read = (from: Reader): StepQuestion | null => {
  const kind = from.u8();
  let question: StepQuestion;
  if (kind === KIND.chunks) question = { kind: 'chunks', first: from.u32(), count: from.u8() };
  else if (kind === KIND.records) question = { kind: 'records', level: from.u8(), first: from.u32(), count: from.u8() };
  else if (kind === KIND.step) question = { kind: 'step', step: from.u32() };
  else return null;
  from.end();
  return question;
};
