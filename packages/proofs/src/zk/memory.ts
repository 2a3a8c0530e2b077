/**
 * The memory that the kernels of the proofs work on. Room is taken from its end upwards and given back in the opposite order:
 * a sub-protocol marks where it starts and releases all of its own when it is done, so the most that a proof takes is known
 * from its plan.
 */
import { fromBase64, SuretyError, unwrap } from '@surety/core';
import { KERNELS_BASE64 } from '../generated/kernels.ts';
import type { HashKernels } from '../hash-kernels.ts';
import type { Ext } from './field/ext.ts';
import { teamKernels } from './threads/kernels.ts';
import type { ThreadPool } from './threads/pool.ts';
import { startTeam, type Team, type TeamKernels } from './threads/team.ts';

/** Bytes below which the kernels keep their own words. */
export const RESERVED_BYTES = 65_536;
const PAGE_BYTES = 65_536;
const LEAST_GROWTH_BYTES = 2 ** 21;

/** Elements of the base field in a row, 4 bytes each. */
export type BaseVector = { readonly address: number; readonly length: number };

/** Elements of the extension: four planes of u32, `stride` bytes apart. */
export type ExtVector = { readonly address: number; readonly length: number; readonly stride: number };

/** A little more than the elements, so that the four planes of a power of two do not fall on the same lines of a cache. */
const extStride = (length: number): number => 4 * Math.max(length, 4) + 64;

/** Bytes that a vector of the extension takes of a memory. */
export const extVectorBytes = (length: number): number => Math.ceil((4 * extStride(length)) / 64) * 64;

/** Points and single elements are passed as addresses of four u32 each. */
export type ProofKernels = HashKernels & {
  readonly eqTable: (out: number, stride: number, scale: number, point: number, vars: number) => void;
  readonly foldExt: (vector: number, stride: number, half: number, r: number) => void;
  readonly foldBase: (out: number, stride: number, source: number, half: number, r: number) => void;
  readonly dotExt: (out: number, a: number, aStride: number, b: number, bStride: number, n: number) => void;
  readonly dotBase: (out: number, a: number, b: number, stride: number, n: number) => void;
  readonly denominators: (
    q: number,
    stride: number,
    n: number,
    tags: number,
    tagMask: number,
    first: number,
    second: number,
    constants: number,
  ) => void;
  readonly sumFractions: (
    p: number,
    q: number,
    outStride: number,
    p0: number,
    q0: number,
    p1: number,
    q1: number,
    stride: number,
    n: number,
  ) => void;
  readonly joinFractions: (p: number, q: number, stride: number, n: number, lambda: number, ones: number) => void;
  readonly roundFractions: (
    out: number,
    p0: number,
    q0: number,
    p1: number,
    q1: number,
    stride: number,
    r: number,
    pairs: number,
    gap: number,
    gapSecond: number,
    low: number,
    lowStride: number,
    lowCount: number,
    high: number,
    highStride: number,
  ) => void;
  readonly sumWeighted: (
    out: number,
    vector: number,
    stride: number,
    from: number,
    to: number,
    low: number,
    lowStride: number,
    lowCount: number,
    high: number,
    highStride: number,
  ) => void;
  /**
   * Writes blocks `first .. end − 1` of a code word. On several threads it may be at work until {@link ProofMemory.settle}: till then
   * its arguments stay as they are.
   */
  readonly encode: (
    out: number,
    source: number,
    vars: number,
    blowupVars: number,
    extra: number,
    twiddles: number,
    scratch: number,
    first: number,
    end: number,
  ) => void;
  readonly spreadWeights: (out: number, stride: number, weights: number, weightStride: number, count: number) => void;
  readonly makeTwiddles: (out: number, logLength: number) => void;
  readonly addRows: (
    out: number,
    stride: number,
    rows: number,
    rowStride: number,
    coefficients: number,
    coefficientStride: number,
    count: number,
    width: number,
  ) => void;
  readonly addScaled: (
    out: number,
    stride: number,
    vector: number,
    vectorStride: number,
    scale: number,
    n: number,
  ) => void;
  readonly contractBase: (
    out: number,
    stride: number,
    x: number,
    outer: number,
    mid: number,
    rows: number,
    inner: number,
    weights: number,
    weightStride: number,
  ) => void;
  readonly contractExt: (
    out: number,
    stride: number,
    x: number,
    xStride: number,
    outer: number,
    mid: number,
    rows: number,
    inner: number,
    weights: number,
    weightStride: number,
  ) => void;
  readonly outer: (
    out: number,
    stride: number,
    high: number,
    highStride: number,
    m: number,
    low: number,
    lowStride: number,
    n: number,
  ) => void;
  readonly foldGroups: (
    out: number,
    stride: number,
    w: number,
    outputs: number,
    each: number,
    kh: number,
    kw: number,
    depth: number,
    width: number,
    channels: number,
    table: number,
    tableStride: number,
  ) => void;
  readonly addExt: (out: number, stride: number, x: number, xStride: number, n: number) => void;
  readonly scatter: (
    out: number,
    stride: number,
    table: number,
    tableStride: number,
    to: number,
    from: number,
    n: number,
  ) => void;
  readonly roundOfTwo: (out: number, a: number, aStride: number, b: number, bStride: number, half: number) => void;
  readonly weightedRound: (
    out: number,
    high: number,
    highStride: number,
    blocks: number,
    low: number,
    lowStride: number,
    a: number,
    aStride: number,
    b: number,
    bStride: number,
    half: number,
  ) => void;
  readonly foldBytes: (
    out: number,
    stride: number,
    w: number,
    rows: number,
    n: number,
    table: number,
    tableStride: number,
    scratch: number,
  ) => void;
};

