/** Whether an answer answers a question, and the record that it leaves (spec 15.5). */
import { sameBytes } from '@surety/core';
import { chunkCount } from '@surety/programs';
import type { Run } from '../run.ts';
import { Reader, unreadable } from './bytes.ts';
import { dataRecord, NO_RECORD, type Partials, partialsRecord, wordTree } from './partials.ts';
import { decodeQuestion, markOf, type Place, partOf, partsOf, type Question } from './question.ts';
import { type Committed, type Head, type Notes, Statement, type Step, type TreeName } from './statement.ts';
import { blocksOf } from './tree.ts';
import { type Verdict, verdict } from './verdict.ts';

type PartQuestion = Extract<Question, { kind: 'part' }>;
type ChunksQuestion = Extract<Question, { kind: 'chunks' }>;

/** In place of a block's number: none of them has another mark. */
export const NO_BLOCK = 65_535;

/** The tree of values, of a list or of the steps, in blocks. */
const judgePart = (lead: Statement, head: Head, { place, ...blocks }: PartQuestion): void => {
  const { from, run } = lead;
  const show = (name: TreeName, size: number, root: Uint8Array): void => lead.blocks(name, size, blocks, root);
  switch (place.of) {
    case 'steps':
      if (head.steps > 1) show({ tree: 'steps' }, head.steps, lead.stepsRootOrNone());
      return;
    case 'node': {
      if (place.step >= head.steps) return;
      const { valuesRoot } = lead.step(head, place.step);
      show({ tree: 'values', step: place.step }, head.nodes, valuesRoot);
      return;
    }
    case 'step-input': {
      if (place.step >= head.steps) return;
      const { list } = lead.step(head, place.step);
      show({ tree: 'list', of: place.step }, head.inputs, lead.list(place.step, list, head.inputs));
      return;
    }
    case 'input':
      show({ tree: 'list', of: 'inputs' }, head.inputs, lead.list('inputs', run.input, head.inputs));
      return;
    case 'output': {
      const count = from.u32();
      show({ tree: 'list', of: 'outputs' }, count, lead.list('outputs', run.output, count));
    }
  }
};

/** Leads to a tensor; null where a count shows that there is none. */
const leadTo = (
  lead: Statement,
  head: Head,
  place: Place,
): { readonly tensor: Committed; readonly encoding: Uint8Array | null } | null => {
  if ('step' in place && place.step >= head.steps) return null;
  if (place.of === 'node' && place.index >= head.nodes) return null;
  if ((place.of === 'step-input' || place.of === 'input') && place.index >= head.inputs) return null;
  const step: Step | null = 'step' in place ? lead.step(head, place.step) : null;
  switch (place.of) {
    case 'node': {
      const { type, encoding } = lead.node(head, place.index);
      const tensor = lead.ofType(type);
      lead.nodeValue(head, step!, place.index, tensor.root);
      return { tensor, encoding };
    }
    case 'step-input':
    case 'input': {
      const tensor = lead.tensor();
      const [of, id] = step === null ? (['inputs', lead.run.input] as const) : ([step.step, step.list] as const);
      lead.listed(head, of, id, place.index, tensor.root);
      return { tensor, encoding: null };
    }
    case 'output': {
      const count = lead.from.u32();
      const root = lead.list('outputs', lead.run.output, count);
      if (place.index >= count) return null;
      const tensor = lead.tensor();
      lead.inList('outputs', { count, root }, place.index, tensor.root);
      return { tensor, encoding: null };
    }
  }
};

const judgeChunks = (lead: Statement, head: Head, question: ChunksQuestion): Uint8Array => {
  const { place, level, first, marks } = question;
  const found = leadTo(lead, head, place);
  if (found === null) return NO_RECORD;
  const { tensor, encoding } = found;
  lead.noteTensor(place, tensor);
  const size = tensor.type === null ? 0 : chunkCount(tensor.type);
  if (first >= blocksOf(size, level)) return NO_RECORD;
  const chosen = marks === null ? 0 : lead.from.u16();
  if (marks !== null && chosen === NO_BLOCK) {
    const blocks = { level, first, count: marks.of.length };
    lead.blocks({ tree: 'chunks', of: place }, size, blocks, tensor.chunksRoot, (block, hash) => {
      if (markOf(hash, marks.salt) !== marks.of[block - first]) unreadable('a block has another mark');
    });
    return NO_RECORD;
  }
  const block = first + chosen;
  if (block >= blocksOf(size, level)) unreadable('there is no such block');
  const { hash, bytes } = lead.block(tensor, { level, block }, place);
  if (marks !== null && (chosen >= marks.of.length || markOf(hash, marks.salt) === marks.of[chosen]))
    unreadable('the block has the mark that it should have, or none was given');
  if (bytes === null || place.of !== 'node' || encoding === null) return NO_RECORD;
  const chunk = block * 2 ** level;
  const data = { step: place.step, node: place.index, chunk, count: Math.min(2 ** level, size - chunk) };
  lead.noteData(data);
  return dataRecord({ ...data, encoding, words: wordTree(bytes).root });
};

/** So many accumulators; which ones is judged when they are refuted. */
const accumulators = (from: Reader, count: number): number[] => Array.from({ length: count }, () => from.i32());

/** What a question for partials, answered so, leaves. */
const partialsOf = (question: Extract<Question, { kind: 'partials' | 'refine' }>, from: Reader): Partials => {
  if (question.kind === 'partials') {
    const { step, node, element, segments, per } = question;
    const known = { step, node, element, segments, first: 0, last: segments, per, start: 0 };
    return { ...known, accumulators: accumulators(from, partsOf(segments, per)) };
  }
  const { partials, part, per } = question;
  const { first, last, start } = partOf(partials, part);
  const given = accumulators(from, partsOf(last - first, per) - 1);
  return { ...partials, first, last, start, per, accumulators: [...given, partials.accumulators[part]!] };
};

/** Whether a question is formed so that something answers it (spec 15.5); if not, the empty answer does. */
export const isFormed = (question: Question, record: Uint8Array): boolean =>
  question.kind !== 'refine' || sameBytes(partialsRecord(question.partials), record);

export const judgeAnswer = (
  run: Run,
  questionBytes: Uint8Array,
  record: Uint8Array,
  answer: Uint8Array,
  notes: Notes | null,
): Verdict => {
  const read = decodeQuestion(questionBytes);
  if (!read.ok || !isFormed(read.value, record)) {
    return answer.length === 0 ? verdict('shown') : unreadable('such a question is answered by nothing');
  }
  const question = read.value;
  const from = new Reader(answer);
  if (question.kind === 'partials' || question.kind === 'refine') {
    const partials = partialsOf(question, from);
    from.end();
    return verdict('shown', null, partialsRecord(partials));
  }
  const lead = new Statement(run, from, notes);
  const head = lead.head();
  let left: Uint8Array = NO_RECORD;
  if (question.kind === 'part') judgePart(lead, head, question);
  else left = judgeChunks(lead, head, question);
  from.end();
  return verdict('shown', null, left);
};

/** What an accepted answer to a question for partials says; null where it was not formed, or of another kind. */
export const readAccumulators = (question: Uint8Array, record: Uint8Array, answer: Uint8Array): Partials | null => {
  const read = decodeQuestion(question);
  if (!read.ok || !isFormed(read.value, record)) return null;
  const { value } = read;
  return value.kind === 'partials' || value.kind === 'refine' ? partialsOf(value, new Reader(answer)) : null;
};
