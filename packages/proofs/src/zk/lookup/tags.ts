/** The tag of a column as the verifier knows it: a polynomial in the index, 0 on padding. */
import { type Ext, mul, ONE, scale } from '../field/ext.ts';
import { below } from '../field/multilinear.ts';
import type { ProofMemory } from '../memory.ts';
import { eqVector, inner } from '../relations/vectors.ts';
import type { LookupColumn } from './column.ts';

/** `Σ_i eq(point, i)·tag_i` over the last dimension. */
const eachTag = (memory: ProofMemory, tags: readonly number[], point: readonly Ext[]): Ext => {
  const mark = memory.mark();
  const own = memory.base(2 ** point.length);
  memory.words(own).fill(0).set(tags);
  const sum = inner(memory, own, eqVector(memory, point));
  memory.release(mark);
  return sum;
};

/** `Σ_i eq(point, i)·tag_i`. */
export const tagsAt = (memory: ProofMemory, { sizes, tags }: LookupColumn, point: readonly Ext[]): Ext => {
  let used = 0;
  let value = ONE;
  for (const [depth, { size, vars }] of sizes.toReversed().entries()) {
    const own = point.slice(used, used + vars);
    used += vars;
    value = mul(value, depth === 0 && tags.length > 1 ? eachTag(memory, tags, own) : below(own, size));
  }
  return tags.length === 1 ? scale(value, tags[0]!) : value;
};
