/** A real model for tests: trained here on made-up names, written as ONNX, imported to int8, with its adapter. */
import { concatBytes, toHex, unwrap } from '@surety/core';
import { bytesSource, commitProgram, convert, INT8, importOnnx, type Sample, writeProgram } from '@surety/programs';
import { ALPHABET, toIds } from '../../programs/training/characters.ts';
import { writeOnnx } from '../../programs/training/onnx-writer.ts';
import { NAME_LENGTH, type NamedSite, siteNamesOnnx, trainSiteNames } from '../../programs/training/site-names.ts';
import type { Adapter } from '../src/tensor/adapter.ts';
import { imitations, ordinary } from '../training/synthetic.ts';

/** Names of both kinds, by the seeds of the made-up names. */
export const namesOf = (seed: number, each: number): NamedSite[] => [
  ...imitations(each, seed).map((name) => ({ name, label: 1 as const })),
  ...ordinary(each, seed + 1).map((name) => ({ name, label: 0 as const })),
];

export type SiteNames = { readonly bytes: Uint8Array; readonly id: string; readonly adapter: Adapter };

/** The program's file, its id, and the adapter. A second or two. */
export const trainedSiteNames = async (
  options: { readonly steps?: number; readonly seed?: number } = {},
): Promise<SiteNames> => {
  const { steps = 60, seed = 7 } = options;
  const names = namesOf(101, 1_000);
  const onnx = writeOnnx(siteNamesOnnx(trainSiteNames(names, { steps, seed })));
  const imported = importOnnx(bytesSource(onnx));
  if (!imported.ok) throw new TypeError(imported.problem.message);
  const samples = names
    .filter((_, i) => i % 100 === 0)
    .map(({ name }): Sample => ({ name: Float32Array.from(toIds(name, NAME_LENGTH)) }));
  const { program } = unwrap(
    await convert(imported.graph, samples, {
      policy: INT8,
      ranges: { name: { low: 0, high: ALPHABET.length } },
      acceptErrors: true,
    }),
  );
  const id = toHex(commitProgram(program).id);
  return {
    bytes: concatBytes(...writeProgram(program)),
    id,
    adapter: {
      type: 'surety/adapter/v1',
      name: 'site-names',
      program: id,
      reads: ['site'],
      predicate: 'scam',
      input: { kind: 'characters', alphabet: ALPHABET, other: ALPHABET.length, fill: 0, length: NAME_LENGTH },
      output: { kind: 'logits', output: 'logits', for: 1, against: 0 },
      family: 'tensor:site-names',
      trainedOn: ['surety/made-up-names#players'],
    },
  };
};
