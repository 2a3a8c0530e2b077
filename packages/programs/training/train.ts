/**
 * Trains the small models of `examples/models` and writes them there, with samples to calibrate and check them on. Run from
 * the repository root; it takes some minutes and gives the same bytes again under the same version of Node:
 *
 *     node packages/programs/training/train.ts [--out DIRECTORY]
 */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { toIds } from './characters.ts';
import { DIGIT_SIDE, digitsOnnx, drawDigits } from './digits.ts';
import { madeNames } from './made-names.ts';
import { CONTEXT, lesson, stepMask, writerStepOnnx } from './name-writer.ts';
import { writeNpz } from './npz-writer.ts';
import { writeOnnx } from './onnx-writer.ts';
import { digitsModel, nameWriterModel, siteNamesModel } from './recipes.ts';
import { NAME_LENGTH, siteNamesOnnx } from './site-names.ts';

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const out = values.out ?? join(import.meta.dirname, '../../../examples/models');
mkdirSync(out, { recursive: true });

const files: Record<string, string> = {};
const write = (name: string, bytes: Uint8Array): void => {
  writeFileSync(join(out, name), bytes);
  files[name] = createHash('sha256').update(bytes).digest('hex');
  process.stderr.write(`${name} ${bytes.length} bytes\n`);
};

const digitSamples = (): Uint8Array => {
  const { inputs, labels } = drawDigits(120, 77);
  // Sixteen shades are enough to read a digit, and pack well.
  const image = inputs.flatMap((pixels) => Array.from(pixels, (ink) => Math.round(ink * 16) / 16));
  return writeNpz({
    image: { type: 'f2', shape: [inputs.length, 1, DIGIT_SIDE, DIGIT_SIDE], values: image },
    labels: { type: 'i1', shape: [inputs.length], values: labels },
  });
};

const siteSamples = (): Uint8Array => {
  const sites = madeNames(160, 78);
  return writeNpz({
    name: {
      type: 'i1',
      shape: [sites.length, NAME_LENGTH],
      values: sites.flatMap(({ name }) => [...toIds(name, NAME_LENGTH)]),
    },
    labels: { type: 'i1', shape: [sites.length], values: sites.map(({ label }) => label) },
  });
};

/** Sequences of steps: each name letter by letter, and what should be said next. */
const writerSamples = (): Uint8Array => {
  const lessons = madeNames(24, 79).map(({ name }) => lesson(name));
  const steps = [lessons.length, CONTEXT];
  const places = lessons.flatMap(() => Array.from({ length: CONTEXT }, (_, place) => place));
  return writeNpz({
    id: { type: 'i1', shape: [...steps, 1], values: lessons.flatMap(({ ids }) => [...ids]) },
    place: { type: 'i1', shape: [...steps, 1], values: places },
    mask: { type: 'f2', shape: [...steps, 1, CONTEXT], values: places.flatMap((place) => [...stepMask(place)]) },
    labels: { type: 'i1', shape: steps, values: lessons.flatMap(({ labels }) => [...labels]) },
  });
};

write('digits.onnx', writeOnnx(digitsOnnx(digitsModel())));
write('digits.npz', digitSamples());
write('site-names.onnx', writeOnnx(siteNamesOnnx(siteNamesModel())));
write('site-names.npz', siteSamples());
write('name-writer-step.onnx', writeOnnx(writerStepOnnx(nameWriterModel())));
write('name-writer-step.npz', writerSamples());

const origin = { command: 'node packages/programs/training/train.ts', node: process.version, files };
writeFileSync(join(out, 'origin.json'), `${JSON.stringify(origin, null, 2)}\n`);
