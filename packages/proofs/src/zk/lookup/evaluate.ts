/** Multilinear extensions of base-field vectors at points, by kernels. */
import { add, type Ext, mul, ONE, sub } from '../field/ext.ts';
import type { BaseVector, ProofMemory } from '../memory.ts';

/** Variables below which one table of the equality polynomial serves; above, it is folded by hand. */
const LOW_VARS = 12;

/** Values of vectors of 2^vars words at the first `vars` coordinates of one point. */
export const evaluateAt = (memory: ProofMemory, vectors: readonly BaseVector[], point: readonly Ext[]): Ext[] => {
  const mark = memory.mark();
  const address = memory.take(16 * (point.length + 1));
  const out = memory.take(16);
  const low = memory.ext(2 ** Math.min(point.length, LOW_VARS));
  memory.put(address, [ONE, ...point]);
  let prepared = -1;
  const values = vectors.map((vector) => {
    const vars = Math.log2(vector.length);
    const lowVars = Math.min(vars, LOW_VARS);
    if (prepared !== lowVars) memory.kernels.eqTable(low.address, low.stride, address, address + 16, lowVars);
    prepared = lowVars;
    const chunk = 2 ** lowVars;
    let parts = Array.from({ length: vector.length / chunk }, (_, i) => {
      memory.kernels.dotBase(out, vector.address + 4 * chunk * i, low.address, low.stride, chunk);
      return memory.element(out);
    });
    for (let j = vars - 1; j >= lowVars; j--) {
      const half = parts.length / 2;
      parts = parts.slice(0, half).map((part, i) => add(part, mul(point[j]!, sub(parts[half + i]!, part))));
    }
    return parts[0]!;
  });
  memory.release(mark);
  return values;
};
