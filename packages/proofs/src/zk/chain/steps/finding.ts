/** What a claim on the route of proofs by steps shows, in the words of spec 03 and 20.9: never what a checked proof shows. */
import type { Finding } from '@surety/core';
import type { ClaimInChain } from '../../../optimistic/finding.ts';
import { dollars, minute, span } from '../../../optimistic/words.ts';

/** What the proof behind a claim hides, as its architecture and its input say. */
export type ClaimHides = {
  /** Proofs that the commitment hides the constants in; 0 where it only binds. */
  readonly proofs: number;
  readonly input: boolean;
};

/** Nobody answers for a run that is not claimed on this route, so there is no own run to compare with. */
export type ProofClaimInChain = Omit<ClaimInChain, 'ownRun' | 'judgesBySpec'>;

export type StepClaimInChain = ProofClaimInChain & {
  /** `null` where the architecture is not held, from which it follows. */
  readonly hides: ClaimHides | null;
};

const NEVER_PROVED = [
  'that the answer is right: a program was run as agreed',
  'that the model is good, or how it was trained',
  'that anybody watched: the contract checked no proof, it would have checked any step that somebody asked about',
  'that the constants are integers of their stated types: they are elements of the field of 2^31 − 1, and sums are sums there',
  'that its shapes, shifts, tables and declared ranges are hidden: they are public',
] as const;

const notHidden = (hides: ClaimHides | null): readonly string[] => {
  if (hides === null)
    return [
      'that nobody can learn the values of the constants, or the input: whether its proof hides them follows from the architecture, which is not held here',
    ];
  return [
    ...(hides.proofs === 0
      ? ['that nobody can learn the values of the constants: they are committed to, not hidden']
      : []),
    ...(hides.input ? [] : ['that nobody learns the input: the data of the proof shows it']),
    ...(hides.proofs > 0 || hides.input
      ? ['that outputs tell little: enough of them can tell much of a model, or of an input']
      : []),
  ];
};

const notProved = ({ hides }: StepClaimInChain): Finding['doesNotProve'] => [...NEVER_PROVED, ...notHidden(hides)];

/** What the data of the proof tells nothing of, in words; empty where it hides nothing, or nobody knows. */
const hiddenIn = (hides: ClaimHides | null): string =>
  [
    ...(hides !== null && hides.proofs > 0 ? ['the values of the constants'] : []),
    ...(hides?.input ? ['the input'] : []),
  ].join(' and ');

const assumed = ({ arbiter, route, development, hides }: StepClaimInChain): readonly string[] => [
  'one watcher that does not deal with the provider, runs the verifier over the data of the proof, and gets transactions into the chain within the clocks',
  'that the watcher has the data of the proof: it was published, or he paid to have it shown on the chain, where who does not show it loses',
  'that SHA-256 behaves as a random oracle',
  'that the program of the claim is the one derived from the architecture that you mean',
  `that the route ${route} is the one you mean, and judges as spec 20 says`,
  `the chain of ${arbiter}, and whoever read it for you`,
  ...(hiddenIn(hides) === '' ? [] : ['that whoever made the proof drew its randomness well and kept it']),
  ...(hides !== null && hides.proofs > 0
    ? [`that no more than ${hides.proofs} proofs are ever made from this commitment: more would show parts of it`]
    : []),
  ...(development
    ? ['that a development chain will do: its dollars are worth nothing, so a lie costs nothing there']
    : []),
];

/** The finding of a claim of that route. */
export const stepClaimFinding = (source: string, claim: StepClaimInChain): Finding => {
  const { standing, claimId, hides } = claim;
  const hidden = hiddenIn(hides);
  const doesNotProve = notProved(claim);
  const common = {
    link: 'program' as const,
    source,
    holds: 'not-shown' as const,
    proves: [],
    assumes: assumed(claim),
    doesNotProve,
  };
  switch (standing.state) {
    case 'final':
      return {
        ...common,
        holds: 'shown',
        freshAt: standing.finalAt,
        summary: `Claim ${claimId} is final: within ${span(standing.windowSeconds)} its provider was left without an answer to none of ${standing.disputes} disputes about its proof, with ${dollars(claim.bondMicroUsd)} at stake.`,
        proves: [
          {
            property: 'integrity',
            of: `program, input and output of claim ${claimId}, in whose proof nobody showed a wrong step within its window`,
          },
          ...(hidden === ''
            ? []
            : [
                {
                  property: 'confidentiality' as const,
                  of: `${hidden}: the data of the proof adds nothing to what the output tells`,
                },
              ]),
        ],
      };
    case 'open':
      return {
        ...common,
        freshAt: null,
        summary: `Claim ${claimId} is open to disputes until ${minute(standing.windowEndsAt)} (${standing.disputes} so far): as yet it proves nothing.`,
        doesNotProve: [...doesNotProve, 'anything yet: what covers it is money, not evidence'],
      };
    case 'void':
      return {
        ...common,
        freshAt: standing.at,
        summary: `Claim ${claimId} is void: its provider did not show a piece of the proof, or a step of its verifier, in time.`,
        doesNotProve: [...doesNotProve, 'that the run was another one: nobody showed that, and nobody needed to'],
      };
    case 'annulled':
    case 'proved':
      return {
        ...common,
        freshAt: standing.at,
        summary: `Claim ${claimId} is ${standing.state}, which this route makes no claim: whoever read it read another route.`,
      };
  }
};
