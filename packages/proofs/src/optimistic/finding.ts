/** What a claim in the arbiter shows of a run, in the words of spec 03 and 14.6: money and silence, never an answer's truth. */
import type { Finding } from '@surety/core';
import { dollars, minute, span } from './words.ts';

/** How a claim stands, as somebody read it from the chain. */
export type ClaimStanding =
  /** Disputes may still begin, or are open. */
  | { readonly state: 'open'; readonly windowEndsAt: number; readonly disputes: number }
  /** Nobody refuted it within its window. */
  | { readonly state: 'final'; readonly windowSeconds: number; readonly disputes: number; readonly finalAt: number }
  /** A proof of the run was checked on the chain; no honest watcher is needed. */
  | { readonly state: 'proved'; readonly at: number }
  /** Outside the tolerance that was agreed, or not proved where that was asked for: nobody is punished. */
  | { readonly state: 'annulled'; readonly at: number; readonly doubted: boolean }
  /** `refuted`: an element was shown to be wrong. `ran-out`: the provider did not answer a question in time. */
  | { readonly state: 'void'; readonly by: 'refuted' | 'ran-out'; readonly at: number };

export type ClaimInChain = {
  /** The arbiter and its network, in words that a reader can look up. */
  readonly arbiter: string;
  /** The contract that judges questions and refutations. */
  readonly route: string;
  /** Whether that is known to judge by spec 15; so it is unless stated. */
  readonly judgesBySpec?: boolean;
  /** Whether it is a development chain: no real money is at stake there. */
  readonly development: boolean;
  readonly claimId: string;
  readonly bondMicroUsd: bigint;
  readonly standing: ClaimStanding;
  /** Whether whoever asks ran the program too: `same` ids of output and trace, or others. */
  readonly ownRun: 'same' | 'other' | null;
};

const NEVER_PROVED = [
  'that the answer is right: a program was run as agreed, or was not',
  'that the model is good',
  'that anybody watched',
] as const;

const WATCHER =
  'one watcher that does not deal with the provider, holds program and input, and gets transactions into the chain within the clocks';

const base = ({ arbiter, route, development, standing, judgesBySpec = true }: ClaimInChain) => ({
  link: 'program' as const,
  assumes: [
    // What was decided by a proof needs nobody to have watched.
    ...(standing.state === 'final' || standing.state === 'open' ? [WATCHER] : []),
    'that SHA-256 and Keccak-256 do not collide',
    judgesBySpec
      ? `that the route ${route} is the one you mean, and judges as spec 15 says`
      : `that the route ${route} is the one you mean: whoever read this does not know how it judges`,
    `the chain of ${arbiter}, and whoever read it for you`,
    ...(development
      ? ['that a development chain will do: its dollars are worth nothing, so a lie costs nothing there']
      : []),
  ],
  doesNotProve: NEVER_PROVED,
});

const rerun = (claim: ClaimInChain, source: string, freshAt: number | null): Finding => ({
  ...base(claim),
  source,
  holds: 'shown',
  summary: `Your own run of the program on the input gives the claimed output and trace of ${claim.claimId}.`,
  proves: [
    { property: 'reproducibility', of: 'the run: the same program on the same input gave the same values here' },
  ],
  assumes: ['that your copy of the program and of the input are the ones whose ids the claim names'],
  doesNotProve: [NEVER_PROVED[0], NEVER_PROVED[1]],
  freshAt,
});

/** The finding of a claim of the optimistic route. */
export const optimisticFinding = (source: string, claim: ClaimInChain): Finding => {
  const { standing, claimId, ownRun } = claim;
  const freshAt = standing.state === 'final' ? standing.finalAt : standing.state === 'open' ? null : standing.at;
  if (ownRun === 'other') {
    return {
      ...base(claim),
      source,
      holds: 'refuted',
      summary: `Your own run of the program on the input gives another output or trace than claim ${claimId}.`,
      proves: [],
      assumes: [],
      freshAt,
    };
  }
  if (ownRun === 'same') return rerun(claim, source, freshAt);
  const common = { ...base(claim), source, freshAt };
  switch (standing.state) {
    case 'final': {
      // On a route where nobody can refute, silence shows nothing (spec 14.6).
      if (claim.judgesBySpec === false) {
        return {
          ...common,
          holds: 'not-shown',
          summary: `Claim ${claimId} is final without a proof: within ${span(standing.windowSeconds)} nothing was shown against it.`,
          proves: [],
          doesNotProve: [...NEVER_PROVED, 'that the program was run: its provider never proved it on the chain'],
        };
      }
      const after = standing.disputes === 0 ? 'nobody disputed it' : `${standing.disputes} disputes of it failed`;
      return {
        ...common,
        holds: 'shown',
        summary: `Claim ${claimId} is final: within ${span(standing.windowSeconds)} ${after}, with ${dollars(claim.bondMicroUsd)} at stake.`,
        proves: [
          {
            property: 'integrity',
            of: `program, input, output and trace of claim ${claimId}, which nobody refuted within its window`,
          },
        ],
      };
    }
    case 'proved':
      // Anybody's contract can call anything good.
      if (claim.judgesBySpec === false) {
        return {
          ...common,
          holds: 'not-shown',
          summary: `Claim ${claimId} is final: its route took a proof of the run for good, and whoever read this does not know how it judges.`,
          proves: [],
        };
      }
      return {
        ...common,
        holds: 'shown',
        summary: `Claim ${claimId} is final: its route checked a proof of the run on the chain, and found it good.`,
        proves: [{ property: 'integrity', of: `program, input and output of claim ${claimId}, as the route judges` }],
        doesNotProve: [NEVER_PROVED[0], NEVER_PROVED[1]],
      };
    case 'annulled':
      if (!standing.doubted) {
        return {
          ...common,
          holds: 'not-shown',
          summary: `Claim ${claimId} is annulled: its request asked for a proof on the chain, and none came within the window.`,
          proves: [],
          doesNotProve: [...NEVER_PROVED, 'that the run was wrong: it was not proved, and nobody refuted it'],
        };
      }
      return {
        ...common,
        holds: 'not-shown',
        summary: `Claim ${claimId} is annulled: its result lies outside the tolerance that was agreed. Nobody is punished.`,
        proves: [],
        doesNotProve: [...NEVER_PROVED, 'that the run was wrong: rounding alone may differ'],
      };
    case 'void':
      return standing.by === 'refuted'
        ? {
            ...common,
            holds: 'refuted',
            summary: `Claim ${claimId} is void: a contract was shown a value in it that the program does not give.`,
            proves: [],
          }
        : {
            ...common,
            holds: 'not-shown',
            summary: `Claim ${claimId} is void: its provider did not answer a question about it in time.`,
            proves: [],
            doesNotProve: [...NEVER_PROVED, 'that the run was wrong: nobody showed that, and nobody needed to'],
          };
    case 'open':
      return {
        ...common,
        holds: 'not-shown',
        summary: `Claim ${claimId} is open to disputes until ${minute(standing.windowEndsAt)} (${standing.disputes} so far): as yet it proves nothing.`,
        proves: [],
        doesNotProve: [...NEVER_PROVED, 'anything yet: what covers it is money, not evidence'],
      };
  }
};
