/**
 * What leads from the ids of a run to what it is made of (the named pieces of spec 15.5), read and checked on the way. Used by
 * the judge; a watcher reads answers through it too and notes down what they show.
 */
import { concatBytes, leafHash, sameBytes } from '@surety/core';
import {
  bigEndian,
  chunkCount,
  chunkSpan,
  DTYPE_BYTES,
  DTYPE_CODE,
  type Dtype,
  decodeInterface,
  elements,
  type Interface,
  iteratedId,
  MAX_ELEMENTS,
  MAX_RANK,
  type TensorType,
  tagged,
} from '@surety/programs';
import type { Run } from '../run.ts';
import { type Reader, unreadable } from './bytes.ts';
import { type NodeView, viewOf } from './operator.ts';
import { type Blocks, belowOf, LIMITS, type Place } from './question.ts';
import { blocksOf, readOpening, type Seen } from './tree.ts';

export type Head = {
  readonly inputs: number;
  readonly nodes: number;
  readonly graphRoot: Uint8Array;
  readonly constants: number;
  readonly constantsRoot: Uint8Array;
  /** 1 where the program is not iterated. */
  readonly steps: number;
  /** P. */
  readonly program: Uint8Array;
};

export type Step = { readonly step: number; readonly list: Uint8Array; readonly valuesRoot: Uint8Array };

/** A type as T hashes it, which may be that of no tensor: whoever lies may commit to anything. */
export type StatedType = { readonly dtype: number; readonly shape: readonly number[] };

/** What T hashes. */
export type Committed = {
  readonly stated: StatedType;
  readonly chunksRoot: Uint8Array;
  readonly root: Uint8Array;
  /** Null where no tensor is of the stated type; nothing of it can be opened. */
  readonly type: TensorType | null;
};

export const stated = ({ dtype, shape }: TensorType): StatedType => ({ dtype: DTYPE_CODE[dtype], shape });

/** One leading dimension more. */
export const stackedType = ({ dtype, shape }: StatedType, steps: number): StatedType => ({
  dtype,
  shape: [steps, ...shape],
});

export const committed = (type: StatedType, chunksRoot: Uint8Array): Committed => {
  const dtype = DTYPE_OF.get(type.dtype);
  const { shape } = type;
  const none = dtype === undefined || shape.length > MAX_RANK || shape.includes(0) || elements(shape) > MAX_ELEMENTS;
  const head = Uint8Array.of(type.dtype, shape.length);
  const root = tagged('surety:tensor:v1', head, bigEndian(shape), chunksRoot);
  return { stated: type, chunksRoot, root, type: none ? null : { dtype, shape } };
};

/** The type of a tensor of which something is to be opened. */
const typeOf = ({ type }: Committed): TensorType => type ?? unreadable('no tensor has this type');

/** Which tree a hash was shown of. */
export type TreeName =
  | { readonly tree: 'steps' }
  | { readonly tree: 'values'; readonly step: number }
  | { readonly tree: 'list'; readonly of: 'inputs' | 'outputs' | number }
  | { readonly tree: 'chunks'; readonly of: Place };

/** Told of all that an answer shows. */
export type Notes = {
  readonly steps: (root: Uint8Array) => void;
  readonly step: (step: Step) => void;
  readonly list: (of: 'inputs' | 'outputs' | number, count: number, root: Uint8Array) => void;
  readonly hash: (name: TreeName, level: number, position: number, hash: Uint8Array) => void;
  readonly tensor: (place: Place, tensor: Committed) => void;
  readonly chunk: (place: Place, chunk: number, bytes: Uint8Array) => void;
  /** Which neighbouring chunks of a node's value an answer showed, and left a record of. */
  readonly data?: (data: DataPlace) => void;
  readonly head?: (head: Head) => void;
  /** Of answers and refutations about one node. */
  readonly node?: (node: number, view: NodeView) => void;
  readonly about?: (about: About) => void;
};

/** Chunks of a node's value of which a record was left. */
export type DataPlace = {
  readonly step: number;
  readonly node: number;
  readonly chunk: number;
  readonly count: number;
};

