/** Gradient boosting of oblivious trees on whole-number features, by histograms. Seeded and exact. */

import type { Tree, TreeModel } from '../src/model/trees.ts';
import { sigmoid } from './exact-math.ts';
import { random } from './random.ts';

export type BoostOptions = {
  readonly trees: number;
  readonly depth: number;
  readonly learningRate: number;
  /** Added to every leaf's curvature. */
  readonly l2: number;
  /** Share of rows and of features a tree may use. */
  readonly rowShare: number;
  readonly featureShare: number;
  readonly seed: number;
};

const BINS = 48;

/** Features as bins of equal population: `edges[f]` holds the largest raw value of each bin but the last. */
type Binned = { readonly columns: readonly Uint8Array[]; readonly edges: readonly (readonly number[])[] };

const binned = (rows: readonly (readonly number[])[]): Binned => {
  const width = rows[0]?.length ?? 0;
  const columns: Uint8Array[] = [];
  const edges: number[][] = [];
  for (let f = 0; f < width; f++) {
    const values = Float64Array.from(rows, (row) => row[f]!).sort();
    const cuts: number[] = [];
    for (let b = 1; b < BINS; b++) {
      const cut = values[Math.floor((values.length * b) / BINS)]!;
      if (cut < values.at(-1)! && cut !== cuts.at(-1)) cuts.push(cut);
    }
    columns.push(
      Uint8Array.from(rows, (row) => {
        let low = 0;
        let high = cuts.length;
        while (low < high) {
          const middle = (low + high) >> 1;
          if (row[f]! > cuts[middle]!) low = middle + 1;
          else high = middle;
        }
        return low;
      }),
    );
    edges.push(cuts);
  }
  return { columns, edges };
};

type Split = { readonly feature: number; readonly bin: number; readonly gain: number };

/** The question whose answer, asked in every leaf, gains most. */
const bestSplit = (
  data: Binned,
  members: Uint32Array,
  leafOf: Uint8Array,
  leaves: number,
  gradient: Float64Array,
  curvature: Float64Array,
  allowed: readonly number[],
  l2: number,
): Split => {
  let best: Split = { feature: allowed[0]!, bin: 0, gain: -1 };
  const g = new Float64Array(leaves * BINS);
  const h = new Float64Array(leaves * BINS);
  for (const feature of allowed) {
    const column = data.columns[feature]!;
    const cuts = data.edges[feature]!.length;
    if (cuts === 0) continue;
    g.fill(0);
    h.fill(0);
    for (const i of members) {
      const at = leafOf[i]! * BINS + column[i]!;
      g[at] = g[at]! + gradient[i]!;
      h[at] = h[at]! + curvature[i]!;
    }
    const gains = new Float64Array(cuts);
    for (let leaf = 0; leaf < leaves; leaf++) {
      let allG = 0;
      let allH = 0;
      for (let b = 0; b <= cuts; b++) {
        allG += g[leaf * BINS + b]!;
        allH += h[leaf * BINS + b]!;
      }
      let leftG = 0;
      let leftH = 0;
      for (let b = 0; b < cuts; b++) {
        leftG += g[leaf * BINS + b]!;
        leftH += h[leaf * BINS + b]!;
        const rightG = allG - leftG;
        gains[b] = gains[b]! + (leftG * leftG) / (leftH + l2) + (rightG * rightG) / (allH - leftH + l2);
      }
    }
    for (let b = 0; b < cuts; b++) if (gains[b]! > best.gain) best = { feature, bin: b, gain: gains[b]! };
  }
  return best;
};

/** Fits boosted trees; `rows` are whole-number features, `labels` 0 or 1. */
export const fitTrees = (
  rows: readonly (readonly number[])[],
  labels: Uint8Array,
  weights: Float64Array,
  options: BoostOptions,
): TreeModel => {
  const data = binned(rows);
  const n = rows.length;
  const width = data.columns.length;
  const score = new Float64Array(n);
  const gradient = new Float64Array(n);
  const curvature = new Float64Array(n);
  const leafOf = new Uint8Array(n);
  const draw = random(options.seed);
  const trees: Tree[] = [];
  for (let t = 0; t < options.trees; t++) {
    const chosen: number[] = [];
    for (let i = 0; i < n; i++) {
      const p = sigmoid(score[i]!);
      gradient[i] = (p - labels[i]!) * weights[i]!;
      curvature[i] = Math.max(1e-6, p * (1 - p)) * weights[i]!;
      if (draw() < options.rowShare) chosen.push(i);
    }
    const members = Uint32Array.from(chosen);
    const allowed = Array.from({ length: width }, (_, f) => f).filter(() => draw() < options.featureShare);
    if (allowed.length === 0) allowed.push(Math.floor(draw() * width));
    leafOf.fill(0);
    const features: number[] = [];
    const thresholds: number[] = [];
    for (let level = 0; level < options.depth; level++) {
      const split = bestSplit(data, members, leafOf, 1 << level, gradient, curvature, allowed, options.l2);
      if (split.gain < 0) break;
      const column = data.columns[split.feature]!;
      for (let i = 0; i < n; i++) if (column[i]! > split.bin) leafOf[i] = leafOf[i]! | (1 << level);
      features.push(split.feature);
      thresholds.push(data.edges[split.feature]![split.bin]!);
    }
    const leafG = new Float64Array(1 << features.length);
    const leafH = new Float64Array(1 << features.length);
    for (const i of members) {
      leafG[leafOf[i]!] = leafG[leafOf[i]!]! + gradient[i]!;
      leafH[leafOf[i]!] = leafH[leafOf[i]!]! + curvature[i]!;
    }
    const leavesMilli = Array.from(leafG, (g, leaf) =>
      Math.round((-1000 * options.learningRate * g) / (leafH[leaf]! + options.l2)),
    );
    for (let i = 0; i < n; i++) score[i] = score[i]! + leavesMilli[leafOf[i]!]! / 1000;
    trees.push({ features, thresholds, leavesMilli });
  }
  return { biasMilli: 0, trees };
};
