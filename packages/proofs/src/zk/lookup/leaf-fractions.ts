/** The prover's fractions at the bottom of the tree. */

import type { Place } from '../commit/place.ts';
import { type Ext, neg, P } from '../field/ext.ts';
import type { BaseVector, ProofMemory } from '../memory.ts';
import { eachRun, type LookupColumn, type LookupTable, trueRows } from './column.ts';
import { type LargeLayer, upperOf } from './fractions.ts';
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

/** `α − tag − β·v1 − γ·v2` of every row, over 1 for columns and −multiplicity for tables. */
export const leafFractions = (
  memory: ProofMemory,
  { blocks, rows, vars }: Leaves,
  words: Words,
  alpha: Ext,
  [beta, gamma]: readonly [Ext, Ext],
): LargeLayer => {
  const upper = upperOf(rows, vars);
  const size = Math.min(2 ** vars, 2 ** (vars - 1) + 2 * upper);
  // Kernels write whole fours: a little room behind the last row.
  const layer = { p: memory.ext(size + 4), q: memory.ext(size + 4), upper };
  const mark = memory.mark();
  const constants = memory.take(48);
  memory.put(constants, [alpha, neg(beta), neg(gamma)]);
  const zeros = memory.base(4);
  memory.words(zeros).fill(0);
  const plane = ({ address, stride }: LargeLayer['p'], c: number): Uint32Array =>
    memory.words({ address: address + c * stride, length: size });
  const room = memory.mark();
  for (const block of blocks) {
    const length = 2 ** block.vars;
    const { tags, sameTag, first, second } =
      block.kind === 'column' ? columnWords(memory, block.column, words) : tableWords(memory, block.table);
    memory.kernels.denominators(
      layer.q.address + 4 * block.offset,
      layer.q.stride,
      length,
      tags.address,
      sameTag ? 0 : -1,
      first.address,
      (second ?? zeros).address,
      second === null ? 0 : -1,
      constants,
    );
    memory.release(room);
  }
  for (let c = 1; c < 4; c++) {
    plane(layer.p, c).fill(0);
    plane(layer.q, c).fill(0, rows);
  }
  plane(layer.q, 0).fill(1, rows);
  const numerators = plane(layer.p, 0);
  numerators.fill(0, rows);
  for (const block of blocks) {
    const own = numerators.subarray(block.offset, block.offset + 2 ** block.vars);
    if (block.kind === 'column') own.fill(1);
    else {
      const counts = memory.words(words(block.table.multiplicity));
      for (let i = 0; i < own.length; i++) own[i] = counts[i] === 0 ? 0 : P - counts[i]!;
    }
  }
  memory.release(mark);
  return layer;
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
