/** How far a proof is, in words. */
import type { Progress } from '@surety/proofs/zk';

const WORDS: { readonly [step in Progress['step']]: string } = {
  witness: 'running the program and committing to its values',
  lookups: 'looking up every value',
  relations: 'layers',
  opening: 'opening the commitments',
};

/** `layer 3 of 12`, or the step that has just begun. */
export const progressWords = ({ step, done, total }: Progress): string =>
  step === 'relations' ? `layer ${done} of ${total}` : WORDS[step];
