/** A program as part of a larger one. */
import { ok, type Problem, type Result, refuse, show } from '@surety/core';
import type { ProgramBuilder } from './build.ts';
import type { CheckedProgram } from './check.ts';
import type { InputSpec, ValueId } from './program.ts';
import { mapOperands, mapStage } from './real/operands.ts';

const misfit = (input: InputSpec, given: unknown): Problem => ({
  code: 'program.invalid',
  message: `What is bound to ${input.name} is not of its type, or may leave its range.`,
  next: 'Bind a value of the same dtype and shape, clamped to the range that the input states.',
  field: input.name,
  value: show(given),
  limit: show({ dtype: input.dtype, shape: input.shape, low: input.low, high: input.high }),
});

/**
 * Adds all values of a program to a builder. Encodings are the caller's concern: a bound value stands for what the input's
 * encoding says.
 * Problems: `program.invalid`, and what {@link ProgramBuilder.node} returns.
 * @param bound values that take the place of inputs, by their names; the other inputs become inputs of the whole
 * @returns the values of the program's outputs, by their names; outputs and states are the caller's to declare
 */
export const inlineProgram = (
  b: ProgramBuilder,
  program: CheckedProgram,
  bound: ReadonlyMap<string, ValueId>,
): Result<ReadonlyMap<string, ValueId>> => {
  const ids: ValueId[] = [];
  for (const input of program.inputs) {
    const id = bound.get(input.name);
    if (id === undefined) {
      ids.push(b.input(input));
      continue;
    }
    const given = { dtype: b.dtype(id), shape: b.shape(id), ...b.range(id) };
    const fits =
      given.dtype === input.dtype &&
      String(given.shape) === String(input.shape) &&
      given.low >= input.low &&
      given.high <= input.high;
    if (!fits) return refuse(misfit(input, given));
    ids.push(id);
  }
  for (const { dtype, shape, read } of program.constants) {
    ids.push(b.constant(dtype, shape, read, program.ranges[ids.length]!));
  }
  const rename = (id: ValueId): ValueId => ids[id]!;
  for (const { form, dtype, stage } of program.nodes) {
    const added = b.node({ form: mapOperands(form, rename), dtype, stage: mapStage(stage, rename) });
    if (!added.ok) return added;
    ids.push(added.value);
  }
  return ok(new Map(program.outputs.map(({ name, value }) => [name, rename(value)])));
};
