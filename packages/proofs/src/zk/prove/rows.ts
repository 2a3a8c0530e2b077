/** What committed rows take at a point. */
import type { Committed } from '../commit/commit.ts';
import type { Place } from '../commit/place.ts';
import { storedWidth, width } from '../commit/shape.ts';
import { add, type Ext, mul, ZERO } from '../field/ext.ts';
import type { ProofMemory } from '../memory.ts';
import { evaluate } from '../relations/contract.ts';
import { eqVector } from '../relations/vectors.ts';

export const evaluateRows = (
  memory: ProofMemory,
  { rows, shape }: Committed,
  { offset, vars }: Place,
  point: readonly Ext[],
): Ext => {
  const size = width(shape);
  const row = Math.floor(offset / size);
  const addressOf = (i: number): number => rows.address + 4 * (row + i) * storedWidth(shape);
  if (vars <= shape.rowVars) {
    return evaluate(memory, { address: addressOf(0) + 4 * (offset % size), length: 2 ** vars }, point);
  }
  const mark = memory.mark();
  const low = eqVector(memory, point.slice(0, shape.rowVars));
  const high = eqVector(memory, point.slice(shape.rowVars));
  const out = memory.take(16);
  let sum = ZERO;
  for (let i = 0; i < high.length && row + i < shape.rows; i++) {
    memory.kernels.dotBase(out, addressOf(i), low.address, low.stride, size);
    sum = add(sum, mul(memory.entry(high, i), memory.element(out)));
  }
  memory.release(mark);
  return sum;
};
