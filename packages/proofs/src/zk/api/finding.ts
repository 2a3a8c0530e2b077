/** What a proof shows of a run, in the words of spec 03 and 18. */
import { type Finding, toHex } from '@surety/core';
import type { Named } from '../file/file.ts';

export type ProvedRun = {
  readonly program: Named;
  /** L of public inputs; of hidden ones the root that they are committed to by. */
  readonly input: Uint8Array;
  readonly hidesInput: boolean;
  /**
   * In how many proofs the commitment of a private program hides its constants; 0 where it binds without hiding, and for
   * public programs.
   */
  readonly proofs: number;
  /** L of the outputs. */
  readonly output: Uint8Array;
};

const NEVER_PROVED = [
  'that the answer is right: a program was run as agreed',
  'that the model is good, or how it was trained',
  'when, where or by whom it was run',
] as const;

const programInWords = (program: Named): string =>
  program.kind === 'public'
    ? `program ${toHex(program.id)}`
    : `the program of architecture ${toHex(program.architecture)} whose hidden constants ${toHex(program.weights)} commits to`;

/** What a proof tells beside the run. */
const inWords = ({ program, hidesInput, proofs }: ProvedRun): string => {
  const weights = program.kind === 'private' && proofs > 0;
  const parts = [weights ? 'the values of its hidden constants' : null, hidesInput ? 'the input' : null];
  const hidden = parts.filter((part) => part !== null).join(' and ');
  if (hidden === '') return 'It hides nothing.';
  const budget = weights ? `, as long as at most ${proofs} proofs are made with this commitment` : '';
  return `Beyond that it tells nothing of ${hidden}${budget}; architecture, declared ranges and output are open.`;
};

/** Whether a run was proved: `refuted` says why, in words. */
export const zkFinding = (source: string, run: ProvedRun, refuted: string | null): Finding => {
  const { program, hidesInput } = run;
  const hidesWeights = program.kind === 'private';
  const output = toHex(run.output);
  const input = hidesInput ? `the input that ${toHex(run.input)} commits to` : `input ${toHex(run.input)}`;
  const what = `${programInWords(program)} gives output ${output} on ${input}`;
  const common = { link: 'program' as const, source, freshAt: null };
  if (refuted !== null) {
    return {
      ...common,
      holds: 'refuted',
      summary: `The proof does not show that ${what}: ${refuted}.`,
      proves: [],
      assumes: [],
      doesNotProve: ['that the run was another one: a proof that fails shows nothing of what was run'],
    };
  }
  return {
    ...common,
    holds: 'shown',
    summary: `A proof shows that ${what}. ${inWords(run)}`,
    proves: [{ property: 'integrity', of: `the run: ${what}` }],
    assumes: [
      'that SHA-256 behaves as a random oracle: 96 bits of it, with no conjecture about codes',
      program.kind === 'public'
        ? 'that your copy of the program is the one whose id the proof names'
        : 'that the architecture and the root are those of the program you mean',
    ],
    doesNotProve: [
      ...NEVER_PROVED,
      ...(hidesWeights && run.proofs === 0
        ? ['that nobody can learn the constants from it: they are committed to without being hidden']
        : []),
      ...(hidesInput || (hidesWeights && run.proofs > 0)
        ? ['that whoever proved it kept what it hides to themselves, or drew what hides it at random']
        : []),
      ...(hidesWeights
        ? [
            'that the hidden constants are integers of their stated types: they are elements of the field of 2^31 − 1, and sums are sums there',
          ]
        : []),
    ],
  };
};