/** What a refutation is about. */
export type About = {
  readonly place: Place;
  readonly element: number | null;
  /** The value that the run has there, or an accumulator of the fold that leads to it. */
  readonly claimed: number | null;
  /** What the opened operands give. */
  readonly computed: bigint | null;
};

const same = (a: Uint8Array, b: Uint8Array, what: string): void => {
  if (!sameBytes(a, b)) unreadable(`${what} does not lead to its id`);
};

const DTYPE_OF = new Map(Object.entries(DTYPE_CODE).map(([dtype, code]) => [code, dtype as Dtype]));

export const listOf = (count: number, root: Uint8Array): Uint8Array =>
  tagged('surety:tensors:v1', bigEndian([count]), root);

/** Whether two tensors are of one type. */
export const sameType = (a: StatedType, b: StatedType): boolean =>
  a.dtype === b.dtype && a.shape.length === b.shape.length && a.shape.every((size, axis) => size === b.shape[axis]);

/** Leads of one run. */
export class Statement {
  readonly from: Reader;
  readonly run: Run;
  private readonly notes: Notes | null;
  private stepsRoot: Uint8Array | null = null;

  constructor(run: Run, from: Reader, notes: Notes | null = null) {
    this.run = run;
    this.from = from;
    this.notes = notes;
  }

  private seen(name: TreeName): { readonly seen: Seen } | undefined {
    const { notes } = this;
    if (notes === null) return undefined;
    return { seen: (level, position, hash) => notes.hash(name, level, position, hash) };
  }

  /** `at(size, index)`: a leaf that is known already. */
  private at(size: number, index: number, leaf: Uint8Array, name?: TreeName): Uint8Array {
    return readOpening(
      this.from,
      size,
      { first: index, count: 1 },
      () => leaf,
      name === undefined ? undefined : this.seen(name),
    );
  }

  head(): Head {
    const { from, run } = this;
    const [inputs, nodes, graphRoot] = [from.u32(), from.u32(), from.hash()];
    const [constants, constantsRoot, steps] = [from.u32(), from.hash(), from.u32()];
    const program = tagged(
      'surety:program:v2',
      bigEndian([inputs, nodes]),
      graphRoot,
      bigEndian([constants]),
      constantsRoot,
    );
    if (steps === 1) {
      same(program, run.program, 'the program');
      return this.noteHead({ inputs, nodes, graphRoot, constants, constantsRoot, steps, program });
    }
    same(iteratedId(program, steps), run.program, 'the iterated program');
    const root = from.hash();
    same(
      tagged('surety:iteration:v1', run.program, run.input, bigEndian([steps]), root),
      run.trace,
      'the root of the steps',
    );
    this.stepsRoot = root;
    this.notes?.steps(root);
    return this.noteHead({ inputs, nodes, graphRoot, constants, constantsRoot, steps, program });
  }

  private noteHead(head: Head): Head {
    this.notes?.head?.(head);
    return head;
  }

  /** The root of the steps of an iterated program. */
  stepsRootOrNone(): Uint8Array {
    return this.stepsRoot ?? unreadable('there is but one step');
  }

  step(head: Head, step: number): Step {
    const { from, run } = this;
    if (step >= head.steps) unreadable('there is no such step');
    const list = this.stepsRoot === null ? run.input : from.hash();
    const valuesRoot = from.hash();
    const trace = tagged('surety:trace:v1', head.program, list, bigEndian([head.nodes]), valuesRoot);
    if (this.stepsRoot === null) same(trace, run.trace, 'the trace');
    else {
      same(this.at(head.steps, step, leafHash(trace), { tree: 'steps' }), this.stepsRoot, 'the trace of the step');
    }
    this.notes?.step({ step, list, valuesRoot });
    return { step, list, valuesRoot };
  }

  node(head: Head, node: number): NodeView & { readonly encoding: Uint8Array } {
    if (node >= head.nodes) unreadable('there is no such node');
    const encoding = this.from.take(this.from.u16());
    same(this.at(head.nodes + 2, node + 2, leafHash(encoding)), head.graphRoot, 'the node');
    const view = viewOf(encoding);
    this.notes?.node?.(node, view);
    return { ...view, encoding };
  }

