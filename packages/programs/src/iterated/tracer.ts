/**
 * R of every step of an iterated run (spec 12.7, 15.1). What a step adds to the hashes that its run gives (roots of its streams'
 * slices, list of inputs, trace) is short, so it waits for other steps and is hashed many at once in the kernels' memory.
 */
import { concatBytes, utf8 } from '@surety/core';
import type { CheckedProgram } from '../check.ts';
import { createHasher } from '../commit/hasher.ts';
import type { Commitment } from '../commit/program.ts';
import { bigEndian, chunkCount, tensorPrefix, tensorRoot } from '../commit/tensor.ts';
import type { RunTrace } from '../engine/engine.ts';
import { HASH_SCRATCH_BYTES, RESERVED_BYTES } from '../engine/kernels.ts';
import { Machine } from '../engine/machine.ts';
import { valueBytes } from '../file/file.ts';
import { DTYPE_BYTES, elements, type Tensor } from '../tensor.ts';

/** Most steps that wait, and most bytes of their streams. */
const MOST_STEPS = 64;
const MOST_BYTES = 2 ** 22;

/** Room for the lists and prefixes that kernels take. */
const LIST_BYTES = 128;
/** `L ‖ number of nodes ‖ root over their values`. */
const PART_BYTES = 68;
const LIST_TAG = utf8('surety:tensors:v1\0');
const TRACE_TAG = utf8('surety:trace:v1\0');

type Stream = { readonly input: number; readonly tensor: Tensor; readonly bytes: number; readonly chunks: number };

export class Tracer {
  private readonly program: CheckedProgram;
  private readonly commitment: Commitment;
  private readonly machine: Machine;
  private readonly streams: readonly Stream[];
  private readonly most: number;
  /** Addresses: lists, T of the inputs step after step, leaf hashes, roots and digests, parts of messages, slices of a stream. */
  private readonly at: Readonly<Record<'list' | 'tensors' | 'leaves' | 'roots' | 'parts' | 'data', number>>;
  private readonly bytes: Uint8Array;
  private readonly words: Int32Array;
  private readonly traces: Uint8Array[] = [];
  private waiting = 0;

  private constructor(program: CheckedProgram, commitment: Commitment, machine: Machine, streams: readonly Stream[]) {
    this.program = program;
    this.commitment = commitment;
    this.machine = machine;
    this.streams = streams;
    const largest = Math.max(1, ...streams.map(({ bytes }) => bytes));
    this.most = Math.max(1, Math.min(MOST_STEPS, Math.floor(MOST_BYTES / largest)));
    const inputs = program.inputs.length;
    const chunks = Math.max(inputs, ...streams.map((stream) => stream.chunks));
    const list = RESERVED_BYTES + HASH_SCRATCH_BYTES;
    const tensors = list + LIST_BYTES;
    // The first step that does not wait yet has its states' roots already.
    const leaves = tensors + 32 * inputs * (this.most + 1);
    const roots = leaves + 32 * chunks * this.most;
    const parts = roots + 32 * this.most;
    const data = parts + PART_BYTES * this.most;
    this.at = { list, tensors, leaves, roots, parts, data };
    machine.reserve(data + largest * this.most + LIST_BYTES);
    this.bytes = new Uint8Array(machine.memory.buffer);
    this.words = new Int32Array(machine.memory.buffer, list, LIST_BYTES / 4);
    const nodes = bigEndian([program.nodes.length]);
    for (let step = 0; step < this.most; step++) this.bytes.set(nodes, parts + PART_BYTES * step + 32);
  }

  /** @param inputs of the whole */
  static async create(program: CheckedProgram, commitment: Commitment, inputs: readonly Tensor[]): Promise<Tracer> {
    const isState = (input: number): boolean => program.states.some((state) => state.input === input);
    const streams = program.inputs.flatMap((type, input) => {
      const bytes = elements(type.shape) * DTYPE_BYTES[type.dtype];
      return isState(input) ? [] : [{ input, tensor: inputs[input]!, bytes, chunks: chunkCount(type) }];
    });
    const machine = await Machine.create();
    const firsts = await createHasher();
    const tracer = new Tracer(program, commitment, machine, streams);
    for (const { input } of program.states) tracer.setRoot(0, input, tensorRoot(inputs[input]!, firsts));
    return tracer;
  }

