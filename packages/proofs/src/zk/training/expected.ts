/** What a proof of training has to be about, where that was agreed on before. */
import { type Problem, sameBytes, toHex } from '@surety/core';
import { dataSetRoot } from './commit.ts';
import type { TrainingRoots } from './header.ts';

export type TrainingExpected = {
  /** Roots that were agreed on before, of the data set, of the audit set and of the first model. */
  readonly dataSet?: Uint8Array;
  readonly auditSet?: Uint8Array;
  readonly model?: Uint8Array;
  /** How often each label is to occur in the training set. */
  readonly counts?: readonly number[];
  /** Millionths that the groups' rates of positive decisions may be apart, whatever the file states. */
  readonly parityPpm?: number;
};

export const other = (field: string, given: string, wanted: string): Problem => ({
  code: 'proof.other',
  message: `The proof is about another ${field}.`,
  next: 'Ask for a proof of the training that is meant.',
  field,
  value: given,
  limit: wanted,
});

/** Roots that are others than expected; `null` for none. */
export const rootsProblem = (
  { model, auditSet, batches }: TrainingRoots,
  expected: TrainingExpected,
): Problem | null => {
  const compare = (field: string, given: Uint8Array, wanted: Uint8Array | undefined): Problem | null =>
    wanted === undefined || sameBytes(given, wanted) ? null : other(field, toHex(given), toHex(wanted));
  return (
    compare('first model', model, expected.model) ??
    compare('audit set', auditSet, expected.auditSet) ??
    compare('data set', dataSetRoot(batches), expected.dataSet)
  );
};