  /** A node's encoding whose place in the program was shown before. */
  nodeAsKnown(): NodeView & { readonly encoding: Uint8Array } {
    const encoding = this.from.take(this.from.u16());
    return { ...viewOf(encoding), encoding };
  }

  /** Where the encoding of a node stands. */
  nodeAt(head: Head, node: number, encoding: Uint8Array): void {
    if (node >= head.nodes) unreadable('there is no such node');
    same(this.at(head.nodes + 2, node + 2, leafHash(encoding)), head.graphRoot, 'the node');
  }

  interface(head: Head): Interface {
    const bytes = this.from.take(this.from.u16());
    same(this.at(head.nodes + 2, 1, leafHash(bytes)), head.graphRoot, 'the interface');
    return decodeInterface(bytes) ?? unreadable('the interface is none');
  }

  tensor(): Committed {
    const { from } = this;
    const dtype = from.u8();
    const shape = Array.from({ length: from.u8() }, () => from.u32());
    return committed({ dtype, shape }, from.hash());
  }

  /** A tensor of a type that is known, by the root of its chunks. */
  ofType(type: TensorType): Committed {
    return committed(stated(type), this.from.hash());
  }

  /** The root of a list of so many tensors, itself known by its id. */
  list(of: 'inputs' | 'outputs' | number, id: Uint8Array, count: number): Uint8Array {
    const root = this.from.hash();
    same(listOf(count, root), id, 'the list');
    this.notes?.list(of, count, root);
    return root;
  }

  /** That a tensor stands in a list of which the root was read. */
  inList(
    of: 'inputs' | 'outputs' | number,
    list: { count: number; root: Uint8Array },
    index: number,
    tensor: Uint8Array,
  ): void {
    const root = this.at(list.count, index, leafHash(tensor), { tree: 'list', of });
    same(root, list.root, 'the tensor');
  }

  /** LISTED. */
  listed(head: Head, of: 'inputs' | number, id: Uint8Array, index: number, tensor: Uint8Array): void {
    const { inputs: count } = head;
    if (index >= count) unreadable('there is no such input');
    this.inList(of, { count, root: this.list(of, id, count) }, index, tensor);
  }

  /** VALUE: that a tensor is value `id` of a step. */
  value(head: Head, step: Step, id: number, tensor: Uint8Array): void {
    const { inputs, constants, nodes } = head;
    const leaf = leafHash(tensor);
    if (id < inputs) this.listed(head, step.step, step.list, id, tensor);
    else if (id < inputs + constants) {
      same(this.at(constants, id - inputs, leaf), head.constantsRoot, 'the constant');
    } else if (id < inputs + constants + nodes) {
      this.nodeValue(head, step, id - inputs - constants, tensor);
    } else unreadable('there is no such value');
  }

  nodeValue(head: Head, step: Step, node: number, tensor: Uint8Array): void {
    const root = this.at(head.nodes, node, leafHash(tensor), { tree: 'values', step: step.step });
    same(root, step.valuesRoot, 'the value');
  }

  /** Neighbouring chunks of a tensor. */
  chunks(tensor: Committed, first: number, count: number, place?: Place): Uint8Array {
    const type = typeOf(tensor);
    const parts: Uint8Array[] = [];
    const read = (chunk: number): Uint8Array => {
      const bytes = this.from.take(chunkSpan(type, chunk).length);
      if (place !== undefined) this.notes?.chunk(place, chunk, bytes);
      parts.push(bytes);
      return leafHash(bytes);
    };
    const seen = place === undefined ? undefined : this.seen({ tree: 'chunks', of: place });
    const root = readOpening(this.from, chunkCount(type), { first, count }, read, seen);
    same(root, tensor.chunksRoot, 'the chunk');
    return concatBytes(...parts);
  }

