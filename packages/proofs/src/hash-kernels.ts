/** The hashing kernels (`packages/proofs/assembly`). Addresses are bytes of the memory they share. */
export type HashKernels = {
  /** SHA-256(0x01 ‖ left ‖ right) of `count` pairs of 32 + 32 bytes; `out` may be `pairs`. Scratch: 512 bytes. */
  readonly hashPairs: (pairs: number, count: number, out: number, scratch: number) => void;
  /** Bytes of scratch that {@link hashPrefix} and {@link hashColumns} take. */
  readonly columnScratch: () => number;
  /** State after a first block of 64 bytes, for all columns: 128 bytes at `prefix`. */
  readonly hashPrefix: (block: number, prefix: number, scratch: number) => void;
  /**
   * SHA-256(prefix block ‖ u32 words of the column, big-endian ‖ salt of the column) of columns `from .. to − 1`, 32 bytes
   * each at `out` + 32 · column.
   * @param rows fewer than 2^26; rows may start at any multiple of 4
   * @param stride bytes from one row to the next
   * @param from a multiple of 4, as is `to`
   * @param salts 16 bytes a column, at `salts` + 16 · column; 0 for none
   */
  readonly hashColumns: (
    matrix: number,
    rows: number,
    stride: number,
    from: number,
    to: number,
    prefix: number,
    salts: number,
    out: number,
    scratch: number,
  ) => void;
};
