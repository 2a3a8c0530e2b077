/** SHA-256 of bytes of the data, in as many steps as it takes. */
import { BLOCK_BYTES, INITIAL_STATE, paddingOf } from './sha256.ts';
import type { ProgramWriter, Ref, StepWriter } from './writer.ts';

/** Bytes that one step hashes: four blocks, each of which takes a contract some 40,000 gas; the first step has its prefix to read. */
const PIECE_BYTES = { first: 3 * BLOCK_BYTES, later: 4 * BLOCK_BYTES } as const;

/** Bytes that the precompile hashes in one step. */
export const MOST_AT_ONCE_BYTES = 512;

/** What a hash begins with, before bytes of the data. */
export type Prefix = { readonly bytes: number; readonly put: (step: StepWriter) => void };

/** SHA-256 of a prefix and bytes of the data, in as many steps as it takes; their last record is the hash. */
export const hashSteps = (book: ProgramWriter, prefix: Prefix, offset: number, length: number): Ref => {
  if (length <= MOST_AT_ONCE_BYTES) {
    const record = book.step((step) => {
      prefix.put(step);
      step.putData(offset, length);
      return [step.digest()];
    });
    return { record, word: 0 };
  }
  const total = prefix.bytes + length;
  const padding = paddingOf(total);
  let before: Ref | null = null;
  for (let at = 0; at < total + padding.length; ) {
    const begin = at;
    const size = begin === 0 ? PIECE_BYTES.first : PIECE_BYTES.later;
    const end = Math.min(begin + size, total + padding.length);
    const last = before;
    const record = book.step((step) => {
      const state = last === null ? step.word(INITIAL_STATE) : step.get(last);
      if (begin === 0) prefix.put(step);
      const [from, to] = [Math.max(begin - prefix.bytes, 0), Math.min(end - prefix.bytes, length)];
      if (to > from) step.putData(offset + from, to - from);
      step.putConstant(padding.subarray(Math.max(begin - total, 0), Math.max(end - total, 0)));
      return [step.compress(state)];
    });
    before = { record, word: 0 };
    at = end;
  }
  return before!;
};
