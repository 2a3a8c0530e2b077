/** Refutations as bytes (spec 15.5), written out of what is known of a claim. */

import { concatBytes } from '@surety/core';
import { chunkSpan, DTYPE_BYTES } from '@surety/programs';
import { Writer } from './bytes.ts';
import { elementOf, endOf, foldSegments, namedBy, type Operands, operandCount, viewOf } from './operator.ts';
import { type Partials, wordTree, writePartials } from './partials.ts';
import { partOf } from './question.ts';
import { REFUTATION } from './refutation-judge.ts';
import { chunkOf } from './statement.ts';
import { writeOpening } from './tree.ts';
import type { ListView, StepView, TensorView, View } from './view.ts';
import { elementsOf } from './view.ts';
import {
  type Elements,
  needed,
  valueIn,
  writeChunkOf,
  writeEncoding,
  writeHead,
  writeInList,
  writeInterface,
  writeListed,
  writeNode,
  writeNodeAt,
  writeNodeValue,
  writeOperand,
  writeStep,
  writeTensor,
  writeValue,
} from './write.ts';

/** Operands that note which of their elements were read. */
const noting = (view: View, step: StepView, named: readonly number[]) => {
  const read = named.map((): Elements[] => []);
  const at = (place: number): TensorView => needed(valueIn(view, step, named[place]!), `value ${named[place]}`);
  const operands: Operands = {
    type: (place) => needed(at(place).type, 'type'),
    run: (place, first, count) => {
      read[place]!.push({ first, count });
      return elementsOf(at(place), first, count);
    },
  };
  return { operands, read };
};

/** Chunks of a node's value that the dispute's last answer showed. */
export type Recorded = { readonly chunk: number; readonly count: number };

const writeRecorded = (out: Writer, tensor: TensorView, { chunk, count }: Recorded, element: number): void => {
  const type = needed(tensor.type, 'type');
  const parts = Array.from({ length: count }, (_, i) => needed(tensor.chunk(chunk + i), `chunk ${chunk + i}`));
  const tree = wordTree(concatBytes(...parts));
  const word = Math.floor((element * DTYPE_BYTES[type.dtype] - chunkSpan(type, chunk).offset) / 32);
  out.u8(1).u32(chunk).u8(count);
  writeOpening(out, tree, { first: word, count: 1 }, (index) => {
    out.raw(tree.hash(0, index));
  });
};

/** One element of a node: `recorded` where the last answer in the dispute showed it. */
export const refuteElement = (
  view: View,
  step: StepView,
  node: number,
  element: number,
  recorded: Recorded | null,
): Uint8Array => {
  const shown = viewOf(view.program.encoding(node));
  const claimed = needed(step.node(node), `node ${node}`);
  const named = namedBy(shown.node);
  const { operands, read } = noting(view, step, named);
  const out = new Writer().u8(REFUTATION.element);
  writeHead(out, view);
  writeStep(out.u32(step.step), view, step);
  writeEncoding(out.u32(node).u32(element), view, node);
  const within = recorded !== null && isWithin(claimed, recorded, element);
  if (within) writeRecorded(out, claimed, recorded, element);
  else {
    writeNodeAt(out.u8(0), view, node);
    writeNodeValue(out.raw(claimed.chunksRoot), step, node);
    writeChunkOf(out, claimed, element);
  }
  if (shown.node.form.op === 'argmax') out.u32(rivalOf(operands, read, element, elementsOf(claimed, element, 1)[0]!));
  else elementOf(shown, element, operands);
  const count = operandCount(shown, element, operands.type);
  for (let place = 0; place < count; place++) writeOperand(out, view, step, named[place]!, read[place]!);
  return out.done();
};

const isWithin = ({ type }: TensorView, { chunk, count }: Recorded, element: number): boolean => {
  const at = chunkOf(needed(type, 'type'), element);
  return at >= chunk && at < chunk + count;
};

/** The first largest of a row, and what must be opened to show that it beats the claimed one. */
const rivalOf = (operands: Operands, read: Elements[][], element: number, claimed: number): number => {
  const length = operands.type(0).shape.at(-1)!;
  const row = operands.run(0, element * length, length);
  let best = 0;
  for (let i = 1; i < length; i++) if (row[i]! > row[best]!) best = i;
  const isIndex = claimed >= 0 && claimed < length;
  read[0] = isIndex ? [best, claimed].map((at) => ({ first: element * length + at, count: 1 })) : [];
  return best;
};

/** One part of recorded accumulators. */
export const refutePartial = (view: View, step: StepView, partials: Partials, part: number): Uint8Array => {
  const { node, element } = partials;
  const shown = viewOf(view.program.encoding(node));
  const { op } = shown.node.form;
  const named = namedBy(shown.node);
  const { operands, read } = noting(view, step, named);
  const { first: from, last: to } = partOf(partials, part);
  foldSegments(shown, element, { from, to, start: 0n }, operands);
  const out = writePartials(new Writer().u8(REFUTATION.partial), partials).u8(part);
  writeHead(out, view);
  writeStep(out, view, step);
  writeNode(out, view, node);
  const [begin, end] = op === 'affine' ? [from, to] : [0, op === 'matmul' || op === 'conv' ? 2 : 1];
  for (let place = begin; place < end; place++) writeOperand(out, view, step, named[place]!, read[place]!);
  return out.done();
};

