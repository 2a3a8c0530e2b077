/** Numbers that were given, as the tensors of a program: of one run, or of a run of several steps as a whole. */
import { ok, type Problem, type Result, refuse } from '@surety/core';
import {
  allocate,
  type CheckedProgram,
  elements,
  type InputSpec,
  iterate,
  type Tensor,
  tensor,
  toIntegers,
} from '@surety/programs';
import { fitProblem, type Given, inputProblem, type RunInputs, unknownName } from './values.ts';

export type Encoded = { readonly inputs: readonly Tensor[]; readonly clamped: number };

/** What a program takes. */
export type Takes = Pick<CheckedProgram, 'inputs' | 'states'>;

/** A state that nobody gave: what the step before left, or zeros. */
const stateOf = (program: Takes, input: number, before: readonly Tensor[] | null): Tensor | null => {
  const state = program.states.find((pair) => pair.input === input);
  if (state === undefined) return null;
  if (before !== null) return before[state.output]!;
  const { dtype, shape, low, high } = program.inputs[input]!;
  const values = new Array<number>(elements(shape)).fill(0);
  return low <= 0 && high >= 0 ? tensor(dtype, shape, values) : null;
};

const missing = ({ name, shape }: InputSpec, field: string): Problem =>
  inputProblem(`${field}.${name}`, `There is no ${name}.`, `Give ${name} as [${shape.join(', ')}].`, 'nothing');

/** Exact integers, refused where the program's type or range does not hold them. */
const exact = (spec: InputSpec, { values }: Given, field: string): Result<Tensor> => {
  const at = values.findIndex((value) => !Number.isInteger(value) || value < spec.low || value > spec.high);
  if (at < 0) return ok(tensor(spec.dtype, spec.shape, values));
  const limit = `integers ${spec.low} .. ${spec.high}`;
  const message = `${spec.name} holds ${values[at]} at ${at}.`;
  return refuse(inputProblem(`${field}[${at}]`, message, `Stay within ${limit}.`, values[at], limit));
};

/** @param before outputs of the step before, of a program with states; `null` in the first */
export const encode = (
  program: Takes,
  given: RunInputs,
  before: readonly Tensor[] | null,
  integers: boolean,
  field: string,
): Result<Encoded> => {
  const odd = unknownName(program, given.keys(), field);
  if (odd !== null) return refuse(odd);
  const inputs: Tensor[] = [];
  let clamped = 0;
  for (const [i, spec] of program.inputs.entries()) {
    const numbers = given.get(spec.name);
    if (numbers === undefined) {
      const state = stateOf(program, i, before);
      if (state === null) return refuse(missing(spec, field));
      inputs.push(state);
      continue;
    }
    const where = `${field}.${spec.name}`;
    const unfit = fitProblem(spec, numbers, where);
    if (unfit !== null) return refuse(unfit);
    if (integers) {
      const made = exact(spec, numbers, where);
      if (!made.ok) return made;
      inputs.push(made.value);
    } else {
      const made = toIntegers(numbers.values, spec.encoding, spec);
      clamped += made.clamped;
      inputs.push(tensor(spec.dtype, spec.shape, made.integers));
    }
  }
  return ok({ inputs, clamped });
};

/** Where steps after the first take their states from: they stand in for values that only a run gives. */
const standIns = (program: CheckedProgram, first: readonly Tensor[]): readonly Tensor[] =>
  program.outputs.map((_, i) => first[program.states.find(({ output }) => output === i)?.input ?? 0]!);

export type WholeInput = {
  /** Of an iterated program: of a state its first value, of a stream `[steps, …shape]` (spec 15.1). */
  readonly inputs: readonly Tensor[];
  /** `null` for a single run. */
  readonly steps: number | null;
  /** Input numbers beyond the program's range, which were set to its end. */
  readonly clamped: number;
};

/** The input of a whole run: several inputs are the steps of one. `program.input` names what does not fit. */
export const encodeWhole = (
  program: CheckedProgram,
  runs: readonly RunInputs[],
  { integers = false }: { readonly integers?: boolean } = {},
): Result<WholeInput> => {
  if (runs.length === 1) {
    const one = encode(program, runs[0]!, null, integers, 'input');
    return one.ok ? ok({ ...one.value, steps: null }) : one;
  }
  const iteration = iterate(program, runs.length);
  if (!iteration.ok) return iteration;
  const { feeds, inputs: types } = iteration.value;
  const inputs = types.map(({ dtype, shape }) => ({ dtype, shape, values: allocate(dtype, elements(shape)) }));
  const states = new Set(program.inputs.filter((_, i) => feeds[i] !== null).map(({ name }) => name));
  let clamped = 0;
  let first: readonly Tensor[] | null = null;
  for (const [step, given] of runs.entries()) {
    const field = `input[${step}]`;
    const again = step === 0 ? undefined : [...given.keys()].find((name) => states.has(name));
    if (again !== undefined) {
      const next = 'Give a state with the first step only, or not at all.';
      return refuse(inputProblem(`${field}.${again}`, `${again} is what the step before gave.`, next, 'given'));
    }
    const made = encode(program, given, first === null ? null : standIns(program, first), integers, field);
    if (!made.ok) return made;
    clamped += made.value.clamped;
    first ??= made.value.inputs;
    for (const [i, { values }] of made.value.inputs.entries()) {
      if (feeds[i] === null || step === 0) inputs[i]!.values.set(values, feeds[i] === null ? step * values.length : 0);
    }
  }
  return ok({ inputs, steps: runs.length, clamped });
};
