/** What a proof of training shows, in the words of spec 03 and 18. */
import { type Finding, toHex } from '@surety/core';
import type { Pair } from './parity.ts';
import type { Training } from './setting.ts';

type Proved = {
  readonly first: Uint8Array;
  readonly last: Uint8Array;
  readonly batches: readonly Uint8Array[];
  readonly auditSet: Uint8Array;
  readonly counts: readonly number[];
  readonly positives: Pair;
  readonly members: Pair;
};

/** @param parityPpm the bound that the rates were held against; null for none */
export const trainingFinding = (
  source: string,
  { setting, step }: Training,
  { first, last, batches, auditSet, counts, positives, members }: Proved,
  parityPpm: number | null,
): Finding => {
  const { shape, steps } = setting;
  const set = `the training set of ${batches.length} batches of ${shape.batch} samples that ${batches.map(toHex).join(', ')} commit to`;
  const rates = `positive decisions for ${positives[0]} of ${members[0]} and for ${positives[1]} of ${members[1]}`;
  const bound = parityPpm === null ? '' : `, rates at most ${parityPpm} ppm apart`;
  return {
    link: 'program',
    source,
    holds: 'shown',
    summary: `Proofs show that ${steps} steps of program ${toHex(step.id)} lead from the weights that ${toHex(first)} commits to, to those that ${toHex(last)} commits to.`,
    proves: [
      {
        property: 'integrity',
        of: `each of the ${steps} steps on ${set}, batch t modulo ${batches.length} in step t, each from the state that the one before ended with`,
      },
      { property: 'integrity', of: `the labels of that set: ${counts.join(', ')} samples of each class` },
      {
        property: 'integrity',
        of: `the decisions of the last model on the audit set that ${toHex(auditSet)} commits to: ${rates} of its two groups${bound}`,
      },
      {
        property: 'confidentiality',
        of: 'weights, momentum, training set and audit set: the proofs add nothing to what the counts tell',
      },
    ],
    assumes: [
      'that SHA-256 behaves as a random oracle: 96 bits of it for each proof, with no conjecture about codes',
      'that whoever made the proofs drew their randomness well and kept it',
      `that no hidden matrix is opened in more than ${step.plan.randomness} columns over all proofs ever made of it: more would show parts of it`,
      'that the roots of the training and audit sets are those that were agreed on',
    ],
    doesNotProve: [
      'that the data are true, rightly labelled, complete, licensed or what their owner says they are',
      'that the model is fair: equal rates on this audit set are one number about it, and say nothing of other people, other groups or errors within a group',
      'that the audit set is like those the model will decide about, or was kept from training',
      'that nothing else was trained and thrown away, or that training began from nothing: the first weights are whatever their root commits to',
      'that the model is good, or what it will be used for',
      'when, where or by whom it was trained',
    ],
    freshAt: null,
  };
};
