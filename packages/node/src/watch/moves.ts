/** Everything a watcher does on the chain, and everything it tells its operator. */
import type { Problem } from '@surety/core';

type Hex = `0x${string}`;

/** A move that no deadline presses. */
export const NEVER = Number.MAX_SAFE_INTEGER;

type OnClaim = {
  readonly claimId: Hex;
  /** Unix seconds, by the chain's clock, after which the move is too late; {@link NEVER} for none. */
  readonly before: number;
};
type InDispute = OnClaim & { readonly disputeId: bigint };

export type Move =
  | (OnClaim & {
      readonly kind: 'dispute';
      readonly question: Hex;
      readonly stakeMicroUsd: bigint;
      readonly prepayWei: bigint;
    })
  | (InDispute & { readonly kind: 'ask'; readonly question: Hex; readonly prepayWei: bigint })
  | (InDispute & { readonly kind: 'answer'; readonly question: Hex; readonly answer: Hex })
  /** Dispute 0: the proof needs none. */
  | (InDispute & { readonly kind: 'refute'; readonly proof: Hex })
  | (InDispute & { readonly kind: 'concede' })
  | (InDispute & { readonly kind: 'expire' })
  /** Gets stake and prepaid gas back from a claim that was decided otherwise. */
  | (InDispute & { readonly kind: 'settle' })
  | (OnClaim & { readonly kind: 'prove'; readonly proof: Hex })
  | (OnClaim & { readonly kind: 'finalise' });

export type Alert =
  /** The chain does not answer as it should; nothing is seen meanwhile. */
  | { readonly kind: 'chain'; readonly problem: Problem }
  /** A move that must be made soon, or it is too late. */
  | { readonly kind: 'deadline-at-risk'; readonly claimId: Hex; readonly move: Move['kind']; readonly before: number }
  /** The own program and input do not give what the own claim says. */
  | { readonly kind: 'own-claim-wrong'; readonly claimId: Hex }
  /** A question to the own claim that cannot be answered from what is held here. */
  | {
      readonly kind: 'cannot-answer';
      readonly claimId: Hex;
      readonly disputeId: bigint;
      readonly before: number;
    }
  /** A wrong claim is left alone, because a limit of stake or prepaid gas is reached. */
  | { readonly kind: 'over-limit'; readonly claimId: Hex; readonly stakeMicroUsd: bigint; readonly before: number }
  /** What a claim is to be checked on was not published, and is not asked for: the limit of stakes for that is reached. */
  | { readonly kind: 'withheld'; readonly claimId: Hex; readonly stakeMicroUsd: bigint; readonly before: number }
  /** A wrong claim that only a dispute could refute, and its window is over. */
  | { readonly kind: 'too-late'; readonly claimId: Hex }
  /** The chain or a limit does not let a move through; it is tried again. */
  | {
      readonly kind: 'refused';
      readonly claimId: Hex;
      readonly move: Move['kind'];
      readonly problem: Problem;
      readonly before: number;
    }
  /** A claim that differs from the own run in nothing that the route can be shown. */
  | { readonly kind: 'no-way'; readonly claimId: Hex };
