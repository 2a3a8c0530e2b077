/** Which inputs a run accepts (spec 12.2): the stated types and ranges, never clamped. */
import { ok, type Problem, type Result, refuse, show } from '@surety/core';
import type { InputSpec, Program } from './program.ts';
import { allocate, DTYPE_RANGE, type Tensor, type Values } from './tensor.ts';

const inputProblem = (field: string, message: string, next: string, value: unknown, limit: string): Problem => ({
  code: 'program.input',
  message,
  next,
  field,
  value: show(value),
  limit,
});

/** Index of the first value outside of a range, or -1. A loop: inputs may have millions of values and runs last milliseconds. */
const firstOutside = (values: Values, { dtype, low, high }: InputSpec): number => {
  const all = DTYPE_RANGE[dtype];
  if (dtype !== 'i32' && low === all.low && high === all.high) return -1;
  for (let i = 0; i < values.length; i++) if (values[i]! < low || values[i]! > high) return i;
  return -1;
};

const admitOne = (spec: InputSpec, given: Tensor, field: string): Problem | null => {
  const type = `${spec.dtype} [${spec.shape.join(', ')}]`;
  const ofType = given.dtype === spec.dtype && show(given.shape) === show(spec.shape);
  const sameClass = given.values.constructor === allocate(spec.dtype, 0).constructor;
  if (!ofType || !sameClass || given.values.length !== spec.shape.reduce((n, size) => n * size, 1)) {
    const got = `${given.dtype} [${given.shape.join(', ')}] of ${given.values.length} values`;
    return inputProblem(field, `${spec.name} is ${got}.`, `Send ${type}.`, got, type);
  }
  const at = firstOutside(given.values, spec);
  if (at < 0) return null;
  const limit = `${spec.low} .. ${spec.high}`;
  return inputProblem(
    `${field}[${at}]`,
    `${spec.name} holds ${given.values[at]}.`,
    `Stay within ${limit}.`,
    given.values[at],
    limit,
  );
};

/** The inputs of a run as they are, or a `program.input` problem naming the first that is not as stated. */
export const admitInputs = (program: Program, inputs: readonly Tensor[]): Result<readonly Tensor[]> => {
  if (inputs.length !== program.inputs.length) {
    const limit = `${program.inputs.length}`;
    return refuse(
      inputProblem('inputs', `There are ${inputs.length} inputs.`, `Send ${limit}, in order.`, inputs.length, limit),
    );
  }
  for (const [i, spec] of program.inputs.entries()) {
    const problem = admitOne(spec, inputs[i]!, `inputs[${i}]`);
    if (problem) return refuse(problem);
  }
  return ok(inputs);
};
