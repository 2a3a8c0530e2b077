/** What a proof of training shows, in the words of spec 03 and 18. */
import { type Finding, toHex } from '@surety/core';
import { percentOf } from './parity.ts';
import type { VerifiedTraining } from './verify.ts';

const SOURCE = 'zk-training';

/** @param parityPpm the bound that the rates were held against; null for none */
export const trainingFinding = (
  {
    setting,
    program,
    dataSet,
    auditSet,
    first,
    last,
    counts,
    positives,
    members,
  }: Omit<VerifiedTraining, 'finding' | 'order'>,
  parityPpm: number | null,
): Finding => {
  const { shape, steps, batches, openings, audit } = setting;
  const samples = batches * shape.batch;
  const rates = `class ${audit.positive} for ${positives[0]} of the ${members[0]} of group 0 and for ${positives[1]} of the ${members[1]} of group 1`;
  const bound = parityPpm === null ? '' : `, rates at most ${percentOf(parityPpm)} percentage points apart`;
  return {
    link: 'program',
    source: SOURCE,
    holds: 'shown',
    summary: `Proofs show that ${steps} steps of training on ${samples} committed samples lead from the model that ${toHex(first)} commits to, to the one that ${toHex(last)} commits to.`,
    proves: [
      {
        property: 'integrity',
        of: `each of the ${steps} steps of program ${toHex(program)} on the data set ${toHex(dataSet)}, ${batches} batches of ${shape.batch} samples in their order, each step from the state that the one before ended with`,
      },
      {
        property: 'integrity',
        of: `the size and the labels of that data set: ${samples} samples, ${counts.map((count, label) => `${count} of class ${label}`).join(', ')}`,
      },
      {
        property: 'integrity',
        of: `the decisions of the last model on the audit set ${toHex(auditSet)} of ${audit.samples} samples: ${rates}${bound}`,
      },
      {
        property: 'confidentiality',
        of: 'weights, momentum, data set and audit set: the proofs add nothing to what the counts and the setting tell',
      },
    ],
    assumes: [
      'that SHA-256 behaves as a random oracle: 96 bits of it for each proof, with no conjecture about codes',
      'that ChaCha20 looks random without its key, and that whoever made the proofs drew the seeds well and keeps them: with a seed and the proofs the data can be learned',
      `that no hidden matrix is opened in more than ${openings} different proofs, over all runs on it: more would show parts of it`,
      'that the roots of data set, audit set and first model are those that were agreed on, and were agreed on before: a proof does not say when they were made',
    ],
    doesNotProve: [
      'that the data are true, rightly labelled, complete, representative, licensed or what their owner says they are',
      'that the model is fair: rates of one kind of decision on this audit set say nothing of other people, other groups, or errors within a group',
      'that the audit set is like those the model will decide about, or was kept from training',
      'that no other data, seed, order or audit set was tried and thrown away, or that training began from nothing: the first model is whatever its root commits to',
      'that a model which somebody runs is this one: what it is run under is another commitment',
      'that the model is good, or what it will be used for',
      'when, where or by whom it was trained',
    ],
    freshAt: null,
  };
};
