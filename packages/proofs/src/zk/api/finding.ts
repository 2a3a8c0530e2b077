/** What a proof shows of a run, in the words of spec 03 and 18. */
import { type Finding, toHex } from '@surety/core';
import type { Renewal } from '../constants/renewal.ts';
import type { Named } from '../file/file.ts';

export type ProvedRun = {
  readonly program: Named;
  /** L of public inputs; of hidden ones the root that they are committed to by. */
  readonly input: Uint8Array;
  readonly hidesInput: boolean;
  /** L of the outputs. */
  readonly output: Uint8Array;
  /** How many proofs the commitment to hidden constants hides them in; 0 where it only binds, or nothing is hidden. */
  readonly proofs: number;
  /** That hidden constants are integers of their types, and how many sums may still wrap around; null where it is not shown. */
  readonly constants: { readonly openSums: number } | null;
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

const constantsShown = ({ constants }: ProvedRun): Finding['proves'] =>
  constants === null
    ? []
    : [
        {
          property: 'integrity',
          of: `the hidden constants: integers of their stated types${constants.openSums === 0 ? ', and every sum of the run is one of integers' : ''}`,
        },
      ];

const constantsOpen = ({ constants }: ProvedRun): readonly string[] => {
  if (constants === null) {
    return [
      'that the hidden constants are integers of their stated types: no proof of that came with the architecture; they are elements of the field of 2^31 − 1, and sums are sums there',
    ];
  }
  const { openSums } = constants;
  if (openSums === 0) return [];
  return [
    `that all sums are those of integers: for ${openSums} of them the stated types leave room to differ by 2^31 − 1, and they are sums in that field`,
  ];
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
  const confidential = [
    ...(hidesWeights && run.proofs > 0 ? ['the values of the constants'] : []),
    ...(hidesInput ? ['the input'] : []),
  ].join(' and ');
  return {
    ...common,
    holds: 'shown',
    summary: `A proof shows that ${what}.`,
    proves: [
      { property: 'integrity', of: `the run: ${what}` },
      ...constantsShown(run),
      ...(confidential === ''
        ? []
        : [
            {
              property: 'confidentiality' as const,
              of: `${confidential}: the proof adds nothing to what the output tells`,
            },
          ]),
    ],
    assumes: [
      'that SHA-256 behaves as a random oracle: 96 bits of it, with no conjecture about codes',
      program.kind === 'public'
        ? 'that your copy of the program is the one whose id the proof names'
        : 'that the architecture and the root are those of the program you mean',
      ...(confidential === '' ? [] : ['that whoever made the proof drew its randomness well and kept it']),
      ...(hidesWeights && run.proofs > 0
        ? [`that no more than ${run.proofs} proofs are ever made from this commitment: more would show parts of it`]
        : []),
    ],
    doesNotProve: [
      ...NEVER_PROVED,
      ...(confidential === ''
        ? []
        : ['that outputs tell little: enough of them can tell much of a model, or of an input']),
      ...(hidesWeights && run.proofs === 0
        ? ['that nobody can learn the values of the constants from it: they are committed to, not hidden']
        : []),
      ...(hidesWeights
        ? [...constantsOpen(run), 'that its shapes, shifts, tables and declared ranges are hidden: they are public']
        : []),
    ],
  };
};

/** That two commitments hold the same constants. */
export const renewalFinding = (source: string, { architecture, from, to }: Renewal, proofs: number): Finding => {
  const what = `of architecture ${toHex(architecture)}, ${toHex(from)} and ${toHex(to)} commit to the same hidden constants`;
  return {
    link: 'program',
    source,
    freshAt: null,
    holds: 'shown',
    summary: `A proof shows that ${what}.`,
    proves: [
      { property: 'integrity', of: `the hidden constants: ${what}` },
      { property: 'confidentiality', of: 'the values of the constants: the proof tells nothing of them' },
    ],
    assumes: [
      'that SHA-256 behaves as a random oracle: 96 bits of it, with no conjecture about codes',
      'that one of the two commitments is to the program you mean',
      'that whoever made the proof drew its randomness well and kept it',
      `that no more than ${proofs} proofs, this one among them, are ever made from either commitment: more would show parts of it`,
    ],
    doesNotProve: [
      'that any run was made, or that the model is good',
      'that the hidden constants are integers of their stated types: a proof of range says so of one commitment, and then it holds of both',
      'that whoever made the first commitment made the second: whoever knows the constants and both secrets could',
      'that no proofs are made from the first commitment any more',
    ],
  };
};
