/** What a statistical check of a run shows, in the words of spec 03 and 19.7. */
import { type Finding, toHex } from '@surety/core';
import { boundBits, type EscapeBound } from './bound.ts';
import type { Verdict } from './check.ts';
import type { Wrong } from './examine.ts';

/** How the key came about that a record was checked with. */
export type KeySource =
  | { readonly kind: 'secret'; readonly verdictsAreSecret: boolean }
  | {
      readonly kind: 'beacon';
      readonly source: string;
      readonly round: number;
      /** Seconds from the commitment to the beacon. */
      readonly delaySeconds: number;
      /** Runs that the batch commits to. */
      readonly runs: number;
      /** Whether the record itself was at hand before the beacon. */
      readonly held: boolean;
    };

const NEVER_PROVED = [
  'that the answer is right: a program was run as agreed, or was not',
  'that the model is good',
  'when, where or by whom it was run: whoever has a record can show it again',
  'anything to a contract or to a third party who has not checked it: nobody is slashed on it',
] as const;

/** What is wrong, in words. */
export const wrongInWords = (wrong: Wrong): string => {
  switch (wrong.part) {
    case 'input':
      return 'it is about another input than the one at hand';
    case 'range':
      return `a value of node ${wrong.node} leaves the range that is proved of it`;
    case 'sums':
      return wrong.row === null
        ? `the sums of node ${wrong.node} are not those of the program's weights`
        : `the sums of node ${wrong.node} in row ${wrong.row} are not those of the program's weights`;
    case 'element':
      return `element ${wrong.element} of node ${wrong.node} is not what the program gives`;
    case 'trace':
      return 'its values are not those of the trace that it names';
    case 'output':
      return 'its values do not give the output that it names';
    case 'batch':
      return 'it is not the run, or not the sums, that the batch committed to';
  }
};

const assumed = (key: KeySource): string[] =>
  key.kind === 'secret'
    ? [
        'that the key was drawn at random and nobody else has seen it',
        key.verdictsAreSecret
          ? 'that no provider learns which runs were rejected'
          : 'that no further run is checked with this key after a rejection',
      ]
    : [
        `that nobody could foretell or choose round ${key.round} of ${key.source}`,
        key.held
          ? `that the record was at hand ${key.delaySeconds} s before it, as whoever checks says`
          : `that the batch of ${key.runs} runs was committed to ${key.delaySeconds} s before it, as whoever checks says, and few others beside it`,
      ];

const sampledWords = ({ sampled }: EscapeBound): string | null => {
  if (sampled === null) return null;
  const { elements, draws } = sampled;
  return `that no other element of the steps without sums was changed: ${draws} draws over ${elements} elements miss a single changed one with a chance of (1 - 1/${elements})^${draws}`;
};

/**
 * Whether what is wrong is the run, not the record alone: then values that fit the program throughout lead to another trace or
 * output than the run's. Anybody can spoil a record of a good run.
 */
const refutes = ({ wrong, bound }: Verdict): boolean =>
  bound.sampled === null && (wrong?.part === 'trace' || wrong?.part === 'output');

/**
 * The finding of one checked record.
 * @param source names the record, e.g. the SHA-256 of its bytes
 */
export const statisticalFinding = (source: string, verdict: Verdict, key: KeySource): Finding => {
  const { wrong, bound, run } = verdict;
  const program = `program ${toHex(run.program).slice(0, 16)}…`;
  if (wrong !== null) {
    const holds = refutes(verdict) ? 'refuted' : 'not-shown';
    return {
      link: 'program',
      source,
      holds,
      summary: `The record is not that of a run of ${program} on this input: ${wrongInWords(wrong)}.`,
      proves: [],
      assumes: holds === 'refuted' ? [] : ['whoever says that the run was made as agreed'],
      doesNotProve: [
        NEVER_PROVED[0],
        NEVER_PROVED[1],
        ...(holds === 'refuted' ? [] : ['that the run was wrong: a record can be, and the run it is about not']),
        'that anybody lied: records of another version or a broken copy differ too',
      ],
      freshAt: null,
    };
  }
  const copies = [
    'that your copy of the program is the one whose id the record names',
    'that SHA-256 does not collide',
  ];
  const ofRun = verdict.traced ? 'input, output and trace' : 'input and output';
  const untraced = verdict.traced ? [] : ['that the trace which the record names is that of the run'];
  const sampling = sampledWords(bound);
  const shown = { link: 'program', source, holds: 'shown', freshAt: null } as const;
  if (bound.sums.numerator === 0n && sampling === null) {
    return {
      ...shown,
      summary: `The record names the run of ${program} on this input: nothing in it is cheaper to check than to run, so all of it was run again.`,
      proves: [{ property: 'reproducibility', of: `${ofRun} of the run` }],
      assumes: copies,
      doesNotProve: [...NEVER_PROVED, ...untraced],
    };
  }
  const bits = boundBits(bound.sums);
  const rest =
    sampling === null
      ? 'every other step was run again'
      : `${bound.sampled!.draws} elements of the other steps were computed again`;
  const of =
    sampling === null
      ? `${ofRun} of the run, but for a chance of 2^-${bits}`
      : `the sums of the run, but for a chance of 2^-${bits}, and the elements that were drawn`;
  return {
    ...shown,
    summary: `The record of a run of ${program} fits its weights, and ${rest}: wrong sums would have passed with a chance of 2^-${bits} at most.`,
    proves: [{ property: 'reproducibility', of }],
    assumes: [...copies, ...assumed(key)],
    doesNotProve: [...NEVER_PROVED, ...untraced, ...(sampling === null ? [] : [sampling])],
  };
};
