/** The committed name writer as an iterated program that reads its own letters, and what it is given to read. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assertInvariant, SuretyError, unwrap } from '@surety/core';
import { openModel } from '../src/files.ts';
import {
  type CheckedProgram,
  convert,
  generationStep,
  INT8,
  importOnnx,
  readNpz,
  samplesOf,
  type Tensor,
  unroll,
  withStates,
} from '../src/index.ts';
import { allocate, elements, tensor } from '../src/tensor.ts';
import { ALPHABET, toIds } from './characters.ts';
import { CONTEXT, MASKED, writerStates } from './name-writer.ts';

const MODELS = join(import.meta.dirname, '../../../examples/models');

/** One letter a step, keys and values as states, imported from ONNX in int8; takes a second or two. */
export const importWriter = async (): Promise<CheckedProgram> => {
  const model = openModel(join(MODELS, 'name-writer-step.onnx'));
  const imported = importOnnx(model.source);
  if (!imported.ok) throw new SuretyError(imported.problem);
  const graph = unwrap(withStates(imported.graph, writerStates()));
  const given = unwrap(samplesOf(graph, unwrap(readNpz(readFileSync(join(MODELS, 'name-writer-step.npz'))))));
  assertInvariant(given.kind !== 'single', 'The samples of the writer are no sequences.');
  const ranges = { id: { low: 0, high: ALPHABET.length }, place: { low: 0, high: CONTEXT - 1 } };
  const made = await convert(graph, unroll(graph, given.sequences), { policy: INT8, ranges });
  model.close();
  if (!made.ok) throw new SuretyError(made.problem);
  return made.value.program;
};

/** The writer made to go on by itself: a space begins a name. */
export const writerGeneration = (writer: CheckedProgram): CheckedProgram =>
  unwrap(
    generationStep(writer, {
      token: 'id',
      place: 'place',
      mask: 'mask',
      masked: MASKED,
      logits: 'logits',
      begins: 0,
    }),
  );

/**
 * The input list of a generation: each beginning is given, with a space before it, every `steps / beginnings` steps; in
 * between the writer goes on by itself.
 */
export const writerInputs = (
  generation: CheckedProgram,
  steps: number,
  beginnings: readonly string[],
): readonly Tensor[] => {
  const prompt = new Array<number>(steps).fill(-1);
  for (const [i, beginning] of beginnings.entries()) {
    const ids = toIds(` ${beginning}`, beginning.length + 1);
    const from = Math.floor((i * steps) / beginnings.length);
    for (const [at, id] of ids.entries()) if (from + at < steps) prompt[from + at] = id;
  }
  return generation.inputs.map(({ name, dtype, shape }) =>
    name === 'prompt' ? tensor(dtype, [steps, 1], prompt) : { dtype, shape, values: allocate(dtype, elements(shape)) },
  );
};

/** What was read and said as letters: of each step the letter that it read. */
export const writtenText = (prompt: Tensor, said: Tensor): string =>
  Array.from(prompt.values, (id, step) => ALPHABET[id < 0 ? said.values[step - 1]! : id] ?? '?').join('');
