/**
 * From labelled hosts to a site model. The linear views are fitted once on everything and once per fold, so
 * that the trees and the calibration only ever see logits of hosts whose registered domain was held out.
 */

import { denseFeatures, type Layout } from '../src/model/dense.ts';
import type { LinearModel } from '../src/model/linear.ts';
import type { Hashing } from '../src/model/ngrams.ts';
import type { SiteModel } from '../src/model/site-model.ts';
import { type TreeModel, treesMilli } from '../src/model/trees.ts';
import { type BoostOptions, fitTrees } from './boost.ts';
import { fitCalibration } from './calibrate.ts';
import { type Example, FOLDS } from './example.ts';
import { fitLinear, floatLogit, type LinearOptions, quantise, rowsOf } from './linear.ts';

export type PipelineOptions = {
  readonly views: readonly { readonly hashing: Hashing; readonly fit: LinearOptions }[];
  readonly stack?: { readonly layout: Layout; readonly boost: BoostOptions };
  /** Told after each step; training is minutes long. */
  readonly progress?: (what: string) => void;
};

/** Everything but the folds named, as indices. */
const members = (examples: readonly Example[], keep: (fold: number) => boolean): Uint32Array =>
  Uint32Array.from(examples.flatMap((e, i) => (keep(e.fold) ? [i] : [])));

type FittedView = { readonly model: LinearModel; readonly heldOutMilli: Int32Array };

const fitView = (examples: readonly Example[], hashing: Hashing, fit: LinearOptions): FittedView => {
  const rows = rowsOf(examples, hashing);
  const heldOutMilli = new Int32Array(examples.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const partial = fitLinear(
      rows,
      examples,
      members(examples, (f) => f !== fold),
      hashing.bits,
      fit,
    );
    for (const i of members(examples, (f) => f === fold))
      heldOutMilli[i] = Math.round(1000 * floatLogit(partial, rows, i));
  }
  const whole = fitLinear(
    rows,
    examples,
    members(examples, () => true),
    hashing.bits,
    fit,
  );
  return { model: quantise(whole, hashing), heldOutMilli };
};

const subset = <T>(items: readonly T[], indices: Uint32Array): T[] => Array.from(indices, (i) => items[i]!);

/** Logits of trees fitted without the fold they score. */
const heldOutTrees = (
  rows: readonly (readonly number[])[],
  labels: Uint8Array,
  weights: Float64Array,
  examples: readonly Example[],
  boost: BoostOptions,
): number[] => {
  const out = new Array<number>(rows.length).fill(0);
  for (const parity of [0, 1]) {
    const train = members(examples, (fold) => fold % 2 !== parity);
    const held = members(examples, (fold) => fold % 2 === parity);
    const model = fitTrees(
      subset(rows, train),
      labels.filter((_, i) => examples[i]!.fold % 2 !== parity),
      weights.filter((_, i) => examples[i]!.fold % 2 !== parity),
      boost,
    );
    for (const i of held) out[i] = treesMilli(model, rows[i]!);
  }
  return out;
};

/** Fits the whole model. The same examples and options give the same bytes. */
export const fitSiteModel = (examples: readonly Example[], options: PipelineOptions): SiteModel => {
  const fitted = options.views.map(({ hashing, fit }) => {
    options.progress?.(`view ${hashing.view}`);
    return fitView(examples, hashing, fit);
  });
  let held: number[] = Array.from(fitted[0]!.heldOutMilli);
  let stack: { readonly layout: Layout; readonly model: TreeModel } | undefined;
  if (options.stack !== undefined) {
    const { layout, boost } = options.stack;
    options.progress?.('features');
    const rows = examples.map((e, i) => [...fitted.map((v) => v.heldOutMilli[i]!), ...denseFeatures(e.parts, layout)]);
    const labels = Uint8Array.from(examples, (e) => (e.scam ? 1 : 0));
    const weights = Float64Array.from(examples, (e) => e.weight);
    options.progress?.('trees');
    held = heldOutTrees(rows, labels, weights, examples, boost);
    stack = { layout, model: fitTrees(rows, labels, weights, boost) };
  }
  const calibration = fitCalibration(
    held,
    examples.map((e) => e.scam),
    examples.map((e) => e.weight),
    { blocks: 60 },
  );
  return { linear: fitted.map((v) => v.model), ...(stack === undefined ? {} : { stack }), calibration };
};
