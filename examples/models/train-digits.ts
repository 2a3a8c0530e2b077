/**
 * Trains a reader of digits as an iterated program, and prints what a claim about that run would name. Whoever runs it again
 * gets the same ids; with one image moved, all but the program's are others.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unwrap } from '@surety/sdk';
import {
  type CheckedProgram,
  commitProgram,
  createEngine,
  elements,
  iteratedId,
  iterationRoot,
  listRoot,
  readNpz,
  runIterated,
  type Tensor,
  tensor,
  trainedModel,
  trainingStep,
} from '@surety/sdk/model-files';

const SHAPE = { widths: [256, 10], batch: 32, rateBits: 4, momentum32nds: 29 } as const;
const STEPS = 90;
/** The first images are learned from, thirty times in the same order; the last are only read. */
const LEARNED = 96;

const samples = unwrap(readNpz(readFileSync(join(import.meta.dirname, 'digits.npz'))));
const pixels = Int8Array.from(samples.get('image')!.values, (ink) => ink * 16);
const labels = Int8Array.from(samples.get('labels')!.values);

/** Batches over and over; weights and momentum begin as zeros. */
const inputsOf = (program: CheckedProgram): readonly Tensor[] =>
  program.inputs.map(({ name, dtype, shape }) => {
    const [whole, each] = name === 'x' ? [pixels, 256] : [labels, 1];
    if (name !== 'x' && name !== 'labels') return tensor(dtype, shape, []);
    const learned = whole.subarray(0, LEARNED * each);
    const size = STEPS * elements(shape);
    return tensor(
      dtype,
      [STEPS, ...shape],
      Array.from({ length: size }, (_, i) => learned[i % learned.length]!),
    );
  });

const step = unwrap(trainingStep(SHAPE));
const inputs = inputsOf(step);
const commitment = commitProgram(step);
const { outputs, traces } = unwrap(
  await runIterated(unwrap(await createEngine(step)), STEPS, inputs, { trace: commitment }),
);
const named = new Map(step.outputs.map(({ name }, i) => [name, outputs[i]!]));
const model = unwrap(trainedModel(SHAPE, named));

const iterated = iteratedId(commitment.id, STEPS);
const ids = {
  program: commitment.id,
  iterated,
  inputs: listRoot(inputs),
  outputs: listRoot(outputs),
  trace: iterationRoot(iterated, listRoot(inputs), traces!),
  model: commitProgram(model).id,
};
for (const [name, id] of Object.entries(ids))
  process.stdout.write(`${name.padEnd(9)} ${Buffer.from(id).toString('hex')}\n`);

const reader = unwrap(await createEngine(model));
const unseen = Array.from({ length: labels.length - LEARNED }, (_, i) => LEARNED + i);
const read = unwrap(
  await reader.runMany(unseen.map((i) => [tensor('i8', [1, 256], pixels.subarray(i * 256, (i + 1) * 256))])),
);
const right = read.filter(({ outputs: [, digit] }, i) => digit!.values[0] === labels[unseen[i]!]).length;
process.stdout.write(`reads ${right} of ${unseen.length} digits that it did not learn from\n`);
