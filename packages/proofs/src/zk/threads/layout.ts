/** Where the kernels look for the work of a team (`packages/proofs/assembly/team.ts`). */

/** Indices of u32 words from the start of the memory. */
export const COUNTERS = { written: 16, taken: 32, done: 48, epoch: 64, stop: 80, lost: 81 } as const;

export const SLOTS_ADDRESS = 32_768;
export const SLOT_BYTES = 256;
export const SLOT_COUNT = 64;

/** Bytes from the start of a slot at which it has room for one element, and for what a part sums. */
export const ELEMENT_AT = 112;
export const SUMS_AT = 128;

/** Which kernel a part calls. */
export const KERNEL = {
  foldRange: 0,
  eqTable: 1,
  roundFractions: 2,
  sumWeighted: 3,
  sumFractions: 4,
  joinFractions: 5,
  denominators: 6,
  dotBase: 7,
  dotExt: 8,
  plainBlock: 9,
  addRows: 10,
  addScaled: 11,
  encode: 12,
  hashColumns: 13,
  hashPairs: 14,
} as const;
