/** The tag of a column as the verifier knows it: a polynomial in the index, 0 on padding. */
import { add, type Ext, mul, ONE, scale, sub, ZERO } from '../field/ext.ts';
import { below } from '../field/multilinear.ts';
import type { LookupColumn } from './column.ts';

/** `eq(point, i)` for all i. */
const eqAll = (point: readonly Ext[]): Ext[] =>
  point.reduce(
    (table, r) => {
      const upper = table.map((entry) => mul(entry, r));
      return [...table.map((entry, i) => sub(entry, upper[i]!)), ...upper];
    },
    [ONE],
  );

/** `Σ_i eq(point, i)·tag_i`. */
export const tagsAt = ({ sizes, tags }: LookupColumn, point: readonly Ext[]): Ext => {
  let used = 0;
  let value = ONE;
  for (const [depth, { size, vars }] of sizes.toReversed().entries()) {
    const own = point.slice(used, used + vars);
    used += vars;
    if (depth === 0 && tags.length > 1) {
      const eq = eqAll(own);
      value = mul(
        value,
        tags.reduce((sum, tag, i) => add(sum, scale(eq[i]!, tag)), ZERO),
      );
    } else value = mul(value, below(own, size));
  }
  return tags.length === 1 ? scale(value, tags[0]!) : value;
};
