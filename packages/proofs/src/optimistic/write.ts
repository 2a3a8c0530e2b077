/** The named pieces of spec 15.5, written out of what is known of a run. */
import type { TensorType } from '@surety/programs';
import type { Writer } from './bytes.ts';
import { type Committed, chunkOf } from './statement.ts';
import { UnknownHash, writeOpening } from './tree.ts';
import { type ListView, rootOf, type StepView, type TensorView, type View } from './view.ts';

/** Something that a piece needs, or nothing can be written. */
export const needed = <T>(known: T | null, what: string): T => {
  if (known === null) throw new UnknownHash(what);
  return known;
};

const nothing = (): void => {};

export const writeHead = (out: Writer, { program, steps, stepTree }: View): void => {
  out
    .u32(program.inputs)
    .u32(program.nodes)
    .raw(needed(rootOf(program.graph), 'graph'));
  out
    .u32(program.constants)
    .raw(needed(rootOf(program.constantTree), 'constants'))
    .u32(steps);
  if (stepTree !== null) out.raw(needed(rootOf(stepTree), 'root of the steps'));
};

export const writeStep = (out: Writer, { stepTree }: View, { step, listId, valuesRoot }: StepView): void => {
  if (stepTree !== null) out.raw(listId);
  out.raw(valuesRoot);
  if (stepTree !== null) writeOpening(out, stepTree, { first: step, count: 1 }, nothing);
};

const writeGraph = (out: Writer, { program }: View, leaf: number): void =>
  writeOpening(out, program.graph, { first: leaf, count: 1 }, nothing);

export const writeEncoding = (out: Writer, { program }: View, node: number): void => {
  const encoding = program.encoding(node);
  out.u16(encoding.length).raw(encoding);
};

export const writeNodeAt = (out: Writer, view: View, node: number): void => writeGraph(out, view, node + 2);

export const writeNode = (out: Writer, view: View, node: number): void => {
  writeEncoding(out, view, node);
  writeNodeAt(out, view, node);
};

export const writeInterface = (out: Writer, view: View): void => {
  out.u16(view.program.interface.length).raw(view.program.interface);
  writeGraph(out, view, 1);
};

export const writeTensor = (out: Writer, { stated: { dtype, shape }, chunksRoot }: Committed): void => {
  out.u8(dtype).u8(shape.length);
  for (const size of shape) out.u32(size);
  out.raw(chunksRoot);
};

/** That a tensor stands in a list whose root was written. */
export const writeInList = (out: Writer, { tree }: ListView, index: number): void =>
  writeOpening(out, tree, { first: index, count: 1 }, nothing);

export const writeListed = (out: Writer, list: ListView, index: number): void => {
  out.raw(list.root);
  writeInList(out, list, index);
};

export const writeNodeValue = (out: Writer, { values }: StepView, node: number): void =>
  writeOpening(out, values, { first: node, count: 1 }, nothing);

/** VALUE. */
export const writeValue = (out: Writer, { program }: View, step: StepView, id: number): void => {
  const { inputs, constants } = program;
  if (id < inputs) writeListed(out, needed(step.list, 'inputs of the step'), id);
  else if (id < inputs + constants) {
    writeOpening(out, program.constantTree, { first: id - inputs, count: 1 }, nothing);
  } else writeNodeValue(out, step, id - inputs - constants);
};

/** A value of a step, as far as it is known. */
export const valueIn = ({ program }: View, step: StepView, id: number): TensorView | null => {
  const { inputs, constants } = program;
  if (id < inputs) return step.list === null ? null : step.list.tensor(id);
  return id < inputs + constants ? program.constant(id - inputs) : step.node(id - inputs - constants);
};

export const writeChunks = (out: Writer, tensor: TensorView, first: number, count: number): void =>
  writeOpening(out, tensor.chunks, { first, count }, (chunk) => {
    out.raw(needed(tensor.chunk(chunk), `chunk ${chunk}`));
  });

/** CHUNK. */
export const writeChunkOf = (out: Writer, tensor: TensorView, element: number): void =>
  writeChunks(out, tensor, chunkOf(needed(tensor.type, 'type'), element), 1);

/** Neighbouring elements of a tensor. */
export type Elements = { readonly first: number; readonly count: number };

/** The most chunks of one run: no row's segment of 1,024 elements of 4 bytes is cut where a row begins with the run. */
const MAX_RUN = 252;

/** Most runs of chunks of one operand. */
export const MAX_RUNS = 255;

/** Runs of chunks that hold some elements, each neighbourhood of elements within one run. */
export const runsFor = (type: TensorType, read: readonly Elements[]): { chunk: number; count: number }[] => {
  const wanted = new Set<number>();
  for (const { first, count } of read) {
    const last = chunkOf(type, first + count - 1);
    for (let chunk = chunkOf(type, first); chunk <= last; chunk++) wanted.add(chunk);
  }
  const runs: { chunk: number; count: number }[] = [];
  for (const chunk of [...wanted].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && run.chunk + run.count === chunk && run.count < MAX_RUN) run.count++;
    else runs.push({ chunk, count: 1 });
  }
  return runs;
};

/** OPERAND. */
export const writeOperand = (out: Writer, view: View, step: StepView, id: number, read: readonly Elements[]): void => {
  const tensor = needed(valueIn(view, step, id), `value ${id}`);
  writeTensor(out, tensor);
  writeValue(out, view, step, id);
  const runs = read.length === 0 ? [] : runsFor(needed(tensor.type, 'type'), read);
  if (runs.length > MAX_RUNS) throw new UnknownHash('an operand of more runs than one proof opens');
  out.u8(runs.length);
  for (const { chunk, count } of runs) {
    out.u32(chunk).u8(count);
    writeChunks(out, tensor, chunk, count);
  }
};
