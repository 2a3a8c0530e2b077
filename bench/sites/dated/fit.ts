/**
 * Views of yesterday, judged on today. The trees must learn how far each view is to be believed about campaigns it
 * has not met, so the views they are trained on never saw the newest listings, nor the legitimate hosts they score.
 */

import type { HostParts } from '../../../packages/analysts/src/host.ts';
import { denseFeatures } from '../../../packages/analysts/src/model/dense.ts';
import { treesMilli } from '../../../packages/analysts/src/model/trees.ts';
import { type BoostOptions, fitTrees } from '../../../packages/analysts/training/boost.ts';
import { type Example, FOLDS } from '../../../packages/analysts/training/example.ts';
import { fitLinear, type LinearOptions, type Rows } from '../../../packages/analysts/training/linear.ts';
import { fitLanguage } from './language.ts';
import { fitNeighbours } from './neighbours.ts';
import { fitNet, type NetOptions } from './net.ts';
import { type Features, views } from './views.ts';

const rowsOf = (examples: readonly Example[], features: Features): Rows => {
  const rows = examples.map((e) => features.of(e.parts));
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach((row, i) => {
    starts[i + 1] = starts[i]! + row.length;
  });
  const flat = new Uint32Array(starts.at(-1)!);
  rows.forEach((row, i) => {
    flat.set(row, starts[i]!);
  });
  return { flat, starts };
};

const milli = (x: number): number => Math.round(1000 * x);

/** Newest listings among which neighbours are sought. */
const NEIGHBOURS = 12_000;

/** What the trees read of a host. */
export type Reader = (parts: HostParts) => number[];

export type Bench = {
  readonly examples: readonly Example[];
  /** Listed scams, newest first: neighbours are sought among the newest of those kept. */
  readonly listed: readonly Example[];
  /** Orders the fits. */
  readonly seed: number;
  readonly fit: Omit<LinearOptions, 'seed'>;
  readonly hashed: readonly HashedView[];
};

/** A view and the examples' rows in it. */
export type HashedView = { readonly features: Features; readonly rows: Rows };

/** The rows of every view, made once for all fits; the seed salts the hashes. */
export const hashedViews = (examples: readonly Example[], seed: number): HashedView[] =>
  views(seed).map((features) => ({ features, rows: rowsOf(examples, features) }));

type Keep = (example: Example) => boolean;

/** A trainer of readers on some of the examples. */
const trainer = ({ examples, listed, seed, fit, hashed }: Bench): ((keep: Keep) => Reader) => {
  return (keep) => {
    const members = Uint32Array.from(examples.flatMap((e, i) => (keep(e) ? [i] : [])));
    const linear = hashed.map(({ features, rows }) => {
      const model = fitLinear(rows, examples, members, features.bits, { ...fit, seed });
      return (parts: HostParts): number => {
        const bins = features.of(parts);
        let sum = 0;
        for (const bin of bins) sum += model.weights[bin]!;
        return milli(model.bias + sum / Math.sqrt(Math.max(1, bins.length)));
      };
    });
    const side = (scam: boolean): Example[] => examples.filter((e) => e.scam === scam && keep(e));
    const fair = side(false);
    const likeScam = fitNeighbours(listed.filter(keep).slice(0, NEIGHBOURS));
    const likeFair = fitNeighbours(fair);
    const scamSpeech = fitLanguage(side(true));
    const fairSpeech = fitLanguage(fair);
    return (parts) => {
      const scam = milli(scamSpeech(parts.label));
      const honest = milli(fairSpeech(parts.label));
      return [
        ...linear.map((logit) => logit(parts)),
        ...[...likeScam(parts), ...likeFair(parts)].map(milli),
        ...[scam, honest, scam - honest, (scam - honest) * parts.label.length],
        ...denseFeatures(parts, 'full'),
      ];
    };
  };
};

export type Staged = {
  /** One row per host the trees are trained on, read by a reader that never met it. */
  readonly rows: readonly (readonly number[])[];
  /** 1 for a scam. */
  readonly labels: Uint8Array;
  /** Legitimate hosts together weigh as much as the scams: the threshold lies deep among them. */
  readonly weights: Float64Array;
  /** Trains the reader of hosts to come, on everything. */
  readonly final: () => Reader;
};

/** Reads the `newest` scams and the `fair` hosts: no scam by a reader of its time, no legitimate host by one trained on it. */
export const stage = (
  bench: Bench,
  newest: ReadonlySet<Example>,
  fair: ReadonlySet<Example>,
  progress: (what: string) => void,
): Staged => {
  const train = trainer(bench);
  const staged = bench.examples.filter((e) => newest.has(e) || fair.has(e));
  const rows = new Array<number[]>(staged.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    progress(`views of the past, fold ${fold + 1} of ${FOLDS}`);
    const read = train((e) => !newest.has(e) && (e.scam || e.fold !== fold));
    staged.forEach((e, i) => {
      if (e.fold === fold) rows[i] = read(e.parts);
    });
  }
  const fairWeight = staged.reduce((sum, e) => sum + (e.scam ? 0 : e.weight), 0);
  return {
    rows,
    labels: Uint8Array.from(staged, (e) => (e.scam ? 1 : 0)),
    weights: Float64Array.from(staged, (e) => (e.scam ? 1 : (e.weight * newest.size) / fairWeight)),
    final: () => train(() => true),
  };
};

/** Logit of a row: the mean of `forests` boosted models that differ by seed. */
export const boosted = (
  rows: readonly (readonly number[])[],
  labels: Uint8Array,
  weights: Float64Array,
  options: BoostOptions,
  forests: number,
): ((row: readonly number[]) => number) => {
  const models = Array.from({ length: forests }, (_, k) =>
    fitTrees(rows, labels, weights, { ...options, seed: options.seed + k }),
  );
  return (row) => models.reduce((sum, model) => sum + treesMilli(model, row), 0) / (1000 * forests);
};

/** Logit by a network over all views and the dense features at once. */
export const network = ({ examples, hashed }: Bench, options: NetOptions): ((parts: HostParts) => number) => {
  const dense = (parts: HostParts): number[] => denseFeatures(parts, 'full');
  const net = fitNet(
    hashed.map(({ features, rows }) => ({ rows, bits: features.bits })),
    examples.map((e) => dense(e.parts)),
    examples,
    options,
  );
  return (parts) =>
    net(
      hashed.map(({ features }) => features.of(parts)),
      dense(parts),
    );
};
