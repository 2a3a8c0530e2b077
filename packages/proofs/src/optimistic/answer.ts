/** What a provider answers (spec 15.5), out of all that it knows of its own run. */
import { ok, type Result, refuse } from '@surety/core';
import { elements } from '@surety/programs';
import { isFormed, NO_BLOCK } from './answer-judge.ts';
import { Writer } from './bytes.ts';
import { foldSegments, isFold, namedBy, type Operands, segmentsOf, startOf, viewOf } from './operator.ts';
import { belowOf, decodeQuestion, LIMITS, markOf, type Place, partOf, partsOf, type Question } from './question.ts';
import { blocksOf, inBlocks, type Tree, UnknownHash, writeOpening } from './tree.ts';
import { elementsOf, type ListView, type StepView, type TensorView, type View } from './view.ts';
import {
  needed,
  valueIn,
  writeHead,
  writeInList,
  writeListed,
  writeNode,
  writeNodeValue,
  writeStep,
  writeTensor,
} from './write.ts';

type Blocks = { readonly level: number; readonly first: number; readonly count: number };

const writeBlocks = (out: Writer, tree: Tree, { level, first, count }: Blocks): void => {
  const blocks = blocksOf(tree.size, level);
  if (first >= blocks) return;
  const top = inBlocks(tree, level);
  writeOpening(out, top, { first, count: Math.min(count, blocks - first) }, (index) => {
    out.raw(needed(top.hash(0, index), `block ${index}`));
  });
};

const stepOf = async (view: View, place: Place | { readonly of: 'steps' }): Promise<StepView | null> =>
  'step' in place && place.step < view.steps ? needed(await view.step(place.step), `step ${place.step}`) : null;

const answerPart = async (out: Writer, view: View, { place, ...blocks }: Extract<Question, { kind: 'part' }>) => {
  if (place.of === 'steps') {
    if (view.stepTree !== null) writeBlocks(out, view.stepTree, blocks);
    return;
  }
  const step = await stepOf(view, place);
  if ('step' in place && step === null) return;
  if (step !== null) writeStep(out, view, step);
  if (place.of === 'node') {
    writeBlocks(out, step!.values, blocks);
    return;
  }
  const list = step === null ? (place.of === 'output' ? view.outputs : view.inputs) : step.list;
  const { count, root, tree } = needed<ListView>(list, 'list');
  if (place.of === 'output') out.u32(count);
  out.raw(root);
  writeBlocks(out, tree, blocks);
};

/** Writes what leads to a tensor; null where that shows that there is none. */
const leadTo = async (out: Writer, view: View, place: Place): Promise<TensorView | null> => {
  const { program } = view;
  if ('step' in place && place.step >= view.steps) return null;
  const count = place.of === 'node' ? program.nodes : place.of === 'output' ? Number.POSITIVE_INFINITY : program.inputs;
  if (place.index >= count) return null;
  const step = await stepOf(view, place);
  if (step !== null) writeStep(out, view, step);
  if (place.of === 'node') {
    const tensor = needed(step!.node(place.index), `node ${place.index}`);
    writeNode(out, view, place.index);
    out.raw(tensor.chunksRoot);
    writeNodeValue(out, step!, place.index);
    return tensor;
  }
  const list = needed(step === null ? (place.of === 'output' ? view.outputs : view.inputs) : step.list, 'list');
  if (place.of === 'output') {
    out.u32(list.count).raw(list.root);
    if (place.index >= list.count) return null;
  }
  const tensor = needed(list.tensor(place.index), `${place.of} ${place.index}`);
  writeTensor(out, tensor);
  if (place.of === 'output') writeInList(out, list, place.index);
  else writeListed(out, list, place.index);
  return tensor;
};

const writeInside = (out: Writer, tensor: TensorView, level: number, block: number): void => {
  const { chunks } = tensor;
  const top = inBlocks(chunks, level);
  const below = belowOf(level);
  const first = block * 2 ** (level - below);
  const count = blocksOf(Math.min(2 ** level, chunks.size - block * 2 ** level), below);
  writeOpening(out, top, { first: block, count: 1 }, () => {
    for (let i = first; i < first + count; i++) {
      if (level > LIMITS.dataLevel) out.raw(needed(chunks.hash(below, i), `block ${i}`));
      else out.raw(needed(tensor.chunk(i), `chunk ${i}`));
    }
  });
};