/** That the last recorded accumulator does not give the claimed element. */
export const refuteEnd = (view: View, step: StepView, partials: Partials): Uint8Array => {
  const { node, element } = partials;
  const shown = viewOf(view.program.encoding(node));
  const claimed = needed(step.node(node), `node ${node}`);
  const named = namedBy(shown.node);
  const { operands, read } = noting(view, step, named);
  endOf(shown, element, BigInt(partials.accumulators.at(-1)!), operands);
  const out = writePartials(new Writer().u8(REFUTATION.end), partials);
  writeHead(out, view);
  writeStep(out, view, step);
  writeNode(out, view, node);
  writeNodeValue(out.raw(claimed.chunksRoot), step, node);
  writeChunkOf(out, claimed, element);
  const count = shown.node.form.op === 'affine' ? 0 : named.length;
  for (let place = 0; place < count; place++) writeOperand(out, view, step, named[place]!, read[place]!);
  return out.done();
};

/** The list of outputs has another count than the program. */
export const refuteOutputCount = (view: View, outputs: ListView): Uint8Array => {
  const out = new Writer().u8(REFUTATION.output);
  writeHead(out, view);
  writeInterface(out, view);
  return out.u32(outputs.count).raw(outputs.root).done();
};

/** An output is not the value of the last step. */
export const refuteOutput = (
  view: View,
  outputs: ListView,
  last: StepView,
  index: number,
  value: number,
): Uint8Array => {
  const out = new Writer().u8(REFUTATION.output);
  writeHead(out, view);
  writeInterface(out, view);
  const given = needed(outputs.tensor(index), `output ${index}`);
  writeInList(out.u32(outputs.count).raw(outputs.root).u8(index).raw(given.root), outputs, index);
  writeStep(out, view, last);
  writeValue(out.raw(needed(valueIn(view, last, value), `value ${value}`).root), view, last, value);
  return out.done();
};

/** A stacked output: its type where `element`, of the step's value, is null. */
export const refuteStacked = (
  view: View,
  outputs: ListView,
  step: StepView,
  { index, value, element }: { readonly index: number; readonly value: number; readonly element: number | null },
): Uint8Array => {
  const out = new Writer().u8(REFUTATION.stacked);
  writeHead(out, view);
  writeStep(out.u32(step.step), view, step);
  writeInterface(out, view);
  const all = needed(outputs.tensor(index), `output ${index}`);
  const one = needed(valueIn(view, step, value), `value ${value}`);
  writeTensor(out.u8(index).raw(outputs.root), all);
  writeInList(out, outputs, index);
  writeTensor(out, one);
  writeValue(out, view, step, value);
  if (element === null) return out.done();
  writeChunkOf(out.u32(element), all, step.step * sizeOf(one) + element);
  writeChunkOf(out, one, element);
  return out.done();
};

const sizeOf = ({ stated }: TensorView): number => stated.shape.reduce((product, size) => product * size, 1);

/** A state input is not what the step before gave, `before`; null where the step is the first. */
export const refuteLink = (
  view: View,
  step: StepView,
  before: StepView | null,
  { state, input, value }: { readonly state: number; readonly input: number; readonly value: number },
): Uint8Array => {
  const out = new Writer().u8(REFUTATION.link);
  writeHead(out, view);
  writeStep(out.u32(step.step), view, step);
  writeInterface(out, view);
  const taken = needed(step.list, 'inputs of the step');
  writeListed(out.u8(state).raw(needed(taken.tensor(input), `input ${input}`).root), taken, input);
  if (before === null) {
    const inputs = needed(view.inputs, 'inputs');
    writeListed(out.raw(needed(inputs.tensor(input), `input ${input}`).root), inputs, input);
  } else {
    writeStep(out, view, before);
    writeValue(out.raw(needed(valueIn(view, before, value), `value ${value}`).root), view, before, value);
  }
  return out.done();
};

/** A step's stream input: its type where `element` is null. */
export const refuteSlice = (view: View, step: StepView, index: number, element: number | null): Uint8Array => {
  const out = new Writer().u8(REFUTATION.slice);
  writeHead(out, view);
  writeStep(out.u32(step.step), view, step);
  writeInterface(out, view);
  const inputs = needed(view.inputs, 'inputs');
  const taken = needed(step.list, 'inputs of the step');
  const one = needed(taken.tensor(index), `input ${index}`);
  const all = needed(inputs.tensor(index), `input ${index}`);
  writeTensor(out.u8(index), one);
  writeListed(out, taken, index);
  writeTensor(out, all);
  writeListed(out, inputs, index);
  if (element === null) return out.done();
  writeChunkOf(out.u32(element), one, element);
  writeChunkOf(out, all, step.step * sizeOf(one) + element);
  return out.done();
};

/** What is wrong with a list of inputs. */
export type InputFault =
  | { readonly kind: 'count' }
  | { readonly kind: 'type'; readonly index: number }
  | { readonly kind: 'range'; readonly index: number; readonly element: number };

/** A list of inputs: the claim's where `step` is null. */
export const refuteInput = (view: View, list: ListView, step: StepView | null, fault: InputFault): Uint8Array => {
  const out = new Writer().u8(REFUTATION.input);
  writeHead(out, view);
  writeInterface(out, view);
  out.u8(step === null ? 2 : 1);
  if (step !== null) writeStep(out.u32(step.step), view, step);
  out.u32(list.count).raw(list.root);
  if (fault.kind === 'count') return out.done();
  const tensor = needed(list.tensor(fault.index), `input ${fault.index}`);
  writeTensor(out.u8(fault.index), tensor);
  writeInList(out, list, fault.index);
  if (fault.kind === 'range') writeChunkOf(out.u32(fault.element), tensor, fault.element);
  return out.done();
};
