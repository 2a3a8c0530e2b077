/** The matrix of a program's hidden constants. */
import type { Values } from '@surety/programs';
import { type Committed, commitMatrix } from '../commit/commit.ts';
import { constantOf } from '../graph/graph.ts';
import type { ProofMemory } from '../memory.ts';
import type { Block, Strip } from '../plan/blocks.ts';
import { shapesOf } from '../plan/hiding.ts';
import { keepsCodeWords } from '../plan/memory.ts';
import type { ProofPlan } from '../plan/plan.ts';
import { fillStrip } from '../witness/strips.ts';

/** Blocks that lie, wholly or in part, in each row. */
const blocksByRow = (blocks: readonly Block[], rows: number, width: number): readonly (readonly Block[])[] => {
  const lists: Block[][] = Array.from({ length: rows }, () => []);
  for (const block of blocks) {
    const { offset, vars } = block.place;
    for (let at = offset; at < offset + 2 ** vars; at += width) lists[Math.floor(at / width)]!.push(block);
  }
  return lists;
};

/**
 * Commits to the hidden constants of a plan, one row at a time.
 * @param random the randomness of rows and salts: the same gives the same root
 * @throws SuretyError `program.too-large` if the memory does not hold it
 */
export const commitWeights = (
  memory: ProofMemory,
  plan: ProofPlan,
  random: (count: number) => Uint32Array,
): Committed => {
  const { graph, rowVars } = plan;
  const index = plan.matrices.findIndex(({ kind }) => kind === 'weights');
  const { rows, blocks } = plan.matrices[index]!;
  const width = 2 ** rowVars;
  const lists = blocksByRow(blocks, rows, width);
  // Rows of one constant follow one another: it is read once for all of them.
  let latest: { readonly id: number; readonly values: Values } | null = null;
  const valuesOf = (id: number): Values => {
    if (latest?.id !== id) latest = { id, values: constantOf(graph, id).read() };
    return latest.values;
  };
  const fill = (row: number, words: Uint32Array): void => {
    words.fill(0);
    for (const { place, content } of lists[row]!) {
      const { id, strip } = content as { id: number; strip: Strip };
      const from = Math.max(row * width - place.offset, 0);
      const to = Math.max(place.offset - row * width, 0);
      const part = words.subarray(to, to + Math.min(2 ** place.vars, width));
      fillStrip(part, strip, graph.types[id]!.shape, valuesOf(id), from);
    }
  };
  return commitMatrix(memory, shapesOf(plan)[index]!, fill, random, { keep: keepsCodeWords(plan) });
};
