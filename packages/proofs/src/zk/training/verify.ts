/** Verifying a proof of training. */
import { type Finding, ok, type Problem, type Result, refuse, sameBytes, toHex } from '@surety/core';
import { trainingFinding } from './finding.ts';
import { verifyLink } from './link.ts';
import { type Pair, parityProblem } from './parity.ts';
import type { TrainingProof } from './prove.ts';
import type { Training } from './setting.ts';

export type TrainingExpected = {
  /** Roots that were agreed on before: of the training set's batches, of the audit set, of the first state. */
  readonly batches?: readonly Uint8Array[];
  readonly auditSet?: Uint8Array;
  readonly first?: Uint8Array;
  /** How often each label is to occur in the training set. */
  readonly counts?: readonly number[];
  /** Millionths that the groups' rates of positive decisions may be apart. */
  readonly parityPpm?: number;
};

export type VerifiedTraining = {
  readonly first: Uint8Array;
  readonly last: Uint8Array;
  readonly batches: readonly Uint8Array[];
  readonly auditSet: Uint8Array;
  /** Samples of the training set with each label. */
  readonly counts: readonly number[];
  /** Of group 0 and of group 1 of the audit set. */
  readonly positives: Pair;
  readonly members: Pair;
  readonly finding: Finding;
};

const malformed = (field: string, value: number, limit: number): Problem => ({
  code: 'proof.malformed',
  message: `The proof of training has ${value} ${field}.`,
  next: 'Get the proof again, of the setting that is meant.',
  field,
  value: `${value}`,
  limit: `${limit}`,
});

const other = (field: string, given: string, wanted: string): Problem => ({
  code: 'proof.other',
  message: `The proof is about another ${field}.`,
  next: 'Ask for a proof of the training that is meant.',
  field,
  value: given,
  limit: wanted,
});

const lengthProblem = ({ setting }: Training, proof: TrainingProof): Problem | null => {
  const { steps, batches } = setting;
  if (proof.steps.length !== steps) return malformed('steps', proof.steps.length, steps);
  if (proof.states.length !== steps + 1) return malformed('states', proof.states.length, steps + 1);
  return proof.batches.length === batches ? null : malformed('batches', proof.batches.length, batches);
};

const expectedProblem = (proof: TrainingProof, expected: TrainingExpected): Problem | null => {
  const { first, auditSet, batches } = expected;
  const compare = (field: string, given: Uint8Array, wanted: Uint8Array | undefined): Problem | null =>
    wanted === undefined || sameBytes(given, wanted) ? null : other(field, toHex(given), toHex(wanted));
  if (batches !== undefined && batches.length !== proof.batches.length) {
    return other('training set', `${proof.batches.length} batches`, `${batches.length} batches`);
  }
  return (
    compare('first state', proof.states[0]!, first) ??
    compare('audit set', proof.auditSet, auditSet) ??
    proof.batches.map((root, i) => compare('training set', root, batches?.[i])).find((problem) => problem !== null) ??
    null
  );
};

/**
 * Checks every step, that each begins with the state that the one before ended with and reads the agreed batch, the counts of
 * labels and the audit.
 * Problems: `proof.malformed`, `proof.other` for other roots or counts than expected, `proof.refuted`.
 */
export const verifyTraining = async (
  training: Training,
  proof: TrainingProof,
  expected: TrainingExpected = {},
): Promise<Result<VerifiedTraining>> => {
  const { step, balance, audit, batchOf } = training;
  const wrong = lengthProblem(training, proof) ?? expectedProblem(proof, expected);
  if (wrong !== null) return refuse(wrong);
  for (const [at, made] of proof.steps.entries()) {
    const roots = [proof.states[at]!, proof.batches[batchOf(at)]!, proof.states[at + 1]!];
    const checked = await verifyLink(step, roots, made, `steps[${at}]`);
    if (!checked.ok) return checked;
  }
  const counted = await verifyLink(balance, proof.batches, proof.balance, 'balance');
  if (!counted.ok) return counted;
  const [first, last] = [proof.states[0]!, proof.states.at(-1)!];
  const audited = await verifyLink(audit, [last, proof.auditSet], proof.audit, 'audit');
  if (!audited.ok) return audited;
  const counts = [...proof.balance.outputs[0]!.values];
  if (expected.counts !== undefined && `${expected.counts}` !== `${counts}`) {
    return refuse(other('balance of labels', `${counts}`, `${expected.counts}`));
  }
  const [positives, members] = proof.audit.outputs.map(({ values }) => [values[0]!, values[1]!] as const) as [
    Pair,
    Pair,
  ];
  const { parityPpm } = expected;
  const unfair = parityPpm === undefined ? null : parityProblem(positives, members, parityPpm);
  if (unfair !== null) return refuse(unfair);
  const { batches, auditSet } = proof;
  const found = { first, last, batches, auditSet, counts, positives, members };
  return ok({ ...found, finding: trainingFinding('zk-training', training, found, parityPpm ?? null) });
};