  /**
   * A block of the chunks of a tensor: the bytes of a small one, hashes below of a large one.
   * @returns the hash of the block, and the bytes if they were shown
   */
  block(
    tensor: Committed,
    { level, block }: { readonly level: number; readonly block: number },
    place: Place,
  ): { readonly hash: Uint8Array; readonly bytes: Uint8Array | null } {
    const type = typeOf(tensor);
    const size = chunkCount(type);
    const name: TreeName = { tree: 'chunks', of: place };
    const first = block * 2 ** level;
    const below = belowOf(level);
    const count = blocksOf(Math.min(2 ** level, size - first), below);
    const parts: Uint8Array[] = [];
    const inside = (i: number): Uint8Array => {
      if (level > LIMITS.dataLevel) return this.from.hash();
      const bytes = this.from.take(chunkSpan(type, first + i).length);
      this.notes?.chunk(place, first + i, bytes);
      parts.push(bytes);
      return leafHash(bytes);
    };
    let hash = new Uint8Array(0);
    const seen: Seen = (at, position, given) =>
      this.notes?.hash(name, below + at, first / 2 ** below / 2 ** at + position, given);
    const leaf = (): Uint8Array => {
      hash = Uint8Array.from(readOpening(this.from, count, { first: 0, count }, inside, { seen }));
      return hash;
    };
    const above: Seen = (at, position, given) => this.notes?.hash(name, level + at, position, given);
    const root = readOpening(this.from, blocksOf(size, level), { first: block, count: 1 }, leaf, { seen: above });
    same(root, tensor.chunksRoot, 'the block');
    return { hash, bytes: level > LIMITS.dataLevel ? null : concatBytes(...parts) };
  }

  /** CHUNK: one element. */
  element(tensor: Committed, element: number): number {
    const type = typeOf(tensor);
    if (element >= elements(type.shape)) unreadable('there is no such element');
    const chunk = chunkOf(type, element);
    const bytes = this.chunks(tensor, chunk, 1);
    return valuesIn(type, element, 1, { offset: chunkSpan(type, chunk).offset, bytes })[0]!;
  }

  /**
   * Hashes of blocks of a tree.
   * @param told of each of them
   */
  blocks(
    name: TreeName,
    size: number,
    blocks: Blocks,
    root: Uint8Array,
    told: (index: number, hash: Uint8Array) => void = () => {},
  ): void {
    const total = blocksOf(size, blocks.level);
    if (blocks.first >= total) return;
    const count = Math.min(blocks.count, total - blocks.first);
    const { notes } = this;
    const seen: Seen = (level, position, hash) => notes?.hash(name, blocks.level + level, position, hash);
    const leaf = (index: number): Uint8Array => {
      const hash = this.from.hash();
      told(index, hash);
      return hash;
    };
    const shown = readOpening(this.from, total, { first: blocks.first, count }, leaf, { seen });
    same(shown, root, 'the part');
  }

  noteNode(node: number, view: NodeView): void {
    this.notes?.node?.(node, view);
  }

  noteAbout(about: About): void {
    this.notes?.about?.(about);
  }

  noteData(data: DataPlace): void {
    this.notes?.data?.(data);
  }

  noteTensor(place: Place, tensor: Committed): void {
    this.notes?.tensor(place, tensor);
  }
}

/** The chunk that holds an element. */
export const chunkOf = (type: TensorType, element: number): number => {
  const width = DTYPE_BYTES[type.dtype];
  const rowBytes = (type.shape.at(-1) ?? 1) * width;
  const byte = element * width;
  if (rowBytes < 1_024) return Math.floor(byte / rowBytes / Math.floor(1_024 / rowBytes));
  return Math.floor(byte / rowBytes) * Math.ceil(rowBytes / 1_024) + Math.floor((byte % rowBytes) / 1_024);
};

/** Bytes of a tensor's values from byte `offset` on. */
export type Span = { readonly offset: number; readonly bytes: Uint8Array };

/** Elements out of a span that holds them all. */
export const valuesIn = (type: TensorType, element: number, count: number, { offset, bytes }: Span): number[] => {
  const width = DTYPE_BYTES[type.dtype];
  const at = element * width - offset;
  if (at < 0 || at + count * width > bytes.length) unreadable('an element is not opened');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: count }, (_, i) =>
    width === 1
      ? view.getInt8(at + i)
      : width === 2
        ? view.getInt16(at + 2 * i, true)
        : view.getInt32(at + 4 * i, true),
  );
};
