/** Site models as committed files: whole numbers in JSON, weights in base64, decoded once when first used. */

import { fromBase64, SuretyError, toBase64 } from '@surety/core';
import type { Calibration } from './calibration.ts';
import type { Layout } from './dense.ts';
import type { View } from './ngrams.ts';
import type { SiteModel } from './site-model.ts';

export type StoredModel = {
  readonly linear: readonly {
    readonly view: string;
    readonly bits: number;
    readonly salt: number;
    readonly stepMicro: number;
    readonly biasMilli: number;
    /** Signed bytes. */
    readonly weights: string;
  }[];
  readonly stack?: {
    readonly layout: string;
    readonly biasMilli: number;
    /** Per tree: features, thresholds, leaves. */
    readonly trees: readonly (readonly (readonly number[])[])[];
  };
  readonly calibration: { readonly logitMilli: readonly number[]; readonly ppm: readonly number[] };
};

const VIEWS: readonly View[] = ['grams', 'words', 'suffix', 'label', 'spaced', 'plain'];
const LAYOUTS: readonly Layout[] = ['plain', 'full', 'shape', 'meaning', 'counts'];

const broken = (what: string, value: unknown): SuretyError =>
  new SuretyError({
    code: 'internal',
    message: `The model artefact is damaged: ${what}.`,
    next: 'Reinstall the package.',
    value: String(value).slice(0, 80),
  });

const viewOf = (name: string): View => {
  const view = VIEWS.find((v) => v === name);
  if (view === undefined) throw broken('unknown view', name);
  return view;
};

const layoutOf = (name: string): Layout => {
  const layout = LAYOUTS.find((l) => l === name);
  if (layout === undefined) throw broken('unknown layout', name);
  return layout;
};

/**
 * The model of an artefact.
 * @throws {SuretyError} `internal` where the file is damaged
 */
export const decodeModel = (stored: StoredModel): SiteModel => {
  const linear = stored.linear.map((l) => {
    const bytes = fromBase64(l.weights);
    if (!bytes.ok || bytes.value.length !== 2 ** l.bits) throw broken('weights', l.view);
    const weights = new Int8Array(bytes.value.buffer, bytes.value.byteOffset, bytes.value.length);
    return {
      hashing: { view: viewOf(l.view), bits: l.bits, salt: l.salt },
      weights,
      stepMicro: l.stepMicro,
      biasMilli: l.biasMilli,
    };
  });
  const calibration: Calibration = stored.calibration;
  if (stored.stack === undefined) return { linear, calibration };
  const trees = stored.stack.trees.map(([features = [], thresholds = [], leavesMilli = []]) => ({
    features,
    thresholds,
    leavesMilli,
  }));
  return {
    linear,
    calibration,
    stack: { layout: layoutOf(stored.stack.layout), model: { biasMilli: stored.stack.biasMilli, trees } },
  };
};

/** The file of a model; `decodeModel` is its inverse. */
export const encodeModel = (model: SiteModel): StoredModel => ({
  linear: model.linear.map((l) => ({
    ...l.hashing,
    stepMicro: l.stepMicro,
    biasMilli: l.biasMilli,
    weights: toBase64(new Uint8Array(l.weights.buffer, l.weights.byteOffset, l.weights.length)),
  })),
  ...(model.stack === undefined
    ? {}
    : {
        stack: {
          layout: model.stack.layout,
          biasMilli: model.stack.model.biasMilli,
          trees: model.stack.model.trees.map((t) => [t.features, t.thresholds, t.leavesMilli]),
        },
      }),
  calibration: model.calibration,
});