/** What 32 bits address, but for the last page. */
const MOST_BYTES = 65_535 * PAGE_BYTES;

let compiled: Promise<WebAssembly.Module> | null = null;

/** Memory that is lent to nobody. */
let idle: WeakRef<ProofMemory> | null = null;

export class ProofMemory {
  /** Those of this thread alone, or of all that work {@link together}. */
  kernels: ProofKernels;
  private readonly alone: ProofKernels & TeamKernels;
  private readonly module: WebAssembly.Module;
  private readonly memory: WebAssembly.Memory;
  private team: Team | null = null;
  private limit: number;
  private top = RESERVED_BYTES;
  /** The most bytes that were in use at once. */
  peak = RESERVED_BYTES;

  private constructor(
    kernels: ProofKernels & TeamKernels,
    module: WebAssembly.Module,
    memory: WebAssembly.Memory,
    limit: number,
  ) {
    this.kernels = kernels;
    this.alone = kernels;
    this.module = module;
    this.memory = memory;
    this.limit = limit;
  }

  /** @param limitBytes most memory it takes; all that 32 bits address unless stated */
  static async create(limitBytes = MOST_BYTES): Promise<ProofMemory> {
    compiled ??= WebAssembly.compile(unwrap(fromBase64(KERNELS_BASE64)) as BufferSource);
    const memory = new WebAssembly.Memory({ initial: RESERVED_BYTES / PAGE_BYTES, maximum: 65_536, shared: true });
    const module = await compiled;
    const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
    return new ProofMemory(exports as ProofKernels & TeamKernels, module, memory, limitBytes);
  }

  /**
   * Lends memory for some work: that of the work before, where nobody has cleared it away yet, so that one proof after the
   * other does not take room of its own.
   * @param limitBytes as in {@link create}
   */
  static async lend<T>(limitBytes: number | undefined, work: (memory: ProofMemory) => Promise<T>): Promise<T> {
    const limit = limitBytes ?? MOST_BYTES;
    const memory = idle?.deref() ?? (await ProofMemory.create());
    idle = null;
    memory.limit = limit;
    memory.peak = RESERVED_BYTES;
    try {
      return await work(memory);
    } finally {
      memory.release(RESERVED_BYTES);
      idle = new WeakRef(memory);
    }
  }

