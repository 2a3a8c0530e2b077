/** Fits the network of `src/model/network.ts`: the example model of site names, trained on hosts and made an exact program. */

import { concatBytes, SuretyError, toBase64, unwrap } from '@surety/core';
import { bytesSource, convert, INT8, importOnnx, type Sample, writeProgram } from '@surety/programs';
import { ALPHABET, toIds } from '../../programs/training/characters.ts';
import { writeOnnx } from '../../programs/training/onnx-writer.ts';
import {
  NAME_LENGTH,
  type NamedSite,
  type NamesModel,
  siteNameLogits,
  siteNamesOnnx,
  trainSiteNames,
} from '../../programs/training/site-names.ts';
import type { StoredNetwork } from '../src/model/network.ts';
import type { Kind } from './cross-fit.ts';
import type { Example } from './example.ts';

/** Samples that set the ranges of the program's integers. */
const SAMPLES = 200;

const nameOf = ({ parts }: Pick<Example, 'parts'>): string => parts.registrable;

/** Hosts as often as they weigh, in units of the lightest, since training draws a class evenly. */
const repeated = (examples: readonly Example[]): NamedSite[] => {
  const lightest = examples.reduce((min, { weight }) => Math.min(min, weight), Number.POSITIVE_INFINITY);
  return examples.flatMap((e) =>
    new Array<NamedSite>(Math.round(e.weight / lightest)).fill({ name: nameOf(e), label: e.scam ? 1 : 0 }),
  );
};

export const networkKind = (options: { readonly steps: number; readonly seed: number }): Kind<NamesModel> => ({
  fit: (examples) =>
    trainSiteNames(
      [true, false].flatMap((scam) => repeated(examples.filter((e) => e.scam === scam))),
      options,
    ),
  logitMilli: (model, parts) => Math.round(1000 * siteNameLogits(model, [nameOf({ parts })])[0]!),
});

/** The model as a tensor program of 8-bit weights. */
export const storedNetwork = async (model: NamesModel, examples: readonly Example[]): Promise<StoredNetwork> => {
  const imported = importOnnx(bytesSource(writeOnnx(siteNamesOnnx(model))));
  if (!imported.ok) throw new SuretyError(imported.problem);
  const step = Math.max(1, Math.floor(examples.length / SAMPLES));
  const samples = examples
    .filter((_, i) => i % step === 0)
    .map((e): Sample => ({ name: Float32Array.from(toIds(nameOf(e), NAME_LENGTH)) }));
  const { program } = unwrap(
    await convert(imported.graph, samples, {
      policy: INT8,
      ranges: { name: { low: 0, high: ALPHABET.length } },
      acceptErrors: true,
    }),
  );
  return {
    program: toBase64(concatBytes(...writeProgram(program))),
    input: { alphabet: ALPHABET, other: ALPHABET.length, fill: 0, length: NAME_LENGTH },
  };
};
