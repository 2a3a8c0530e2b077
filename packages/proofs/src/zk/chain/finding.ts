/** What a claim on the route of proofs that a contract checks shows, in the words of spec 03 and 20.5. */
import type { Finding } from '@surety/core';
import type { ProofClaimInChain } from './steps/finding.ts';

const NEVER_PROVED = [
  'that the answer is right: a program was run as agreed',
  'that the model is good, or how it was trained',
  'that nobody can learn the values of the constants: they are committed to, not hidden',
  'that the constants are integers of their stated types: they are elements of the field of 2^31 − 1, and sums are sums there',
] as const;

const assumed = ({ arbiter, route, development }: ProofClaimInChain): readonly string[] => [
  'that SHA-256 behaves as a random oracle',
  'that the program of the claim is the one derived from the architecture that you mean',
  `that the route ${route} is the one you mean, and judges as spec 20 says`,
  `the chain of ${arbiter}, and whoever read it for you`,
  ...(development ? ['that a development chain will do: whoever runs it can write what he likes'] : []),
];

/** The finding of a claim of that route: shown exactly when a proof was checked on the chain. */
export const checkedClaimFinding = (source: string, claim: ProofClaimInChain): Finding => {
  const { standing, claimId } = claim;
  const common = {
    link: 'program' as const,
    source,
    holds: 'not-shown' as const,
    proves: [],
    assumes: assumed(claim),
    doesNotProve: NEVER_PROVED,
  };
  switch (standing.state) {
    case 'proved':
      return {
        ...common,
        holds: 'shown',
        freshAt: standing.at,
        summary: `Claim ${claimId} is proved: the contract checked a proof of the run, and nobody had to watch.`,
        proves: [{ property: 'integrity', of: `program, input and output of claim ${claimId}` }],
      };
    case 'open':
      return {
        ...common,
        freshAt: null,
        summary: `Claim ${claimId} waits for its proof: as yet it proves nothing.`,
        doesNotProve: [...NEVER_PROVED, 'anything yet: what covers it is money, not evidence'],
      };
    case 'final':
      return {
        ...common,
        freshAt: standing.finalAt,
        summary: `Claim ${claimId} is final without a proof: nobody asked for one in time, which shows nothing of the run.`,
      };
    case 'void':
      return {
        ...common,
        freshAt: standing.at,
        summary: `Claim ${claimId} is void: its provider did not show a proof in time.`,
        doesNotProve: [...NEVER_PROVED, 'that the run was another one: nobody showed that, and nobody needed to'],
      };
    case 'annulled':
      return {
        ...common,
        freshAt: standing.at,
        summary: `Claim ${claimId} is annulled: a proof was asked for, and none came in time.`,
      };
  }
};
