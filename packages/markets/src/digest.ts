/** A hash chain over the trades of a market, so that a state commits to the history it came from. */
import { sha256 } from '@surety/core';

/** The chain before the first trade: 32 zero bytes. */
export const NO_TRADES: Uint8Array = new Uint8Array(32);

/**
 * The next link: SHA-256 of the last link, the account's place in order of first funding (uint32), the outcome
 * (uint8), shares and cost (int64 each), big-endian; 53 bytes, which is one block of the hash.
 */
export const chainTrade = (
  last: Uint8Array,
  position: number,
  outcome: number,
  deltaMicroShares: bigint,
  costMicroUsd: bigint,
): Uint8Array => {
  const bytes = new Uint8Array(53);
  const view = new DataView(bytes.buffer);
  bytes.set(last);
  view.setUint32(32, position);
  view.setUint8(36, outcome);
  view.setBigInt64(37, deltaMicroShares);
  view.setBigInt64(45, costMicroUsd);
  return sha256(bytes);
};
