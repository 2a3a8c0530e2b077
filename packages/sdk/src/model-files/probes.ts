/** Probe sets out of samples: real numbers as the integers of a program, on which later versions are compared with it. */
import { ok, type Result, refuse } from '@surety/core';
import { type CheckedProgram, PROBE_LIMITS, type ProbeSet, toIntegers } from '@surety/programs';
import { fitProblem, inputProblem, type RunInputs, unknownName } from './values.ts';

export type MadeProbes = {
  readonly probes: ProbeSet;
  /** Numbers beyond the program's range, which were set to its end. */
  readonly clamped: number;
};

/**
 * Probes of the first samples, at most as many as a probe set holds.
 * Problems: `program.input` for a sample that the program does not take.
 */
export const probesOf = (program: CheckedProgram, samples: readonly RunInputs[]): Result<MadeProbes> => {
  let clamped = 0;
  const probes: (readonly number[])[][] = [];
  for (const [i, sample] of samples.slice(0, PROBE_LIMITS.probes).entries()) {
    const field = `input[${i}]`;
    const odd = unknownName(program, sample.keys(), field);
    if (odd !== null) return refuse(odd);
    const probe: number[][] = [];
    for (const spec of program.inputs) {
      const given = sample.get(spec.name);
      if (given === undefined) {
        const next = 'A probe states every input, states of a sequence included.';
        return refuse(inputProblem(`${field}.${spec.name}`, `There is no ${spec.name}.`, next, 'nothing'));
      }
      const unfit = fitProblem(spec, given, `${field}.${spec.name}`);
      if (unfit !== null) return refuse(unfit);
      const made = toIntegers(given.values, spec.encoding, spec);
      clamped += made.clamped;
      probe.push(made.integers);
    }
    probes.push(probe);
  }
  const inputs = program.inputs.map(({ dtype, shape, encoding }) => ({ dtype, shape, encoding }));
  return ok({ probes: { type: 'surety/probes/v1', inputs, probes }, clamped });
};
