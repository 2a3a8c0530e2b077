/** Commitments in the log (spec 8.5): 32 bytes that somebody wants to have had by then, and nothing of what they are to. */
import { encode } from '../canonical.ts';

export type CommitmentLeaf = {
  readonly type: 'surety/leaf/commitment/v1';
  /** 32 bytes, hex. */
  readonly commitment: string;
  /** Unix seconds at which the log's operator says that it took it in. */
  readonly at: number;
};

/** Commitments that one action may enter. */
export const LOGGED_MAX = 16;

/** @param commitment 32 bytes, hex */
export const commitmentLeafOf = (commitment: string, at: number): CommitmentLeaf => ({
  type: 'surety/leaf/commitment/v1',
  commitment,
  at,
});

/** Canonical JSON. */
export const commitmentLeafBytes = (leaf: CommitmentLeaf): Uint8Array => encode(leaf);
