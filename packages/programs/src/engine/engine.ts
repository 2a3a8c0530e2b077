/**
 * The fast tier: a checked program laid out once in the memory of the WebAssembly kernels, then run any number of times, on
 * one thread or several, one sample or many at once. The bytes are those of `runReference` in every case.
 */
import { emptyRoot, ok, type Problem, type Result, refuse } from '@surety/core';
import { admitInputs } from '../admit.ts';
import type { CheckedProgram } from '../check.ts';
import { allocate, elements, type Tensor } from '../tensor.ts';
import { RESERVED_BYTES, SLACK_BYTES } from './kernels.ts';
import { Machine, type MachineOptions } from './machine.ts';
import { type Plan, planProgram, scratchBytes } from './plan.ts';
import type { TraceLayout } from './tracing.ts';
import { type Uses, usesOf } from './uses.ts';
import { type ConstantLayout, layoutConstants, writeConstants } from './weights.ts';

export type EngineOptions = {
  /** What runs the engine: a machine that others may use too, or how to make one of its own. */
  readonly machine?: Machine | MachineOptions;
  /** Most samples that `runMany` takes through the program at once; 64 unless stated. */
  readonly batch?: number;
  /** Rough processor cycles from which a node is split among threads; 30,000 unless stated. */
  readonly parallelCycles?: number;
  /** Whether runs also give every value, not only the outputs. Takes memory for all of them. */
  readonly keep?: boolean;
};

export type RunOptions = {
  /** Whether the run records the chunk trees of all nodes' values (spec 12.7). */
  readonly trace?: boolean;
  /** Looked at between nodes; with it, long runs let other work of the caller's thread in. */
  readonly signal?: AbortSignal;
};

export type EngineRun = {
  readonly outputs: readonly Tensor[];
  /** Every value by number, constants left out, where the engine keeps them. */
  readonly values: ReadonlyMap<number, Tensor> | null;
  readonly trace: RunTrace | null;
};

/** Hashes of the values of all nodes (spec 12.7). */
export type RunTrace = {
  /** `MTH(chunks)` of a node's value. */
  readonly chunkRoot: (node: number) => Uint8Array;
  /** T of a node's value. */
  readonly nodeRoot: (node: number) => Uint8Array;
  /** Root of the tree over T of each. */
  readonly root: Uint8Array;
};

/** Work between two looks at an abort signal: some milliseconds. */
const SLICE_CYCLES = 10_000_000;

const tooLarge = (bytes: number, limit: number, samples: number): Problem => ({
  code: 'program.too-large',
  message: `A run of ${samples} ${samples === 1 ? 'sample' : 'samples'} takes ${bytes} bytes of memory.`,
  next: 'Allow more memory, fewer threads or a smaller program.',
  field: 'machine.maxBytes',
  value: `${bytes}`,
  limit: `${limit} bytes`,
});

