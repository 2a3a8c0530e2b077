/** What `vectors/court.json` holds, as far as the contracts read it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hex } from 'viem';
import { CONTRACTS } from '../support/compile.ts';

export type PooledJuror = {
  readonly juror: Hex;
  readonly weight: string;
  readonly freeMicroUsd: string;
  /** Of people empty: each is its own. */
  readonly operator?: string;
  readonly cluster?: number;
};

export type VectorRound = {
  readonly jurors: 'ai' | 'people';
  readonly seats: number;
  readonly quorum: number;
  readonly feePerSeatMicroUsd: string;
  readonly lossToGain: number;
  readonly absenceMicroUsd: string;
  readonly drawSeconds: number;
  readonly commitSeconds: number;
  readonly revealSeconds: number;
  readonly appealSeconds: number;
};

export type Proposal = {
  readonly kind: 'propose';
  readonly court: Hex;
  readonly outcomes: number;
  readonly asker: Hex;
  readonly rewardMicroUsd: string;
  readonly exclusionRoot: Hex | null;
  readonly proposer: Hex;
  readonly outcome: number;
  readonly bondMicroUsd: string;
  readonly policy: {
    readonly leastBondMicroUsd: string;
    readonly mostBondMicroUsd: string;
    readonly challengeSeconds: number;
    readonly beaconDelaySeconds: number;
    readonly operators: 'distinct' | 'one';
    readonly unruled: 'undecided' | 'stands';
    readonly auditor: Hex | null;
    readonly rounds: readonly VectorRound[];
  };
};

export type Opening = { readonly juror: Hex; readonly outcome: number; readonly reading: Hex; readonly salt: Hex };

export type Step = { readonly after: number } & (
  | Proposal
  | { readonly kind: 'fund'; readonly account: Hex; readonly outcome: number | null; readonly amountMicroUsd: string }
  | { readonly kind: 'draw'; readonly randomness: Hex; readonly candidates: string }
  | { readonly kind: 'commit'; readonly juror: Hex; readonly commitment: Hex }
  | ({ readonly kind: 'reveal' } & Opening)
  | ({ readonly kind: 'show-early'; readonly by: Hex } & Opening)
  | { readonly kind: 'strike'; readonly juror: Hex; readonly proof: readonly Hex[] }
  | { readonly kind: 'advance' }
  | { readonly kind: 'withdraw'; readonly account: Hex }
);

export type Taken = {
  readonly step: Step;
  readonly refused?: string;
  readonly moved?: readonly { readonly kind: 'take' | 'pay'; readonly account: Hex; readonly amountMicroUsd: string }[];
  readonly state?: {
    readonly phase: 'proposed' | 'round' | 'appealable' | 'funding' | 'final' | 'undecided';
    readonly endsAfter?: number;
    readonly ruling?: number;
    readonly outcome?: number;
    readonly round?: {
      readonly number: number;
      readonly revealEndsAfter: number;
      readonly seats: readonly (Hex | null)[];
    };
    readonly credits: Record<Hex, string>;
    readonly burnt: string;
  };
};

export type Scenario = { readonly name: string; readonly latestEndAfter: number; readonly steps: readonly Taken[] };

export type CourtVectors = {
  readonly pools: Record<'ai' | 'people' | 'persons', readonly PooledJuror[]>;
  readonly commitments: readonly (Opening & {
    readonly chainId: string;
    readonly court: Hex;
    readonly caseId: Hex;
    readonly round: number;
    readonly commitment: Hex;
  })[];
  readonly scenarios: readonly Scenario[];
};

export const VECTORS_PATH = join(CONTRACTS, '..', 'vectors', 'court.json');

export const readVectors = (): CourtVectors => JSON.parse(readFileSync(VECTORS_PATH, 'utf8')) as CourtVectors;
