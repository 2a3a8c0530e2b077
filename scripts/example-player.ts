/**
 * The example model of site names as a player: its ONNX file imported as `surety model import` does, and the adapter that
 * reads hosts for it. `npm run generate` writes both beside the model.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Adapter } from '@surety/analysts/tensor';
import { unwrap } from '@surety/core';
import { importModel, readNpz } from '@surety/sdk/model-files';
import { ALPHABET } from '../packages/programs/training/characters.ts';
import { NAME_LENGTH } from '../packages/programs/training/site-names.ts';
import { ROOT } from './repo/workspace.ts';

const FOLDER = join(ROOT, 'examples', 'models');

/** Where the two files are. */
export const EXAMPLE_PLAYER = {
  program: join(FOLDER, 'site-names.program'),
  adapter: join(FOLDER, 'site-names.adapter.json'),
} as const;

/** The bytes of both files. */
export const examplePlayer = async (): Promise<{ readonly program: Uint8Array; readonly adapter: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'surety-example-'));
  try {
    const out = join(folder, 'site-names.program');
    const imported = await importModel({
      file: join(FOLDER, 'site-names.onnx'),
      out,
      samples: unwrap(readNpz(readFileSync(join(FOLDER, 'site-names.npz')), 'samples')),
      // Beyond the alphabet there is one more number: any other character.
      ranges: { name: { low: 0, high: ALPHABET.length } },
    });
    const adapter: Adapter = {
      type: 'surety/adapter/v1',
      name: 'site-names',
      program: unwrap(imported).id,
      reads: ['site'],
      predicate: 'scam',
      input: { kind: 'characters', alphabet: ALPHABET, other: ALPHABET.length, fill: 0, length: NAME_LENGTH },
      output: { kind: 'logits', output: 'logits', for: 1, against: 0 },
      family: 'tensor:site-names',
      trainedOn: ['eth-phishing-detect 1.2.0'],
    };
    // Lists of one on one line, as the formatter wants them.
    const text = JSON.stringify(adapter, null, 2).replace(/\[\n\s+("[^"]*")\n\s+\]/g, '[$1]');
    return { program: new Uint8Array(readFileSync(out)), adapter: `${text}\n` };
  } finally {
    rmSync(folder, { recursive: true });
  }
};