  /** Takes a step that has run; call it for all of them in order. */
  step(run: RunTrace): void {
    const { inputs, constants, states, outputs } = this.program;
    const step = this.waiting++;
    for (const { input, output } of states) {
      const { value } = outputs[output]!;
      const node = value - inputs.length - constants.length;
      if (node >= 0) this.setRoot(step + 1, input, run.nodeRoot(node));
      else if (value >= inputs.length) this.setRoot(step + 1, input, this.commitment.constants[value - inputs.length]!);
    }
    this.bytes.set(run.root, this.at.parts + PART_BYTES * step + 36);
    if (this.waiting === this.most) this.flush();
  }

  /** R of each step. */
  finish(): readonly Uint8Array[] {
    this.flush();
    return this.traces;
  }

  private rootAt(step: number, input: number): number {
    return this.at.tensors + 32 * (step * this.program.inputs.length + input);
  }

  private setRoot(step: number, input: number, root: Uint8Array): void {
    this.bytes.set(root, this.rootAt(step, input));
  }

  /** Digests of prefix and part for every step that waits, where roots are. */
  private hashMany(prefix: Uint8Array, parts: number, partBytes: number): void {
    const { list, roots } = this.at;
    this.bytes.set(prefix, list);
    this.machine.kernels.hashMany(list, prefix.length, parts, partBytes, this.waiting, roots, RESERVED_BYTES);
  }

  /**
   * Roots of as many trees as steps wait, each over so many leaves.
   * @param value what its leaves are chunks of, as the kernel's list has it
   */
  private hashTrees(value: readonly number[], leavesOfTree: number): void {
    const { list, leaves, roots } = this.at;
    const { kernels } = this.machine;
    const units = leavesOfTree * this.waiting;
    this.words.set([0, ...value, units]);
    kernels.hashChunks(list, 0, units, leaves, RESERVED_BYTES);
    this.words.set([leaves, leavesOfTree, this.waiting, roots, 32, 0]);
    kernels.foldTrees(list, 1, RESERVED_BYTES);
  }

  private hashStream({ input, tensor, bytes, chunks }: Stream): void {
    const { at, waiting } = this;
    const type = this.program.inputs[input]!;
    const size = elements(type.shape);
    const done = this.traces.length;
    this.bytes.set(valueBytes(tensor.values.subarray(done * size, (done + waiting) * size)), at.data);
    const rowBytes = (type.shape.at(-1) ?? 1) * DTYPE_BYTES[type.dtype];
    this.hashTrees([at.data, bytes, rowBytes, bytes / rowBytes, chunks], chunks);
    this.hashMany(tensorPrefix(type), at.roots, 32);
    for (let step = 0; step < waiting; step++) this.copy(at.roots + 32 * step, this.rootAt(step, input));
  }

  private copy(from: number, to: number): void {
    this.bytes.copyWithin(to, from, from + 32);
  }

  /** Hashes all that wait. */
  private flush(): void {
    const { program, at, waiting } = this;
    const inputs = program.inputs.length;
    for (const stream of this.streams) this.hashStream(stream);
    // A state that takes an input as it is has that one's root, of the step before.
    for (let step = 0; step < waiting; step++) {
      for (const { input, output } of program.states) {
        const { value } = program.outputs[output]!;
        if (value < inputs) this.copy(this.rootAt(step, value), this.rootAt(step + 1, input));
      }
    }
    this.hashTrees([at.tensors, 32, 32, 1, 1], inputs);
    this.hashMany(concatBytes(LIST_TAG, bigEndian([inputs])), at.roots, 32);
    for (let step = 0; step < waiting; step++) this.copy(at.roots + 32 * step, at.parts + PART_BYTES * step);
    this.hashMany(concatBytes(TRACE_TAG, this.commitment.id), at.parts, PART_BYTES);
    for (let step = 0; step < waiting; step++) {
      this.traces.push(this.bytes.slice(at.roots + 32 * step, at.roots + 32 * step + 32));
    }
    for (const { input } of program.states) this.copy(this.rootAt(waiting, input), this.rootAt(0, input));
    this.waiting = 0;
  }
}