/** Lets timers and messages of this thread be served. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

export class Engine {
  readonly program: CheckedProgram;
  private readonly uses: Uses;
  private readonly constants: ConstantLayout;
  private readonly machine: Machine;
  private readonly scratch: number;
  private readonly options: EngineOptions;
  private readonly plans = new Map<string, Plan>();
  /** The plan whose operations lie in the memory. */
  private written: Plan | null = null;

  private constructor(program: CheckedProgram, machine: Machine, options: EngineOptions) {
    this.program = program;
    this.machine = machine;
    this.options = options;
    this.uses = usesOf(program);
    this.constants = layoutConstants(program, this.uses, RESERVED_BYTES);
    this.scratch = scratchBytes(program, this.uses);
  }

  /**
   * @returns the engine, or `program.too-large` when one sample does not fit the stated memory
   */
  static async create(program: CheckedProgram, options: EngineOptions): Promise<Result<Engine>> {
    const machine = options.machine instanceof Machine ? options.machine : await Machine.create(options.machine);
    const engine = new Engine(program, machine, options);
    const bytes = engine.memoryBytes(1);
    if (bytes > machine.maxBytes) return refuse(tooLarge(bytes, machine.maxBytes, 1));
    await machine.exclusive(async () => engine.enter());
    return ok(engine);
  }

  /** Bytes of memory that runs of so many samples at once take, constants included. */
  memoryBytes(samples: number, trace = false): number {
    return Math.max(this.plan(samples, trace).end, this.start() + this.constants.largest) + SLACK_BYTES;
  }

  /**
   * Runs the program on one sample.
   * @returns its outputs, or a `program.input` problem
   * @throws the reason of `options.signal` when that is aborted
   */
  async run(inputs: readonly Tensor[], options: RunOptions = {}): Promise<Result<EngineRun>> {
    const runs = await this.runMany([inputs], options);
    return runs.ok ? ok(runs.value[0]!) : runs;
  }

  /** As {@link run} for many samples, in order; constants are read once for as many of them as fit the memory. */
  async runMany(
    samples: readonly (readonly Tensor[])[],
    options: RunOptions = {},
  ): Promise<Result<readonly EngineRun[]>> {
    for (const [i, inputs] of samples.entries()) {
      const admitted = admitInputs(this.program, inputs);
      if (admitted.ok) continue;
      const { field, ...rest } = admitted.problem;
      return refuse(samples.length === 1 ? admitted.problem : { ...rest, field: `samples[${i}].${field}` });
    }
    const trace = options.trace === true;
    const together = this.together(Math.min(samples.length, this.options.batch ?? 64), trace);
    if (!together.ok) return together;
    const runs: EngineRun[] = [];
    for (let at = 0; at < samples.length; at += together.value) {
      const some = samples.slice(at, at + together.value);
      runs.push(...(await this.machine.exclusive(() => this.execute(some, trace, options.signal))));
    }
    return ok(runs);
  }

  /** Ends the threads of the machine. */
  async close(): Promise<void> {
    await this.machine.close();
  }

  /** First address behind constants and scratch. */
  private start(): number {
    return this.constants.end + this.machine.threads * this.scratch;
  }

  /** Brings the constants into the memory, if another program's lie there. */
  private enter(): void {
    if (this.machine.owner === this) return;
    const { machine } = this;
    machine.owner = this;
    this.written = null;
    machine.reserve(this.start() + this.constants.largest + SLACK_BYTES);
    writeConstants(this.program, this.uses, this.constants, machine.kernels, machine.memory, this.start());
  }

  private plan(samples: number, trace: boolean): Plan {
    const key = `${samples} ${trace}`;
    const known = this.plans.get(key);
    if (known !== undefined) return known;
    const options = {
      samples,
      trace,
      keep: this.options.keep === true,
      start: this.start(),
      parallelCycles: this.options.parallelCycles ?? 30_000,
    };
    const plan = planProgram(this.program, this.uses, this.constants, this.machine.kernels, options);
    // Few sizes are in use at a time; the oldest goes.
    if (this.plans.size >= 4) this.plans.delete(this.plans.keys().next().value!);
    this.plans.set(key, plan);
    return plan;
  }

  /** The most samples up to `wanted` that fit the memory. */
  private together(wanted: number, trace: boolean): Result<number> {
    for (let samples = Math.max(1, wanted); ; samples = Math.ceil(samples / 2)) {
      const bytes = this.memoryBytes(samples, trace);
      if (bytes <= this.machine.maxBytes) return ok(samples);
      if (samples === 1) return refuse(tooLarge(bytes, this.machine.maxBytes, 1));
    }
  }

  private async execute(
    samples: readonly (readonly Tensor[])[],
    trace: boolean,
    signal: AbortSignal | undefined,
  ): Promise<readonly EngineRun[]> {
    signal?.throwIfAborted();
    const plan = this.plan(samples.length, trace);
    this.enter();
    this.machine.reserve(plan.end + SLACK_BYTES);
    if (this.written !== plan) {
      this.machine.point(plan.table, this.constants.end, this.scratch);
      new Int32Array(this.machine.memory.buffer, plan.table, plan.words.length).set(plan.words);
      this.written = plan;
    }
    for (const [i, inputs] of samples.entries()) {
      for (const [id, input] of inputs.entries()) this.view(plan, id, i).set(input.values);
    }
    const count = plan.cycles.length;
    for (let from = 0; from < count; ) {
      const to = signal === undefined ? count : sliceEnd(plan.cycles, from);
      this.machine.run(from, to, !plan.parallel);
      from = to;
      if (signal !== undefined && from < count) {
        await breathe();
        signal.throwIfAborted();
      }
    }
    return samples.map((_, i) => this.result(plan, i));
  }

  private view(plan: Plan, id: number, sample: number): Tensor['values'] {
    const { dtype, shape, address, stride } = plan.places[id]!;
    const at = address + sample * stride;
    const length = elements(shape);
    const { buffer } = this.machine.memory;
    if (dtype === 'i8') return new Int8Array(buffer, at, length);
    // Samples lie without gaps, so wider ones may start at any multiple of their own size.
    return dtype === 'i16' ? new Int16Array(buffer, at, length) : new Int32Array(buffer, at, length);
  }

  /** A value of a sample, out of the memory. */
  private tensor(plan: Plan, id: number, sample: number): Tensor {
    const { dtype, shape } = this.program.types[id]!;
    const values = allocate(dtype, elements(shape));
    const root = this.uses.roots[id]! - this.program.inputs.length;
    const constant = root >= 0 ? this.program.constants[root] : undefined;
    values.set(constant === undefined ? this.view(plan, id, sample) : constant.read());
    return { dtype, shape, values };
  }

  private trace(layout: TraceLayout, sample: number): RunTrace {
    const nodes = this.program.nodes.length;
    const bytes = (address: number, hashes: number): Uint8Array =>
      new Uint8Array(this.machine.memory.buffer, address + sample * hashes * 32, hashes * 32).slice();
    const [chunkRoots, nodeRoots] = [bytes(layout.chunkRoots, nodes), bytes(layout.nodeRoots, nodes)];
    return {
      chunkRoot: (node) => chunkRoots.subarray(32 * node, 32 * node + 32),
      nodeRoot: (node) => nodeRoots.subarray(32 * node, 32 * node + 32),
      root: nodes === 0 ? emptyRoot() : bytes(layout.roots, 1),
    };
  }

  private result(plan: Plan, sample: number): EngineRun {
    const { inputs, constants, nodes, outputs } = this.program;
    const ids = [...inputs.keys(), ...Array.from(nodes.keys(), (i) => inputs.length + constants.length + i)];
    return {
      outputs: outputs.map(({ value }) => this.tensor(plan, value, sample)),
      values: this.options.keep === true ? new Map(ids.map((id) => [id, this.tensor(plan, id, sample)])) : null,
      trace: plan.trace === null ? null : this.trace(plan.trace, sample),
    };
  }
}

const sliceEnd = (cycles: readonly number[], from: number): number => {
  let to = from;
  for (let work = 0; to < cycles.length && (to === from || work < SLICE_CYCLES); to++) work += cycles[to]!;
  return to;
};

/**
 * Compiles a program for the kernels.
 * @returns the engine, or `program.too-large`
 */
export const createEngine = (program: CheckedProgram, options: EngineOptions = {}): Promise<Result<Engine>> =>
  Engine.create(program, options);
