/** The answers of a provider (spec 20.8): whoever claims a proof that holds has one to every question. */
import { Writer } from '../../../optimistic/bytes.ts';
import { blocksOf, heightOf, inBlocks, type Tree } from '../../../optimistic/tree.ts';
import { chunksOf, type StepClaimed } from './claim.ts';
import { CHUNK_BYTES, encodeStep } from './machine.ts';
import { decodeStepQuestion, type StepQuestion } from './question.ts';

/**
 * Leaves of a tree together: from the root down, left before right, a subtree without one is its hash.
 * @param indices ascending
 */
const writeLeaves = (out: Writer, tree: Tree, indices: readonly number[], leaf: (index: number) => void): void => {
  const write = (low: number, high: number): void => {
    const level = heightOf(high - low);
    if (!indices.some((index) => index >= low && index < high)) out.raw(tree.hash(level, low / 2 ** level)!);
    else if (high - low === 1) leaf(low);
    else {
      const middle = low + 2 ** (level - 1);
      write(low, middle);
      write(middle, high);
    }
  };
  write(0, tree.size);
};

const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i);

const writeChunks = (out: Writer, { data, dataTree }: StepClaimed, first: number, count: number): void => {
  const chunks = chunksOf(data);
  writeLeaves(out, dataTree, range(first, count), (index) => out.raw(chunks[index]!));
};

const writeStep = (out: Writer, claimed: StepClaimed, index: number): void => {
  const { program, records, recordTree } = claimed;
  const step = program.steps[index]!;
  const bytes = encodeStep(step);
  out.u16(bytes.length).raw(bytes);
  writeLeaves(out, program.tree, [index], () => undefined);
  const shown = [...step.reads.map(({ record }) => record), index];
  writeLeaves(out, recordTree, shown, (record) => out.raw(records[record]!));
  const { offset, length } = step.stretch;
  if (length === 0) return;
  const first = Math.floor(offset / CHUNK_BYTES);
  writeChunks(out, claimed, first, Math.floor((offset + length - 1) / CHUNK_BYTES) - first + 1);
};

const writeAnswer = (out: Writer, claimed: StepClaimed, question: StepQuestion): void => {
  const { program, dataTree, recordTree } = claimed;
  const size = program.steps.length;
  out.u32(size).u32(program.data.length).raw(program.tree.root).raw(recordTree.root).raw(dataTree.root);
  if (question.kind === 'step') {
    if (question.step < size) writeStep(out, claimed, question.step);
    return;
  }
  const { first, count } = question;
  const all = question.kind === 'chunks' ? dataTree.size : blocksOf(size, question.level);
  if (first >= all) return;
  const shown = Math.min(count, all - first);
  if (question.kind === 'chunks') writeChunks(out, claimed, first, shown);
  else {
    const tree = inBlocks(recordTree, question.level);
    writeLeaves(out, tree, range(first, shown), (index) => out.raw(tree.hash(0, index)!));
  }
};

/**
 * The answer to a question, whatever its bytes. It is one for the contract if the step follows from what is claimed, so that a
 * provider whose every step follows is never without.
 */
export const answerStep = (claimed: StepClaimed, question: Uint8Array): Uint8Array => {
  const asked = decodeStepQuestion(question);
  const out = new Writer();
  if (asked !== null) writeAnswer(out, claimed, asked);
  return out.done();
};
