/** The kernels of the route (`packages/proofs/assembly/sums.ts`, `long.ts`) with a memory of their own. */
import { fromBase64, unwrap } from '@surety/core';
import { KERNELS_BASE64 } from '../generated/kernels.ts';
import type { PackedRecord } from './record.ts';

export type SumsKernels = {
  /** What one stage makes of `count` packed sums of each run, `stride` bytes apart; `dtype` by its code. */
  readonly stageSums: (
    out: number,
    dtype: number,
    sums: number,
    stride: number,
    bytes: number,
    runs: number,
    count: number,
    shift: number,
    low: number,
    high: number,
  ) => void;
  /** The same of rows whose channels have shifts of their own: `rounds` half a unit each, `factors` 2^(30 − shift). */
  readonly stageChannels: (
    out: number,
    dtype: number,
    sums: number,
    stride: number,
    bytes: number,
    runs: number,
    rows: number,
    channels: number,
    rounds: number,
    factors: number,
    low: number,
    high: number,
  ) => void;
  /** Inner products of rows of packed integers of each run with elements, which have zeros up to a multiple of four behind them. */
  readonly innerRows: (
    out: number,
    values: number,
    stride: number,
    bytes: number,
    runs: number,
    rows: number,
    count: number,
    r: number,
    step: number,
    vectors: number,
  ) => void;
  /** SHA-256 of `count` messages of one length. */
  readonly hashLong: (messages: number, length: number, count: number, out: number, scratch: number) => void;
  readonly longScratch: () => number;
  /** What a `conv` reads, folded; the words at `op` say where everything lies. */
  readonly foldImage: (op: number) => number;
};

/** Bytes below which the kernels keep their own words. */
export const RESERVED_BYTES = 65_536;
const PAGE_BYTES = 65_536;

/** Bytes that must follow everything else: kernels read in groups of up to eight integers. */
export const SLACK_BYTES = 64;

/** The kernels and views of their memory, which `reserve` makes anew. */
export type Lanes = {
  readonly kernels: SumsKernels;
  bytes: Uint8Array;
  words: Uint32Array;
  /** Bytes below this are taken. */
  taken: number;
  /** Whose words lie from {@link RESERVED_BYTES} to there. */
  owner: unknown;
  /** The records that lie there, if nothing has been put over them. */
  placed: { readonly records: readonly PackedRecord[]; readonly where: Placed } | null;
  /** Makes the memory at least so large. */
  readonly reserve: (bytes: number) => void;
};

let compiled: Promise<WebAssembly.Module> | null = null;

export const createLanes = async (): Promise<Lanes> => {
  compiled ??= WebAssembly.compile(unwrap(fromBase64(KERNELS_BASE64)) as BufferSource);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: true });
  const { exports } = await WebAssembly.instantiate(await compiled, { env: { memory } });
  let size = memory.buffer.byteLength;
  const lanes: Lanes = {
    kernels: exports as SumsKernels,
    bytes: new Uint8Array(memory.buffer),
    words: new Uint32Array(memory.buffer),
    taken: RESERVED_BYTES,
    owner: null,
    placed: null,
    reserve: (bytes) => {
      if (bytes <= size) return;
      memory.grow(Math.ceil((bytes - size) / PAGE_BYTES));
      size = memory.buffer.byteLength;
      lanes.bytes = new Uint8Array(memory.buffer);
      lanes.words = new Uint32Array(memory.buffer);
    },
  };
  return lanes;
};

/** The next multiple of 64. */
export const up = (bytes: number): number => Math.ceil(bytes / 64) * 64;

/** Where records lie in the memory. */
export type Placed = {
  /** The first one, and bytes from one to the next. */
  readonly at: number;
  readonly stride: number;
  /** Of each folded node: where in a record its sums begin. */
  readonly offsets: readonly number[];
  /** First byte behind them. */
  readonly end: number;
};

/** Puts records of one program, one or more, into the memory, unless they are there. What lies behind them is free to use. */
export const placeRecords = (lanes: Lanes, records: readonly PackedRecord[]): Placed => {
  const { placed, taken: at } = lanes;
  const same = placed?.where.at === at && placed.records.length === records.length;
  if (same && records.every((record, i) => record === placed.records[i])) return placed.where;
  const [{ committed, sums }] = records as readonly [PackedRecord];
  const stride = committed.length;
  const end = up(at + records.length * stride + SLACK_BYTES);
  lanes.reserve(end);
  for (const [i, record] of records.entries()) lanes.bytes.set(record.committed, at + i * stride);
  const where = { at, stride, offsets: sums.map(({ byteOffset }) => byteOffset - committed.byteOffset), end };
  lanes.placed = { records, where };
  return where;
};
