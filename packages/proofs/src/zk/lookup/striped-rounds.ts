/** The rounds of the sumcheck of a layer that is made anew for each, until what is left of it lies in memory. */
import { add, type Ext, ONE, ZERO } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import type { Quadratic } from '../sumcheck/prove.ts';
import { BLOCK_VARS, joinLayer, type LargeLayer, part } from './fractions.ts';
import { largeRounds } from './large-rounds.ts';
import type { Rounds } from './rounds.ts';
import type { Strips } from './strips.ts';

/** A layer so many above the leaves. */
export type StripedLayer = { readonly strips: Strips; readonly level: number };

export const stripedRounds = (
  memory: ProofMemory,
  { strips, level }: StripedLayer,
  lambda: Ext,
  weights: readonly Ext[],
): Rounds => {
  const { kernels } = memory;
  const { vars, places } = strips;
  const length = 2 ** vars;
  /** Variables that choose a strip of each half: they are bound before anything is kept. */
  const above = weights.length - vars;
  const bound: Ext[] = [];
  const out = memory.take(128);
  const challenges = memory.take(16 * Math.max(above, 1));
  let rest: Rounds | null = null;

  /** Calls back with some places at a time, their first variables bound, and λ joined. */
  const eachPlaces = (visit: (layer: LargeLayer, place: number) => void): void => {
    for (let place = 0; place < length; place += places) {
      const whole = strips.at(level, place);
      const { p0, q0, p1, q1, ones } = whole;
      let half = q0.length;
      for (const i of bound.keys()) {
        half /= 2;
        const fold = ({ address, stride }: ExtVector): void =>
          kernels.foldExt(address, stride, half, challenges + 16 * i);
        if (p0 !== null) fold(p0);
        if (!ones) fold(p1);
        fold(q0);
        fold(q1);
      }
      const layer = { ...whole, p1: part(p1, 0, half), q1: part(q1, 0, half) };
      joinLayer(memory, layer, lambda);
      visit(layer, place);
    }
  };

  const summed = (): Quadratic => {
    const mark = memory.mark();
    const free = weights.length - bound.length - 1;
    const pairs = 2 ** (free - vars);
    const scale = memory.take(16);
    const point = memory.take(16 * weights.length);
    memory.put(scale, [ONE]);
    memory.put(point, weights);
    const low = memory.ext(2 ** BLOCK_VARS);
    const high = memory.ext(2 ** (free - BLOCK_VARS));
    kernels.eqTable(low.address, low.stride, scale, point, BLOCK_VARS);
    kernels.eqTable(high.address, high.stride, scale, point + 16 * BLOCK_VARS, free - BLOCK_VARS);
    let [atZero, leading] = [ZERO, ZERO];
    eachPlaces(({ p0, q0, p1, q1 }, place) => {
      const gap = pairs * places;
      for (let s = 0; s < pairs; s++) {
        const at = (vector: ExtVector | null): number => (vector === null ? 0 : vector.address + 4 * s * places);
        const weight = high.address + (4 * (s * length + place)) / low.length;
        const eq = [low.address, low.stride, low.length, weight, high.stride] as const;
        kernels.roundFractions(out, at(p0), at(q0), at(p1), at(q1), q0.stride, 0, places, gap, gap, ...eq);
        atZero = add(atZero, memory.element(out));
        leading = add(leading, memory.element(out + 16));
      }
    });
    memory.release(mark);
    return { atZero, leading };
  };

  /** What is left of the layer once a strip is bound. */
  const kept = (): LargeLayer => {
    const all = memory.ext(4 * length);
    const [p0, q0, p1, q1] = [0, 1, 2, 3].map((i) => part(all, i * length, (i + 1) * length)) as [
      ExtVector,
      ExtVector,
      ExtVector,
      ExtVector,
    ];
    const copy = (to: ExtVector, from: ExtVector, place: number): void => {
      for (let c = 0; c < 4; c++) {
        const source = memory.words({ address: from.address + c * from.stride, length: places });
        memory.words({ address: to.address + c * to.stride + 4 * place, length: places }).set(source);
      }
    };
    eachPlaces((layer, place) => {
      copy(q0, layer.q0, place);
      copy(p1, layer.p1, place);
      copy(q1, layer.q1, place);
      if (layer.p0 !== null) return copy(p0, layer.p0, place);
      for (let c = 0; c < 4; c++) {
        const words = memory.words({ address: p0.address + c * p0.stride + 4 * place, length: places });
        words.fill(c === 0 ? 1 : 0);
      }
    });
    return { p0, q0, p1, q1, upper: length };
  };

  return {
    round: (previous) => {
      if (rest !== null) return rest.round(previous);
      if (previous !== null) {
        memory.put(challenges + 16 * bound.length, [previous]);
        bound.push(previous);
      }
      if (bound.length < above) return summed();
      rest = largeRounds(memory, kept(), lambda, weights.slice(0, vars));
      return rest.round(null);
    },
    end: (last) => rest!.end(last),
  };
};
