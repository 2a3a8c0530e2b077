/** The WebAssembly kernels (`packages/programs/assembly`) and what the engine calls of them. Addresses are bytes. */
import { fromBase64, unwrap } from '@surety/core';
import { KERNELS_BASE64 } from '../generated/kernels.ts';

export type Kernels = {
  /** Tiles of a `[n, k]` matrix for `gemm`. */
  readonly packTiles: (target: number, source: number, dtype: number, n: number, k: number) => void;
  readonly packDepthwise: (target: number, source: number, dtype: number, channels: number, taps: number) => void;
  /**
   * Operations `from .. to − 1` of the table that the control block names, together with the other threads if `threads` is
   * more than 1.
   * @param spins looks at a word before a waiting thread sleeps
   */
  readonly run: (from: number, to: number, threads: number, spins: number, maySleep: boolean) => void;
  readonly chunkCount: (rowBytes: number, rows: number) => number;
  /** Leaf hashes of chunks `from .. to − 1` of a list of values. */
  readonly hashChunks: (list: number, from: number, to: number, leaves: number, scratch: number) => void;
  /** SHA-256 of messages of one length: the same prefix, then a part each; together at most 1,079 bytes. */
  readonly hashMany: (
    prefix: number,
    prefixBytes: number,
    parts: number,
    partBytes: number,
    count: number,
    out: number,
    scratch: number,
  ) => void;
  /** Roots T of values `from .. to − 1` of a list, out of the roots of their chunks, and the leaf hashes of the tree over T. */
  readonly hashTensors: (
    list: number,
    values: number,
    from: number,
    to: number,
    roots: number,
    tensors: number,
    leaves: number,
    scratch: number,
  ) => void;
  /** Roots of a list of groups of trees. */
  readonly foldTrees: (list: number, groups: number, scratch: number) => void;
};

/** Bytes of memory below which the kernels keep their own words. */
export const RESERVED_BYTES = 65_536;

/** Indices of i32 words of the kernels' control block (`packages/programs/assembly/layout.ts`). */
export const CONTROL = { epoch: 16, table: 19, threads: 20, scratch: 21, scratchStep: 22 } as const;

/** Bytes that must follow everything else: kernels read runs in groups of eight. */
export const SLACK_BYTES = 256;

/** Scratch of the hashing kernels. */
export const HASH_SCRATCH_BYTES = 8_192;

export const PAGE_BYTES = 65_536;

/** Most that 32 bits address. */
export const MAX_MEMORY_BYTES = 65_536 * PAGE_BYTES;

let compiled: Promise<WebAssembly.Module> | null = null;

/** Compiled once for all that use it. */
export const compileKernels = (): Promise<WebAssembly.Module> => {
  compiled ??= WebAssembly.compile(unwrap(fromBase64(KERNELS_BASE64)) as BufferSource);
  return compiled;
};

/** A memory with the reserved bytes, which can grow. */
export const newMemory = (): WebAssembly.Memory =>
  new WebAssembly.Memory({ initial: RESERVED_BYTES / PAGE_BYTES, maximum: 65_536, shared: true });

export const instantiateKernels = async (module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<Kernels> =>
  (await WebAssembly.instantiate(module, { env: { memory } })).exports as Kernels;
