/** Records that can be checked: read, of this program, and with inputs that it takes. */
import { ok, type Problem, type Result, sameBytes } from '@surety/core';
import { admitInputs, type Tensor } from '@surety/programs';
import type { Parts } from './parts.ts';
import { type PackedRecord, readRecord } from './record.ts';
import type { Sample } from './sample.ts';

/** A record, and the input that it is to be about. */
export type Questionable = {
  /** Read in place: its bytes must stay until the check is done. */
  readonly record: Uint8Array;
  readonly inputs: readonly Tensor[];
  /** Look at so many elements of replayed nodes, drawn from a seed, in place of all. The record has to hold their values. */
  readonly sample?: Sample;
};

const unfit = (field: string, message: string, next: string): { readonly ok: false; readonly problem: Problem } => ({
  ok: false,
  problem: { code: 'statistical.unfit', message, next, field },
});

/** A record that can be checked, read. */
export type Readable = Pick<Questionable, 'inputs' | 'sample'> & { readonly record: PackedRecord };

/** Problems: `statistical.malformed`, `statistical.unfit`, `program.input`. @param id P of the program */
export const readQuestionable = (
  parts: Parts,
  id: Uint8Array,
  { record: bytes, inputs, sample }: Questionable,
): Result<Readable> => {
  const decoded = readRecord(parts, bytes);
  if (!decoded.ok) return decoded;
  const { gain, run, values } = decoded.value;
  if (gain !== parts.gain)
    return unfit('record.gain', `The record folds nodes at a gain of ${gain}.`, `Ask for one at ${parts.gain}.`);
  if (!sameBytes(run.program, id)) {
    const next = 'Check it against the program that it names.';
    return unfit('record.program', 'The record is about another program.', next);
  }
  if (sample !== undefined && values === null) {
    const next = 'Check it without a sample, which replays all.';
    return unfit('record.values', 'The record holds no values to sample.', next);
  }
  const admitted = admitInputs(parts.program, inputs);
  return admitted.ok ? ok({ record: decoded.value, inputs, ...(sample === undefined ? {} : { sample }) }) : admitted;
};
