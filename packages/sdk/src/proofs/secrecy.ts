/** What a proof hides and what it shows, part by part, in words. */
import type { Architecture, PublicProgram } from '@surety/proofs/zk';

export type Secrecy = {
  readonly part: 'input' | 'weights' | 'architecture' | 'output';
  readonly hidden: boolean;
  readonly words: string;
};

/** All of what verifies a proof that matters here. */
type Verifier = Pick<PublicProgram, 'kind'> | Pick<Architecture, 'kind' | 'proofs'>;

const weights = (subject: Verifier): Secrecy => {
  if (subject.kind === 'public')
    return { part: 'weights', hidden: false, words: 'part of the program, which whoever verifies holds' };
  if (subject.proofs === 0)
    return { part: 'weights', hidden: false, words: 'committed to, but not hidden: proofs tell of them' };
  const words = `only a commitment to them is known, and hides them in ${subject.proofs} proofs`;
  return { part: 'weights', hidden: true, words };
};

/** Input, weights, architecture and output: the architecture and the output are never hidden. */
export const secrecyOf = (subject: Verifier, hidesInput: boolean): readonly Secrecy[] => [
  hidesInput
    ? { part: 'input', hidden: true, words: 'only a commitment to it is in the proof' }
    : { part: 'input', hidden: false, words: 'in the file of the proof' },
  weights(subject),
  { part: 'architecture', hidden: false, words: 'operators, shapes, shifts, tables and declared ranges are public' },
  { part: 'output', hidden: false, words: 'in the file of the proof' },
];
