/** The prover's fractions at the bottom of the tree, any range of them. */
import type { Place } from '../commit/place.ts';
import { type Ext, neg, P } from '../field/ext.ts';
import type { BaseVector, ExtVector, ProofMemory } from '../memory.ts';
import { type LookupColumn, type LookupTable, trueRows } from './column.ts';
import type { Leaf, Leaves } from './leaves.ts';
import { fillTags, firstOf, type RowTags, tagsOf } from './row-tags.ts';

export type Words = (place: Place) => BaseVector;

export type LeafRows = {
  /** Writes `α − tag − β·v1 − γ·v2` of the rows from `from` on, as many as the vector has; 1 behind the last. */
  readonly denominators: (from: number, q: ExtVector) => void;
  /** Writes numerators: 1 of columns, −multiplicity of tables, 0 behind the last. */
  readonly numerators: (from: number, p: ExtVector) => void;
  /** Whether so many rows are all of columns. */
  readonly areOnes: (from: number, length: number) => boolean;
};

const WHOLE = 4;

/** Words behind one another, from the one at `from`. */
const behind = ({ address }: BaseVector, from: number): number => address + 4 * from;

export const leafRows = (
  memory: ProofMemory,
  { blocks, rows }: Leaves,
  words: Words,
  alpha: Ext,
  [beta, gamma]: readonly [Ext, Ext],
): LeafRows => {
  const constants = memory.take(48);
  memory.put(constants, [alpha, neg(beta), neg(gamma)]);
  const same = memory.base(WHOLE);
  const tags = new Map<LookupColumn, RowTags>();
  const tagsIn = (column: LookupColumn): RowTags => {
    const known = tags.get(column) ?? tagsOf(column);
    tags.set(column, known);
    return known;
  };

  /** Calls back for each block of which there are rows: `length` from its row `at`, which is row `to` of all that are meant. */
  const visit = (
    from: number,
    count: number,
    run: (block: Leaf, at: number, length: number, to: number) => void,
  ): void => {
    const end = from + count;
    const blockEnd = ({ offset, vars }: Leaf): number => offset + 2 ** vars;
    for (let b = firstOf(blocks.length, (i) => blockEnd(blocks[i]!) > from); b < blocks.length; b++) {
      const block = blocks[b]!;
      if (block.offset >= end) return;
      const first = Math.max(block.offset, from);
      run(block, first - block.offset, Math.min(blockEnd(block), end) - first, first - from);
    }
  };

  const write = (q: ExtVector, length: number, at: RowWords): void =>
    memory.kernels.denominators(
      q.address,
      q.stride,
      length,
      at.tags,
      at.sameTag ? 0 : -1,
      at.first,
      at.second,
      constants,
    );

  const columnRows = (column: LookupColumn, from: number, length: number): RowWords => {
    const sameTag = column.tags.length === 1 && trueRows(column) === 2 ** column.vars;
    const own = sameTag ? same : memory.base(length);
    if (sameTag) memory.words(own).fill(column.tags[0]!);
    else fillTags(memory.words(own), tagsIn(column), from);
    const [first, second] = column.values;
    return {
      tags: own.address,
      sameTag,
      first: behind(words(first!), from),
      second: second === undefined ? 0 : behind(words(second), from),
    };
  };

  const tableRows = (table: LookupTable, from: number, length: number): RowWords => {
    memory.words(same).fill(table.tag);
    const [first, second] = table.columns.map((column) => {
      const vector = memory.base(length);
      memory.words(vector).set(column.subarray(from, from + length));
      return vector.address;
    });
    return { tags: same.address, sameTag: true, first: first!, second: second ?? 0 };
  };

  const plane = ({ address, stride, length }: ExtVector, c: number): Uint32Array =>
    memory.words({ address: address + c * stride, length });

  return {
    denominators: (from, q) => {
      visit(from, q.length, (block, at, length, to) => {
        const mark = memory.mark();
        const row = block.kind === 'column' ? columnRows(block.column, at, length) : tableRows(block.table, at, length);
        write({ ...q, address: q.address + 4 * to }, length, row);
        memory.release(mark);
      });
      const known = Math.max(rows - from, 0);
      if (known < q.length) for (let c = 0; c < 4; c++) plane(q, c).fill(c === 0 ? 1 : 0, known);
    },
    numerators: (from, p) => {
      for (let c = 1; c < 4; c++) plane(p, c).fill(0);
      const known = Math.max(rows - from, 0);
      const numerators = plane(p, 0).fill(1, 0, known).fill(0, known);
      visit(from, p.length, (block, at, length, to) => {
        if (block.kind === 'column') return;
        const counts = memory.words(words(block.table.multiplicity));
        for (let i = 0; i < length; i++) numerators[to + i] = counts[at + i] === 0 ? 0 : P - counts[at + i]!;
      });
    },
    areOnes: (from, length) => {
      let ones = from + length <= rows;
      visit(from, length, ({ kind }) => {
        ones &&= kind === 'column';
      });
      return ones;
    },
  };
};

/** Where kernels find the words of rows. */
type RowWords = {
  readonly tags: number;
  /** One tag for all rows. */
  readonly sameTag: boolean;
  readonly first: number;
  /** 0 where there are none. */
  readonly second: number;
};