  /**
   * Does some work on several threads, which start meanwhile and have ended when this returns.
   * @param threads how many, this one included; more than one take a pool
   * @param work leaves the kernels alone until it has waited for `joined`: each thread that starts writes their first words
   * @throws SuretyError `proof.thread-lost`
   */
  async together<T>(
    threads: number,
    pool: ThreadPool | undefined,
    work: (joined: () => Promise<void>) => Promise<T>,
  ): Promise<T> {
    if (threads === 1 || pool === undefined) return work(async () => undefined);
    const place = { module: this.module, memory: this.memory, kernels: this.alone };
    const starting = startTeam(place, threads, pool.start);
    // Whether they start is looked at by whoever waits for them, if anybody does.
    starting.catch(() => undefined);
    try {
      return await work(async () => {
        this.team = await starting;
        this.kernels = teamKernels(this.alone, this.team, this.memory);
      });
    } finally {
      this.team = null;
      this.kernels = this.alone;
      await starting.then(({ close }) => close()).catch(() => undefined);
    }
  }

  /** Threads that work in it: kernels that take room to scratch on take so many times as much. */
  get threads(): number {
    return this.team?.threads ?? 1;
  }

  /** Waits for what kernels left to other threads. */
  settle(): void {
    this.team?.finish();
  }

  /** Where the next room starts; for {@link release}. */
  mark(): number {
    return this.top;
  }

  /** Gives back all that was taken since a mark. */
  release(mark: number): void {
    this.top = mark;
  }

  /** Room for so many bytes, 64-byte aligned, of whatever lay there before. */
  take(bytes: number): number {
    const address = this.top;
    const end = address + Math.ceil(bytes / 64) * 64;
    if (end > this.limit) {
      throw new SuretyError({
        code: 'program.too-large',
        message: `A proof takes more than ${this.limit} bytes of memory.`,
        next: 'Allow more memory or prove a smaller program.',
        field: 'memoryBytes',
        value: `${end}`,
        limit: `${this.limit} bytes`,
      });
    }
    const missing = end - this.memory.buffer.byteLength;
    if (missing > 0) this.grow(missing);
    this.top = end;
    this.peak = Math.max(this.peak, end);
    return address;
  }

  /** By an eighth at least where there is room: growing takes long, and takes as long for little. */
  private grow(missing: number): void {
    const { byteLength } = this.memory.buffer;
    const wanted = Math.max(missing, byteLength / 8, LEAST_GROWTH_BYTES);
    const room = Math.max(this.limit - byteLength, missing);
    this.memory.grow(Math.ceil(Math.min(wanted, room) / PAGE_BYTES));
  }

  base(length: number): BaseVector {
    return { address: this.take(4 * Math.max(length, 4)), length };
  }

  ext(length: number): ExtVector {
    const stride = extStride(length);
    return { address: this.take(4 * stride), length, stride };
  }

  /** The words of a base vector. Invalid after the next {@link take}. */
  words({ address, length }: BaseVector): Uint32Array {
    return new Uint32Array(this.memory.buffer, address, length);
  }

  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  /** Puts points or elements where kernels read them. */
  put(address: number, values: readonly Ext[]): void {
    const words = new Uint32Array(this.memory.buffer, address, 4 * values.length);
    for (const [i, value] of values.entries()) words.set(value, 4 * i);
  }

  /** The element at an address. */
  element(address: number): Ext {
    const [a, b, c, d] = new Uint32Array(this.memory.buffer, address, 4);
    return [a!, b!, c!, d!];
  }

  /** Writes element `i` of a vector. */
  setEntry({ address, stride }: ExtVector, i: number, value: Ext): void {
    const words = new DataView(this.memory.buffer, address + 4 * i);
    for (const [c, coordinate] of value.entries()) words.setUint32(c * stride, coordinate, true);
  }

  /** Element `i` of a vector. */
  entry({ address, stride }: ExtVector, i: number): Ext {
    const words = new DataView(this.memory.buffer, address + 4 * i);
    return [0, 1, 2, 3].map((c) => words.getUint32(c * stride, true)) as unknown as Ext;
  }
}
