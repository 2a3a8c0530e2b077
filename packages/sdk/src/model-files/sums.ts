/** Records of exact sums (spec 19) of runs of a program file: made, and checked with a secret drawn for the occasion. */
import { type Finding, ok, type Result, refuse, sha256Hex, toHex } from '@surety/core';
import { listRoot, type Tensor, toReals } from '@surety/programs';
import {
  checkDesignated,
  createChecker,
  createProvider,
  encodeRecord,
  newSecret,
  statisticalFinding,
} from '@surety/proofs/statistical';
import { encodeWhole } from './encode.ts';
import type { OpenProgram } from './open.ts';
import type { RunOutput } from './run.ts';
import type { RunInputs } from './values.ts';

export type SumsOptions = {
  /** Numbers are the program's own integers, not the reals that they stand for. */
  readonly integers?: boolean;
};

export type ProvenSums = {
  /** The record, as spec 19.4 writes it. */
  readonly record: Uint8Array;
  readonly outputs: readonly RunOutput[];
  /** L of inputs and outputs, R of the run, hex. */
  readonly inputId: string;
  readonly outputId: string;
  readonly traceRoot: string;
  readonly clamped: number;
};

export type CheckedSums = {
  readonly finding: Finding;
  /** Recomputed; null where the record is wrong. */
  readonly outputs: readonly RunOutput[] | null;
  readonly inputId: string;
};

const oneRun = (open: OpenProgram, runs: readonly RunInputs[], options: SumsOptions) => {
  if (runs.length !== 1) {
    return refuse({
      code: 'statistical.unfit',
      message: `There are ${runs.length} inputs, and a record is of one run.`,
      next: 'Give one input; steps of an iterated program are runs of their own.',
      field: 'input',
      value: `${runs.length}`,
      limit: '1',
    });
  }
  return encodeWhole(open.program, runs, options);
};

const told = ({ program }: OpenProgram, outputs: readonly Tensor[]): RunOutput[] =>
  outputs.map(({ dtype, shape, values }, i) => {
    const { name, encoding } = program.outputs[i]!;
    return { name, dtype, shape, integers: Array.from(values), reals: toReals(values, encoding) };
  });

/**
 * Runs a program on one input and keeps its exact sums.
 * Problems: `program.input`, `program.too-large`, `statistical.unfit` for more than one input.
 */
export const proveSums = async (
  open: OpenProgram,
  runs: readonly RunInputs[],
  options: SumsOptions = {},
): Promise<Result<ProvenSums>> => {
  const whole = oneRun(open, runs, options);
  if (!whole.ok) return whole;
  const provider = await createProvider(open.program, open.idBytes);
  if (!provider.ok) return provider;
  try {
    const proven = await provider.value.prove([whole.value.inputs]);
    if (!proven.ok) return proven;
    const { record, outputs } = proven.value[0]!;
    const { input, output, trace } = record.run;
    return ok({
      record: encodeRecord(provider.value.parts, record),
      outputs: told(open, outputs),
      inputId: toHex(input),
      outputId: toHex(output),
      traceRoot: toHex(trace),
      clamped: whole.value.clamped,
    });
  } finally {
    await provider.value.close();
  }
};

/**
 * Checks a record of a run of a program on an input.
 * @param options.seed 32 random bytes that nobody else sees and that are used once
 * Problems: `statistical.malformed`, `statistical.unfit`, `program.input`. What is wrong with a record is in its finding.
 */
export const checkSums = async (
  open: OpenProgram,
  runs: readonly RunInputs[],
  record: Uint8Array,
  options: SumsOptions & { readonly seed: Uint8Array },
): Promise<Result<CheckedSums>> => {
  const whole = oneRun(open, runs, options);
  if (!whole.ok) return whole;
  const { inputs } = whole.value;
  const checker = await createChecker(open.program, open.idBytes);
  try {
    const secret = await newSecret(checker, options.seed);
    const checked = await checkDesignated(checker, secret, { record, inputs });
    if (!checked.ok) return checked;
    const { verdict } = checked.value;
    const key = { kind: 'secret', verdictsAreSecret: false } as const;
    return ok({
      finding: statisticalFinding(`sha256:${sha256Hex(record)}`, verdict, key),
      outputs: verdict.outputs === null ? null : told(open, verdict.outputs),
      inputId: toHex(listRoot(inputs)),
    });
  } finally {
    await checker.close();
  }
};