const answerChunks = async (
  out: Writer,
  view: View,
  { place, level, first, marks }: Extract<Question, { kind: 'chunks' }>,
): Promise<void> => {
  const tensor = await leadTo(out, view, place);
  if (tensor === null) return;
  const { chunks } = tensor;
  if (first >= blocksOf(chunks.size, level)) return;
  if (marks === null) {
    writeInside(out, tensor, level, first);
    return;
  }
  const { salt } = marks;
  const of = marks.of.slice(0, blocksOf(chunks.size, level) - first);
  const chosen = of.findIndex(
    (mark, i) => markOf(needed(chunks.hash(level, first + i), `block ${first + i}`), salt) !== mark,
  );
  if (chosen < 0) writeBlocks(out.u16(NO_BLOCK), chunks, { level, first, count: of.length });
  else writeInside(out.u16(chosen), tensor, level, first + chosen);
};

/** The operands of a node's element as a view knows them. */
export const operandsIn = (view: View, step: StepView, named: readonly number[]): Operands => {
  const at = (place: number): TensorView => needed(valueIn(view, step, named[place]!), `value ${named[place]}`);
  return {
    type: (place) => needed(at(place).type, 'type'),
    run: (place, index, count) => elementsOf(at(place), index, count),
  };
};

/** Accumulators of an element after every `per` segments of `first .. last`, as they should be. */
export const accumulate = (
  view: View,
  step: StepView,
  node: number,
  element: number,
  { first, last, per }: { readonly first: number; readonly last: number; readonly per: number },
): number[] => {
  const shown = viewOf(view.program.encoding(node));
  const operands = operandsIn(view, step, namedBy(shown.node));
  let accumulator = foldSegments(shown, element, { from: 0, to: first, start: BigInt(startOf(shown.node)) }, operands);
  const list: number[] = [];
  for (let from = first; from < last; from += per) {
    const to = Math.min(from + per, last);
    accumulator = foldSegments(shown, element, { from, to, start: accumulator }, operands);
    list.push(Number(accumulator));
  }
  return list;
};

/** Whether a question for partials is about a fold that exists and has so many segments. */
const isFoldOf = async (
  view: View,
  { step, node, element, segments }: { step: number; node: number; element: number; segments: number },
): Promise<StepView | null> => {
  if (step >= view.steps || node >= view.program.nodes) return null;
  const shown = viewOf(view.program.encoding(node));
  if (!isFold(shown.node) || element >= elements(shown.type.shape)) return null;
  const at = needed(await view.step(step), `step ${step}`);
  const { type } = operandsIn(view, at, namedBy(shown.node));
  return segmentsOf(shown.node, type) === segments ? at : null;
};

const answerPartials = async (
  out: Writer,
  view: View,
  question: Extract<Question, { kind: 'partials' | 'refine' }>,
): Promise<void> => {
  const place = question.kind === 'partials' ? question : question.partials;
  const { first, last } =
    question.kind === 'partials' ? { first: 0, last: question.segments } : partOf(question.partials, question.part);
  const count = partsOf(last - first, question.per) - (question.kind === 'partials' ? 0 : 1);
  const step = await isFoldOf(view, place);
  // Of what is no fold, any numbers are an answer, and none can be refuted.
  const numbers =
    step === null
      ? new Array<number>(count).fill(0)
      : accumulate(view, step, place.node, place.element, { first, last, per: question.per });
  for (const n of numbers.slice(0, count)) out.i32(n);
};

/**
 * The answer to a question.
 * @param record of the dispute's last answer; zeros before the first
 * @returns its bytes, or `optimistic.not-held` when part of it is not known here
 */
export const answer = async (
  view: View,
  questionBytes: Uint8Array,
  record: Uint8Array,
): Promise<Result<Uint8Array>> => {
  const read = decodeQuestion(questionBytes);
  // Nothing is what answers a question that is none.
  if (!read.ok || !isFormed(read.value, record)) return ok(new Uint8Array(0));
  const out = new Writer();
  const question = read.value;
  try {
    if (question.kind === 'partials' || question.kind === 'refine') await answerPartials(out, view, question);
    else {
      writeHead(out, view);
      if (question.kind === 'part') await answerPart(out, view, question);
      else await answerChunks(out, view, question);
    }
    return ok(out.done());
  } catch (error) {
    if (!(error instanceof UnknownHash)) throw error;
    return refuse({
      code: 'optimistic.not-held',
      message: `The answer needs what is not known here: ${error.message}.`,
      next: 'Run the program again on the inputs of the claim, and answer from that run.',
      field: 'question',
    });
  }
};
