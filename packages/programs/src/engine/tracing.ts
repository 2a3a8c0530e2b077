/**
 * What a traced run hashes besides its work (spec 12.7): chunks and trees of the nodes' values, their roots T and the tree over
 * these. Values are hashed several at once, since the kernels hash four messages in the time of one, and most values are short.
 */
import type { CheckedProgram } from '../check.ts';
import { chunkSpan, tensorPrefix } from '../commit/tensor.ts';
import { elements, type TensorType } from '../tensor.ts';
import type { Kernels } from './kernels.ts';
import { bytesOf, CODE, type Operation, type Place } from './operation.ts';

/** Nodes whose values are hashed together once the last of them has run. */
export type Batch = readonly number[];

/** Values wait until there are so many bytes of them: no more than stay in a cache, and more than enough for full lanes. */
const BATCH_BYTES = 2 ** 18;

/** Nodes in order, cut where those waiting have enough bytes. */
export const batchesOf = (bytes: readonly number[]): readonly Batch[] => {
  const batches: number[][] = [];
  let waiting = BATCH_BYTES;
  for (const [node, size] of bytes.entries()) {
    if (waiting >= BATCH_BYTES) {
      batches.push([]);
      waiting = 0;
    }
    batches.at(-1)!.push(node);
    waiting += size;
  }
  return batches;
};

/** Where hashes lie; each region holds 32 bytes of every node, sample after sample, unless said otherwise. */
export type TraceLayout = {
  /** Leaf hashes of the chunks of one batch. */
  readonly leaves: number;
  /** `MTH(chunks)`. */
  readonly chunkRoots: number;
  /** T. */
  readonly nodeRoots: number;
  /** Leaf hashes of the tree over T. */
  readonly nodeLeaves: number;
  /** Root of that tree, 32 bytes a sample. */
  readonly roots: number;
  readonly end: number;
};

const CYCLES_PER_BYTE = 4;
const CYCLES_PER_CHUNK = 500;
const CYCLES_PER_TENSOR = 1_000;
const CYCLES_PER_PAIR = 500;

/** Words of {@link tensorSlot}. */
export const SLOT_WORDS = 16;

/** What T hashes before the chunks, as the kernels' list of values has it. */
export const tensorSlot = (type: TensorType): readonly number[] => {
  const prefix = tensorPrefix(type);
  const slot = new Uint8Array(4 * SLOT_WORDS);
  slot[0] = prefix.length;
  slot.set(prefix, 4);
  return Array.from(new Int32Array(slot.buffer));
};

type Value = { readonly node: number; readonly place: Place; readonly rowBytes: number; readonly chunks: number };

const rowBytesOf = (place: Place): number => (place.shape.at(-1) ?? 1) * (bytesOf(place) / elements(place.shape));

export class Tracing {
  readonly layout: TraceLayout;
  private readonly values: readonly Value[];
  private readonly batches: ReadonlyMap<number, Batch>;
  private readonly samples: number;

  /**
   * @param places of the nodes' values, which stay until their batch is hashed
   * @param start first address that is free
   */
  constructor(
    places: readonly Place[],
    batches: readonly Batch[],
    kernels: Pick<Kernels, 'chunkCount'>,
    { samples, start }: { readonly samples: number; readonly start: number },
  ) {
    this.samples = samples;
    this.batches = new Map(batches.map((batch) => [batch.at(-1)!, batch]));
    this.values = places.map((place, node) => {
      const rowBytes = rowBytesOf(place);
      return { node, place, rowBytes, chunks: kernels.chunkCount(rowBytes, bytesOf(place) / rowBytes) };
    });
    const most = batches.map((batch) => batch.reduce((sum, node) => sum + this.values[node]!.chunks, 0));
    const [chunk, all] = [32 * samples, 32 * samples * places.length];
    const leaves = start;
    const chunkRoots = leaves + chunk * Math.max(0, ...most);
    const [nodeRoots, nodeLeaves, roots] = [chunkRoots + all, chunkRoots + 2 * all, chunkRoots + 3 * all];
    this.layout = { leaves, chunkRoots, nodeRoots, nodeLeaves, roots, end: roots + chunk };
  }

  /** What is hashed once a node has run. */
  after(node: number): readonly Operation[] {
    const batch = this.batches.get(node);
    return batch === undefined ? [] : this.chunkTrees(batch.map((each) => this.values[each]!));
  }

  private chunkTrees(batch: readonly Value[]): readonly Operation[] {
    const { samples } = this;
    const { leaves, chunkRoots } = this.layout;
    // Four chunks take as long as the longest of them.
    const sorted = batch.toSorted((a, b) => chunkSpan(b.place, 0).length - chunkSpan(a.place, 0).length);
    const list: number[] = [];
    const trees: number[] = [];
    let units = 0;
    let bytes = 0;
    for (const { node, place, rowBytes, chunks } of sorted) {
      list.push(units, place.address, place.stride, rowBytes, bytesOf(place) / rowBytes, chunks);
      trees.push(leaves + 32 * units, chunks, samples, chunkRoots + 32 * node, 32 * this.values.length, 0);
      units += chunks * samples;
      bytes += bytesOf(place) * samples;
    }
    const cycles = bytes * CYCLES_PER_BYTE + units * CYCLES_PER_CHUNK;
    return [
      { code: CODE.hashChunks, units, samples: 1, cycles, words: [leaves, ...list, units] },
      this.fold(trees, units - batch.length * samples),
    ];
  }

  private fold(list: readonly number[], pairs: number): Operation {
    const cycles = pairs * CYCLES_PER_PAIR;
    return { code: CODE.foldTrees, units: 1, samples: 1, cycles, words: [list.length / 6, ...list] };
  }

  /** The end of a traced run: T of every value and the tree over them. */
  last({ types }: CheckedProgram): readonly Operation[] {
    const nodes = this.values.length;
    if (nodes === 0) return [];
    const { chunkRoots, nodeRoots, nodeLeaves, roots } = this.layout;
    const units = nodes * this.samples;
    const slots = this.values.flatMap((_, node) => tensorSlot(types[types.length - nodes + node]!));
    const words = [nodes, chunkRoots, nodeRoots, nodeLeaves, ...slots];
    return [
      { code: CODE.hashTensors, units, samples: 1, cycles: units * CYCLES_PER_TENSOR, words },
      this.fold([nodeLeaves, nodes, this.samples, roots, 32, 0], units),
    ];
  }
}
