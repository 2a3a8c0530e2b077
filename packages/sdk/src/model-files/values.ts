/** Inputs of a run as people write them: JSON lists or NumPy arrays, real numbers or a program's own integers. */
import { ok, type Problem, type Result, refuse, show } from '@surety/core';
import { type CheckedProgram, elements, type InputSpec, type NumericArray, samplesIn } from '@surety/programs';

export type Given = Pick<NumericArray, 'shape' | 'values'>;

/** What one run is given, by the name of the input. */
export type RunInputs = ReadonlyMap<string, Given>;

export const inputProblem = (
  field: string,
  message: string,
  next: string,
  value: unknown,
  limit?: string,
): Problem => ({
  code: 'program.input',
  message,
  next,
  field,
  value: show(value),
  ...(limit === undefined ? {} : { limit }),
});

const MAX_RANK = 8;

/** Nested lists of numbers (or one number) as an array; every list of a level is of the same length. */
export const readNumbers = (json: unknown, field: string): Result<Given> => {
  const shape: number[] = [];
  let level: readonly unknown[] = [json];
  while (Array.isArray(level[0])) {
    if (shape.length === MAX_RANK) {
      return refuse(inputProblem(field, `${field} is nested too deeply.`, 'Flatten it.', shape, `${MAX_RANK} levels`));
    }
    const length: number = level[0].length;
    const odd = level.find((part) => !Array.isArray(part) || part.length !== length);
    if (odd !== undefined) {
      const next = 'Give lists of one length at each level.';
      return refuse(inputProblem(field, `${field} is ragged.`, next, odd, `${length} entries`));
    }
    shape.push(length);
    level = level.flat(1);
  }
  const at = level.findIndex((value) => typeof value !== 'number' || !Number.isFinite(value));
  if (at < 0) return ok({ shape, values: Float64Array.from(level as number[]) });
  const next = 'Give finite numbers.';
  return refuse(inputProblem(`${field}[${at}]`, `${field} holds ${show(level[at])} at ${at}.`, next, level[at]));
};

const record = (json: unknown, field: string): Result<RunInputs> => {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    const next = 'Write {"NAME": [numbers], …}, or a list of these.';
    return refuse(inputProblem(field, `${field} names no inputs.`, next, json));
  }
  const inputs = new Map<string, Given>();
  for (const [name, value] of Object.entries(json)) {
    const numbers = readNumbers(value, `${field}.${name}`);
    if (!numbers.ok) return numbers;
    inputs.set(name, numbers.value);
  }
  return ok(inputs);
};

/** One run of an object, several of a list of objects. */
export const inputsOfJson = (json: unknown): Result<readonly RunInputs[]> => {
  if (!Array.isArray(json)) {
    const one = record(json, 'input');
    return one.ok ? ok([one.value]) : one;
  }
  if (json.length === 0) {
    const next = 'Write {"NAME": [numbers], …}, or a list of these.';
    return refuse(inputProblem('input', 'The list holds no inputs.', next, json, '1 or more'));
  }
  const runs: RunInputs[] = [];
  for (const [i, each] of json.entries()) {
    const one = record(each, `input[${i}]`);
    if (!one.ok) return one;
    runs.push(one.value);
  }
  return ok(runs);
};

/** The names that a program lacks are refused before anything is cut. */
export const unknownName = (
  program: Pick<CheckedProgram, 'inputs'>,
  names: Iterable<string>,
  field: string,
): Problem | null => {
  const known = program.inputs.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    const next = `Its inputs are: ${known.join(', ')}.`;
    return inputProblem(`${field}.${name}`, `The program has no input ${name}.`, next, name, known.join(' | '));
  }
  return null;
};

/** One run for each sample of NumPy arrays; arrays that are no inputs (labels) are left out. */
export const inputsOfArrays = (
  program: Pick<CheckedProgram, 'inputs'>,
  arrays: ReadonlyMap<string, NumericArray>,
): Result<readonly RunInputs[]> => {
  const named = program.inputs.filter(({ name }) => arrays.has(name));
  if (named.length === 0) {
    const known = program.inputs.map(({ name }) => name).join(', ');
    const next = `Save one array for each of: ${known}.`;
    return refuse(inputProblem('input', 'The file has no array of an input.', next, [...arrays.keys()], known));
  }
  let count: number | null = null;
  for (const { name, shape } of named) {
    const array = arrays.get(name)!;
    const own = samplesIn(array.shape, shape);
    const wanted = `[samples, ${shape.join(', ')}]`;
    if (own === null || own === 0) {
      const message = `${name} has the shape [${array.shape.join(', ')}].`;
      return refuse(inputProblem(`input.${name}`, message, `Save it as ${wanted}.`, array.shape, wanted));
    }
    if (count !== null && count !== own) {
      const message = `${name} holds ${own} samples, others ${count}.`;
      return refuse(inputProblem(`input.${name}`, message, 'Save as many of each.', own, `${count}`));
    }
    count = own;
  }
  return ok(
    Array.from(
      { length: count! },
      (_, i): RunInputs =>
        new Map(
          named.map(({ name, shape }) => {
            const size = elements(shape);
            return [name, { shape, values: arrays.get(name)!.values.subarray(i * size, (i + 1) * size) }] as const;
          }),
        ),
    ),
  );
};

/** Sizes that say something: axes of one element may be left out. */
const essence = (shape: readonly number[]): string => shape.filter((size) => size !== 1).join();

/** Whether numbers fit an input: its own shape, up to axes of one element, or all numbers in one list. */
export const fitProblem = (spec: InputSpec, given: Given, field: string): Problem | null => {
  const flat = given.shape.length === 1 && given.shape[0] === elements(spec.shape);
  if (!flat && essence(given.shape) !== essence(spec.shape)) {
    const wanted = `[${spec.shape.join(', ')}]`;
    const message = `${spec.name} has the shape [${given.shape.join(', ')}].`;
    return inputProblem(field, message, `Give it as ${wanted}, or its numbers in one list.`, given.shape, wanted);
  }
  const at = given.values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return null;
  const message = `${spec.name} holds ${given.values[at]} at ${at}.`;
  return inputProblem(`${field}[${at}]`, message, 'Give finite numbers.', given.values[at]);
};
