/** A program as a flat table of operations over addresses, for one number of samples. */
import type { CheckedProgram } from '../check.ts';
import type { Node, ValueId } from '../program.ts';
import { elements } from '../tensor.ts';
import { elementwise, lookup, reduce } from './elementwise.ts';
import type { Kernels } from './kernels.ts';
import { HASH_SCRATCH_BYTES } from './kernels.ts';
import { layoutValues } from './layout.ts';
import { concat, gather, rearrange } from './movement.ts';
import { bytesOf, CODE, type Operation, type Place } from './operation.ts';
import { conv, depthwise, gemmScratchBytes, matmul, pool, type Weights } from './products.ts';
import { batchesOf, type TraceLayout, Tracing } from './tracing.ts';
import { biasOf, type Uses, weightsOf } from './uses.ts';
import type { ConstantLayout } from './weights.ts';

export type PlanOptions = {
  readonly samples: number;
  readonly keep: boolean;
  /** Whether the nodes' values are hashed. */
  readonly trace: boolean;
  /** Work below this is done before other threads are awake. */
  readonly parallelCycles: number;
  /** First address behind the constants and the scratch. */
  readonly start: number;
};

export type Plan = {
  readonly places: readonly Place[];
  /** Address of the table of operations. */
  readonly table: number;
  readonly words: Int32Array;
  /** Rough cycles of each operation. */
  readonly cycles: readonly number[];
  /** Whether anything in it is worth other threads. */
  readonly parallel: boolean;
  /** Where the hashes of a traced run lie. */
  readonly trace: TraceLayout | null;
  readonly end: number;
};

const roundUp = (n: number): number => Math.ceil(n / 64) * 64;

/** Scratch of one thread: what the widest product needs, or hashing. */
export const scratchBytes = (program: CheckedProgram, uses: Uses): number => {
  let most = HASH_SCRATCH_BYTES;
  for (const [i, node] of program.nodes.entries()) {
    const weights = weightsOf(node);
    if (weights === null || uses.layouts.get(i)?.kind === 'taps') continue;
    const shape = program.types[weights]!.shape;
    most = Math.max(most, gemmScratchBytes(node.form.op === 'conv' ? elements(shape.slice(1)) : shape.at(-1)!));
  }
  return roundUp(most);
};

export const planProgram = (
  program: CheckedProgram,
  uses: Uses,
  constants: ConstantLayout,
  kernels: Pick<Kernels, 'chunkCount'>,
  { samples, keep, trace, start, parallelCycles }: PlanOptions,
): Plan => {
  const inputs = program.inputs.length;
  const first = inputs + program.constants.length;
  const isConstant = (id: ValueId): boolean => id >= inputs && id < first;
  const batches = batchesOf(program.types.slice(first).map((type) => bytesOf(type) * samples));
  const layout = layoutValues(program, uses, { samples, keep, read: trace ? batches : [] });
  const places = program.types.map((type, id): Place => {
    const root = uses.roots[id]!;
    if (isConstant(root)) return { ...type, address: constants.plain.get(root) ?? 0, stride: 0 };
    return { ...type, address: start + layout.offsets[id]!, stride: bytesOf(type) };
  });
  const place = (id: ValueId): Place => places[id]!;

  const weights = (node: Node, i: number): Weights => {
    const id = weightsOf(node)!;
    const bias = biasOf(node);
    const packed = constants.packed.get(i);
    return {
      place: packed === undefined ? place(id) : { ...place(id), address: packed, stride: 0 },
      packed: packed !== undefined,
      ...constants.vectors.get(i)!,
      extra: bias === null || isConstant(bias) ? null : place(bias),
    };
  };

  const operations = (node: Node, i: number): readonly Operation[] => {
    const { form, stage } = node;
    const out = place(first + i);
    switch (form.op) {
      case 'matmul':
        return [matmul(place(form.a), weights(node, i), stage!, out, samples)];
      case 'conv': {
        const make = uses.layouts.get(i)?.kind === 'taps' ? depthwise : conv;
        return [make(form, place(form.x), weights(node, i), stage!, out, samples)];
      }
      case 'sum_pool':
      case 'max_pool':
        return [pool(form, stage, place(form.x), out, samples)];
      case 'affine':
        return [elementwise(form, stage!, form.x.map(place), out, samples)];
      case 'mul':
        return [elementwise({ op: 'mul' }, stage!, [place(form.a), place(form.b)], out, samples)];
      case 'reduce_sum':
      case 'reduce_max':
      case 'argmax':
        return [reduce(form.op, stage, place(form.x), out, samples)];
      case 'lookup':
        return [lookup(place(form.x), place(form.table), form.first, out, samples)];
      case 'gather':
        return [gather(place(form.data), place(form.index), out, samples)];
      case 'reshape':
        return [];
      case 'transpose':
      case 'slice':
        return [rearrange(form, place(form.x), out, samples)];
      case 'concat':
        return concat(form.axis, form.x.map(place), out, samples);
    }
  };

  const free = roundUp(start + layout.bytes);
  const tracing = trace ? new Tracing(places.slice(first), batches, kernels, { samples, start: free }) : null;
  const list = program.nodes.flatMap((node, i) => [...operations(node, i), ...(tracing?.after(i) ?? [])]);
  list.push(...(tracing?.last(program) ?? []));
  const table = roundUp(tracing?.layout.end ?? free);
  return { places, table, trace: tracing?.layout ?? null, ...encode(list, table, parallelCycles) };
};

/** Address, parts taken and parts done of an operation. */
const ENTRY_WORDS = 3;

/** Words of a table of operations and of the operations behind it. */
const encode = (
  list: readonly Operation[],
  table: number,
  parallelCycles: number,
): Pick<Plan, 'words' | 'cycles' | 'parallel' | 'end'> => {
  const parallel = list.map(
    ({ code, units, samples, cycles }) =>
      code !== CODE.foldTrees && units * samples > 1 && cycles * samples > parallelCycles,
  );
  const words: number[] = new Array<number>(list.length * ENTRY_WORDS).fill(0);
  for (const [i, { code, units, samples, words: own }] of list.entries()) {
    words[i * ENTRY_WORDS] = table + words.length * 4;
    const barrier = parallel[i]! || parallel[i + 1] === true;
    words.push(code, units, samples, (parallel[i] ? 1 : 0) | (barrier ? 2 : 0));
    for (const word of own) words.push(word);
  }
  return {
    words: Int32Array.from(words, (word) => word | 0),
    cycles: list.map(({ cycles, samples }) => cycles * samples),
    parallel: parallel.includes(true),
    end: table + words.length * 4,
  };
};
