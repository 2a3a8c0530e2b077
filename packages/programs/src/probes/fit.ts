/** Probes as inputs of a program whose encodings may be others: the nearest integers to the same real numbers. */
import { ok, type Result, refuse, show } from '@surety/core';
import { toIntegers, unitOf } from '../encoding.ts';
import type { InputSpec, Program } from '../program.ts';
import { type Tensor, tensor } from '../tensor.ts';
import type { ProbeInput, ProbeSet } from './probes.ts';

/** Inputs of one run, and how many of their values the program cannot represent. */
export type Fitted = { readonly inputs: readonly Tensor[]; readonly clamped: number };

const sameUnit = (a: ProbeInput, b: InputSpec): boolean =>
  a.encoding.mantissa === b.encoding.mantissa && a.encoding.exponent === b.encoding.exponent;

const fitOne = (from: ProbeInput, spec: InputSpec, values: readonly number[]) => {
  const unit = unitOf(from.encoding);
  const reals = sameUnit(from, spec) ? values : values.map((q) => q * unit);
  const encoding = sameUnit(from, spec) ? { mantissa: 1, exponent: 0 } : spec.encoding;
  return toIntegers(reals, encoding, spec);
};

/** Whether a program takes the inputs of a probe set: as many, each of the same shape. */
export const checkFit = (program: Program, { inputs }: ProbeSet): Result<true> => {
  const wrong = (message: string, value: unknown, limit: unknown): Result<never> =>
    refuse({
      code: 'probes.malformed',
      message,
      next: 'Use probes with the inputs of the program.',
      field: 'inputs',
      value: show(value),
      limit: show(limit),
    });
  if (program.inputs.length !== inputs.length)
    return wrong(
      `The program has ${program.inputs.length} inputs, the probes ${inputs.length}.`,
      inputs.length,
      program.inputs.length,
    );
  const i = inputs.findIndex(({ shape }, index) => show(shape) !== show(program.inputs[index]!.shape));
  if (i < 0) return ok(true);
  const [probe, wanted] = [inputs[i]!.shape, program.inputs[i]!.shape];
  return wrong(`Input ${i} of the program has shape [${wanted}], that of the probes [${probe}].`, probe, wanted);
};

/** One probe for a program that {@link checkFit} accepts. */
export const fitProbe = (program: Program, set: ProbeSet, index: number): Fitted => {
  let clamped = 0;
  const inputs = program.inputs.map((spec, i) => {
    const fitted = fitOne(set.inputs[i]!, spec, set.probes[index]![i]!);
    clamped += fitted.clamped;
    return tensor(spec.dtype, spec.shape, fitted.integers);
  });
  return { inputs, clamped };
};
