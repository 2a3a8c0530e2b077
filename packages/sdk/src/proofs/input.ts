/** The input of the one run that a proof is of. */
import { type Result, refuse } from '@surety/core';
import { type Encoded, encode, type Takes } from '../model-files/encode.ts';
import { inputProblem, type RunInputs } from '../model-files/values.ts';

/**
 * Numbers as the tensors of a program. States that are left out are zeros, as in a first step.
 * Problems: `program.input`, for more than one input too.
 */
export const oneInput = (
  program: Takes,
  runs: readonly RunInputs[],
  { integers = false }: { readonly integers?: boolean } = {},
): Result<Encoded> => {
  const [only] = runs;
  if (only !== undefined && runs.length === 1) return encode(program, only, null, integers, 'input');
  const next = 'Give one input; steps of an iterated program are proved one by one.';
  return refuse(
    inputProblem('input', `There are ${runs.length} inputs, and a proof is of one run.`, next, runs.length, '1'),
  );
};
