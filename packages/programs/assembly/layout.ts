/**
 * Where things lie that both sides know. The host writes a table of operations into the memory; an operation is a run of
 * i32 words: four common ones, then its own (see each file). Addresses are unsigned and fit 32 bits.
 */

/** Words of the control block, in bytes from the start of memory. */
export const EPOCH: usize = 64;
export const FIRST: usize = 68;
export const LAST: usize = 72;
export const TABLE: usize = 76;
export const THREADS: usize = 80;
/** Scratch of thread 0, and how far it is to that of the next. */
export const SCRATCH: usize = 84;
export const SCRATCH_STEP: usize = 88;
/** The epoch that threads may still join, and how many have; apart, so that those who wait do not slow those who come. */
export const GATE: usize = 128;
export const ACTIVE: usize = 192;

/** An entry of the table: the address of an operation, its parts taken (one bit each), and how many are done. */
export const ENTRY: usize = 12;
export const TAKEN: usize = 4;
export const DONE: usize = 8;

/** Dtype codes of spec 12.1. */
export const I8: i32 = 1;
export const I16: i32 = 2;

/** Elements that element-wise work handles at a time: 4 KiB of exact results stay in the fastest cache. */
export const BLOCK: i32 = 1024;

/** Word `i` of an operation. */
// @ts-ignore: decorator
@inline
export function word(op: usize, i: i32): i32 {
  return load<i32>(op + ((<usize>i) << 2));
}

/** Address held in word `i`, moved on to a sample by the stride in the word after. */
// @ts-ignore: decorator
@inline
export function operand(op: usize, i: i32, sample: i32): usize {
  return <usize>word(op, i) + <usize>(sample * word(op, i + 1));
}

/** Bytes of a dtype. */
// @ts-ignore: decorator
@inline
export function bytesOf(dtype: i32): i32 {
  return 1 << (dtype - 1);
}
