/** The models of `examples/models` that read one input at once. */
import { readFileSync } from 'node:fs';
import { assertInvariant, SuretyError, unwrap } from '@surety/core';
import {
  bytesSource,
  type CheckedProgram,
  convert,
  INT8,
  importOnnx,
  readNpz,
  readProgram,
  samplesOf,
} from '@surety/programs';

const file = (name: string): Uint8Array => readFileSync(new URL(`../../../examples/models/${name}`, import.meta.url));

/** Two convolutions, maxima and a layer, each channel with a shift of its own. */
export const digits = async (): Promise<CheckedProgram> => {
  const imported = importOnnx(bytesSource(file('digits.onnx')));
  if (!imported.ok) throw new SuretyError(imported.problems[0]!);
  const stated = unwrap(samplesOf(imported.graph, unwrap(readNpz(file('digits.npz')))));
  assertInvariant(stated.kind === 'single', 'The samples are single ones.');
  return unwrap(await convert(imported.graph, stated.samples, { policy: INT8 })).program;
};

/** An embedding that a table of characters chooses from, a convolution and the strongest answers. */
export const siteNames = (): CheckedProgram => unwrap(readProgram(bytesSource(file('site-names.program'))));
