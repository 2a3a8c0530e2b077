/**
 * The kernels with their memory and threads: what runs engines. One machine may serve many engines, one at a time; the
 * memory holds the program of the one that ran last.
 */
import {
  CONTROL,
  compileKernels,
  instantiateKernels,
  type Kernels,
  MAX_MEMORY_BYTES,
  newMemory,
  PAGE_BYTES,
} from './kernels.ts';
import { type StartThread, type StopThread, THREAD_SCRIPT } from './threads.ts';

export type MachineOptions = {
  /** How many threads work, the caller's included; 1 unless stated, at most 32. More than one needs `startThread`. */
  readonly threads?: number;
  readonly startThread?: StartThread;
  /** Whether the caller's thread may sleep: false on a page's main thread. */
  readonly maySleep?: boolean;
  /** Largest memory; all that 32 bits address unless stated. */
  readonly maxBytes?: number;
};

/** Parts of an operation are bits of a word. */
const MAX_THREADS = 32;

/** How long a thread waits awake before it sleeps, in looks at a word: some tens of microseconds. */
const SPINS = 50_000;

export class Machine {
  readonly kernels: Kernels;
  readonly memory: WebAssembly.Memory;
  readonly maxBytes: number;
  /** Whose constants lie in the memory. */
  owner: unknown = null;
  private readonly maySleep: boolean;
  private readonly others: readonly StopThread[];
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(
    kernels: Kernels,
    memory: WebAssembly.Memory,
    others: readonly StopThread[],
    options: MachineOptions,
  ) {
    this.kernels = kernels;
    this.memory = memory;
    this.others = others;
    this.maySleep = options.maySleep ?? true;
    this.maxBytes = Math.min(options.maxBytes ?? MAX_MEMORY_BYTES, MAX_MEMORY_BYTES);
  }

  static async create(options: MachineOptions = {}): Promise<Machine> {
    const module = await compileKernels();
    const memory = newMemory();
    const { threads = 1, startThread } = options;
    const others: Promise<StopThread>[] = [];
    if (startThread !== undefined) {
      for (let thread = 1; thread < Math.min(threads, MAX_THREADS); thread++) {
        others.push(startThread(THREAD_SCRIPT, { module, memory, thread, epoch: 0, spins: SPINS }));
      }
    }
    return new Machine(await instantiateKernels(module, memory), memory, await Promise.all(others), options);
  }

  get threads(): number {
    return this.others.length + 1;
  }

  /** Makes the memory at least so large. */
  reserve(bytes: number): void {
    const missing = bytes - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE_BYTES));
  }

  /** Where the next runs find their operations and their scratch. */
  point(table: number, scratch: number, scratchStep: number): void {
    const words = new Int32Array(this.memory.buffer);
    words[CONTROL.table] = table;
    words[CONTROL.scratch] = scratch;
    words[CONTROL.scratchStep] = scratchStep;
  }

  /** Operations `from .. to − 1`, on all threads or on this one alone. */
  run(from: number, to: number, alone: boolean): void {
    this.kernels.run(from, to, alone ? 1 : this.threads, SPINS, this.maySleep);
  }

  /** Whoever uses the memory waits for those before. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const done = this.queue.then(work);
    this.queue = done.catch(() => undefined);
    return done;
  }

  /** Ends the other threads. Nothing runs afterwards. */
  async close(): Promise<void> {
    await this.queue;
    const words = new Int32Array(this.memory.buffer);
    Atomics.store(words, CONTROL.threads, 0);
    Atomics.add(words, CONTROL.epoch, 1);
    Atomics.notify(words, CONTROL.epoch);
    await Promise.all(this.others.map((stop) => stop()));
  }
}
