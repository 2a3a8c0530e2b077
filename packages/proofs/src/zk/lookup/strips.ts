/**
 * Trees that are too long to lie in memory: their lowest layers are made again each time they are needed, out of the rows that
 * lie there anyway. The leaves are cut into strips, a power of two and as long as the longest layer that is kept. An entry of
 * a layer is a sum of leaves at one place of strips, so a few places of all strips are a small tree of their own, which the
 * second cache holds. Each round of a sumcheck that has to choose a strip makes all of those once.
 */
import { bitsOf } from '../field/multilinear.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import { halves, type LargeLayer, type LayerVectors, part, sumLayer } from './fractions.ts';
import type { LeafRows } from './leaf-rows.ts';
import type { Leaves } from './leaves.ts';

/** Variables of the longest layer that is kept; so long a tree lies in memory as a whole. */
export const KEPT_VARS = 22;

/** Places of all strips that are worked on together. */
export const PLACES = 2 ** 12;

export type Strips = {
  /** How often leaves are halved before a layer is kept. */
  readonly levels: number;
  /** Variables of a strip. */
  readonly vars: number;
  /** Places that {@link at} gives at once. */
  readonly places: number;
  /** Some places, from `place` on, of a layer so many above the leaves: to be used up before others are asked for. */
  readonly at: (level: number, place: number) => LargeLayer;
};

/** Once for each layer that is not kept, and once for each of its rounds that choose a strip. */
export const timesMade = (rows: number): number => {
  const levels = Math.max(bitsOf(rows) - KEPT_VARS, 0);
  return (levels * (levels + 1)) / 2;
};

/** Vectors that hold some places of all strips, or of their sums. */
export const stripsOf = (memory: ProofMemory, { vars }: Leaves, leaves: LeafRows, kept: number): Strips => {
  const levels = vars - kept;
  const places = Math.min(PLACES, 2 ** kept);
  const length = 2 ** kept;
  const layers: LayerVectors[] = Array.from({ length: levels }, (_, level) => {
    const entries = places * 2 ** (levels - level);
    // Behind denominators there is room for the whole fours that kernels write.
    const all = memory.ext(2 * entries + 4);
    return { q: part(all, 0, entries), p: part(all, entries, 2 * entries) };
  });

  const count = 2 ** levels;
  const strip = (vector: ExtVector, s: number): ExtVector => part(vector, s * places, (s + 1) * places);
  const denominators = (place: number): void => {
    for (let s = 0; s < count; s++) leaves.denominators(s * length + place, strip(layers[0]!.q, s));
  };
  const numerators = (s: number, place: number): void => leaves.numerators(s * length + place, strip(layers[0]!.p, s));
  const areOnes = (s: number, place: number): boolean => leaves.areOnes(s * length + place, places);

  const leavesAt = (place: number): LargeLayer => {
    denominators(place);
    let [lower, upper] = [true, true];
    for (let s = 0; s < count / 2; s++) lower &&= areOnes(s, place);
    for (let s = count / 2; s < count; s++) upper &&= areOnes(s, place);
    const ones = lower && upper;
    for (let s = lower ? count / 2 : 0; s < count && !ones; s++) numerators(s, place);
    const { p, q } = layers[0]!;
    return lower ? { ...halves(p, q), p0: null, ones } : halves(p, q);
  };

  /** Sums of leaves, strip by strip: where a table lies in one, the numerators of others still are 1. */
  const sumsAt = (place: number): LargeLayer => {
    denominators(place);
    const [{ p, q }, to] = layers as [LayerVectors, LayerVectors];
    for (let s = 0; s < count / 2; s++) {
      const other = s + count / 2;
      const lower = areOnes(s, place);
      const ones = lower && areOnes(other, place);
      if (!lower) numerators(s, place);
      if (!ones) numerators(other, place);
      const upperHalf = { p1: strip(p, other), q1: strip(q, other), ones, upper: places };
      const layer = { p0: lower ? null : strip(p, s), q0: strip(q, s), ...upperHalf };
      sumLayer(memory, layer, strip(to.p, s), strip(to.q, s));
    }
    return halves(to.p, to.q);
  };

  return {
    levels,
    vars: kept,
    places,
    at: (level, place) => {
      if (level === 0) return leavesAt(place);
      let layer = sumsAt(place);
      for (const { p, q } of layers.slice(2, level + 1)) {
        sumLayer(memory, layer, p, q);
        layer = halves(p, q);
      }
      return layer;
    },
  };
};

/** The lowest layer that is kept. */
export const sumStrips = (memory: ProofMemory, strips: Strips): LargeLayer => {
  const { levels, vars, places } = strips;
  const [p, q] = [memory.ext(2 ** vars), memory.ext(2 ** vars)];
  for (let place = 0; place < 2 ** vars; place += places) {
    const sums = [p, q].map((vector) => part(vector, place, place + places)) as [ExtVector, ExtVector];
    sumLayer(memory, strips.at(levels - 1, place), ...sums);
  }
  return halves(p, q);
};
