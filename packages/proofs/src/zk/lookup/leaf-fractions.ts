/** The prover's fractions at the bottom of the tree. */

import type { Place } from '../commit/place.ts';
import { type Ext, neg, P } from '../field/ext.ts';
import type { BaseVector, ExtVector, ProofMemory } from '../memory.ts';
import { eachRun, type LookupColumn, type LookupTable, trueRows } from './column.ts';
import { type LargeLayer, part, upperOf } from './fractions.ts';
import type { Leaves } from './leaves.ts';

export type Words = (place: Place) => BaseVector;

/** Tag of every row; 0 where it is padding. */
const fillTags = (tags: Uint32Array, column: LookupColumn): void => {
  tags.fill(0);
  eachRun(column, (start, length) => {
    if (column.tags.length === 1) tags.fill(column.tags[0]!, start, start + length);
    else tags.set(column.tags, start);
  });
};

/** `α − tag − β·v1 − γ·v2` of every row, under 1 for columns and −multiplicity for tables. */
export const leafFractions = (
  memory: ProofMemory,
  { blocks, rows, vars }: Leaves,
  words: Words,
  alpha: Ext,
  [beta, gamma]: readonly [Ext, Ext],
): LargeLayer => {
  const half = 2 ** (vars - 1);
  const upper = upperOf(rows, vars);
  const size = half + Math.min(2 * upper, half);
  const ones = rows >= half && blocks.every(({ kind, offset }) => kind === 'column' || offset >= half);
  // One vector for all, so that all have one stride. Kernels write whole fours: a little room behind the last row.
  const first = ones ? half : 0;
  const all = memory.ext(2 * size - first + 4);
  const q = part(all, 0, size);
  const p = part(all, size, 2 * size - first);
  const mark = memory.mark();
  const constants = memory.take(48);
  memory.put(constants, [alpha, neg(beta), neg(gamma)]);
  const zeros = memory.base(4);
  memory.words(zeros).fill(0);
  const room = memory.mark();
  for (const block of blocks) {
    const row = block.kind === 'column' ? columnWords(memory, block.column, words) : tableWords(memory, block.table);
    memory.kernels.denominators(
      q.address + 4 * block.offset,
      q.stride,
      2 ** block.vars,
      row.tags.address,
      row.sameTag ? 0 : -1,
      row.first.address,
      (row.second ?? zeros).address,
      row.second === null ? 0 : -1,
      constants,
    );
    memory.release(room);
  }
  memory.release(mark);
  const plane = ({ address, stride, length }: ExtVector, c: number): Uint32Array =>
    memory.words({ address: address + c * stride, length });
  for (let c = 0; c < 4; c++) {
    plane(q, c).fill(c === 0 ? 1 : 0, rows);
    plane(p, c).fill(0);
  }
  const numerators = plane(p, 0).fill(1, 0, Math.max(rows - first, 0));
  for (const block of blocks) {
    if (block.kind === 'column') continue;
    const from = block.offset - first;
    const counts = memory.words(words(block.table.multiplicity));
    for (let i = 0; i < counts.length; i++) numerators[from + i] = counts[i] === 0 ? 0 : P - counts[i]!;
  }
  const upperPart = { p1: part(p, half - first, size - first), q1: part(q, half, size), upper };
  return { p0: ones ? null : part(p, 0, half), q0: part(q, 0, half), ...upperPart };
};

type RowWords = {
  readonly tags: BaseVector;
  /** One tag for all rows. */
  readonly sameTag: boolean;
  readonly first: BaseVector;
  readonly second: BaseVector | null;
};

const columnWords = (memory: ProofMemory, column: LookupColumn, words: Words): RowWords => {
  const sameTag = column.tags.length === 1 && trueRows(column) === 2 ** column.vars;
  const tags = memory.base(sameTag ? 4 : 2 ** column.vars);
  if (sameTag) memory.words(tags).fill(column.tags[0]!);
  else fillTags(memory.words(tags), column);
  const [first, second] = column.values;
  return { tags, sameTag, first: words(first!), second: second === undefined ? null : words(second) };
};

const tableWords = (memory: ProofMemory, table: LookupTable): RowWords => {
  const tags = memory.base(4);
  const [first, second] = table.columns.map((column) => {
    const vector = memory.base(column.length);
    memory.words(vector).set(column);
    return vector;
  });
  memory.words(tags).fill(table.tag);
  return { tags, sameTag: true, first: first!, second: second ?? null };
};
