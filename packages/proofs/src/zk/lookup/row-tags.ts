/** Tags of some of the rows of a column, as the prover lays them out. */
import { eachRun, type LookupColumn } from './column.ts';

/** The rows of a column that are no padding, and their tags. */
export type RowTags = {
  readonly each: Uint32Array;
  readonly starts: Uint32Array;
  readonly length: number;
};

export const tagsOf = (column: LookupColumn): RowTags => {
  const starts: number[] = [];
  let length = 0;
  eachRun(column, (start, rows) => {
    starts.push(start);
    length = rows;
  });
  return { each: Uint32Array.from(column.tags), starts: Uint32Array.from(starts), length };
};

/** The first of some increasing numbers, 0 .. count − 1, for which `holds`; `count` if none is. */
export const firstOf = (count: number, holds: (i: number) => boolean): number => {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Tags of the rows from `from` on; 0 where they are padding. */
export const fillTags = (words: Uint32Array, { each, starts, length }: RowTags, from: number): void => {
  words.fill(0);
  const end = from + words.length;
  for (let r = firstOf(starts.length, (i) => starts[i]! + length > from); r < starts.length; r++) {
    const start = starts[r]!;
    if (start >= end) return;
    const [first, last] = [Math.max(start, from), Math.min(start + length, end)];
    if (each.length === 1) words.fill(each[0]!, first - from, last - from);
    else words.set(each.subarray(first - start, last - start), first - from);
  }
};
