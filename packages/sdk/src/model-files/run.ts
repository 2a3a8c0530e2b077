/** Runs of a program: numbers in, numbers and hashes out. Programs with states take their steps in order. */
import { ok, type Result, toHex } from '@surety/core';
import { createEngine, type Engine, listRoot, type Tensor, toReals, traceId } from '@surety/programs';
import { startNodeThread } from '@surety/programs/node-threads';
import { type Encoded, encode } from './encode.ts';
import type { OpenProgram } from './open.ts';
import { inputsOfArrays, inputsOfJson, type RunInputs } from './values.ts';

export { inputsOfArrays, inputsOfJson, type RunInputs };

export type RunOutput = {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly integers: readonly number[];
  /** What the integers stand for (spec 12.2). */
  readonly reals: readonly number[];
};

export type ModelRun = {
  readonly outputs: readonly RunOutput[];
  /** L of spec 12.7 of inputs and outputs, hex. */
  readonly inputId: string;
  readonly outputId: string;
  /** R of spec 12.7, hex; `null` where no trace was asked for. */
  readonly traceRoot: string | null;
  /** Input numbers beyond the program's range, which were set to its end. */
  readonly clamped: number;
  readonly milliseconds: number;
};

export type RunModelOptions = {
  /** Numbers are the program's own integers, not the reals that they stand for. Out of range ones are refused. */
  readonly integers?: boolean;
  readonly threads?: number;
  readonly trace?: boolean;
  readonly signal?: AbortSignal;
  /** Milliseconds from any start. */
  readonly now: () => number;
};

const runOnce = async (
  open: OpenProgram,
  engine: Engine,
  { inputs, clamped }: Encoded,
  options: RunModelOptions,
): Promise<Result<{ readonly run: ModelRun; readonly outputs: readonly Tensor[] }>> => {
  const { program, idBytes } = open;
  const trace = options.trace === true;
  const started = options.now();
  const ran = await engine.run(inputs, { trace, ...(options.signal === undefined ? {} : { signal: options.signal }) });
  const milliseconds = options.now() - started;
  if (!ran.ok) return ran;
  const { outputs, trace: hashes } = ran.value;
  const inputId = listRoot(inputs);
  const run: ModelRun = {
    outputs: outputs.map(({ dtype, shape, values }, i) => {
      const { name, encoding } = program.outputs[i]!;
      return { name, dtype, shape, integers: Array.from(values), reals: toReals(values, encoding) };
    }),
    inputId: toHex(inputId),
    outputId: toHex(listRoot(outputs)),
    traceRoot: hashes === null ? null : toHex(traceId(idBytes, inputId, program.nodes.length, hashes.root)),
    clamped,
    milliseconds,
  };
  return ok({ run, outputs });
};

/** A program ready to run. Of one with states, each run is the next step of one sequence. */
export type ModelRunner = {
  /** @param field names the input in problems; `program.input` names what does not fit */
  readonly run: (given: RunInputs, field?: string) => Promise<Result<ModelRun>>;
  readonly close: () => Promise<void>;
};

/**
 * Prepares a program for runs; close it when done.
 * @returns the runner, or `program.too-large`
 */
export const createRunner = async (open: OpenProgram, options: RunModelOptions): Promise<Result<ModelRunner>> => {
  const { threads = 1, integers = false } = options;
  const engine = await createEngine(open.program, { machine: { threads, startThread: startNodeThread } });
  if (!engine.ok) return engine;
  let before: readonly Tensor[] | null = null;
  const run = async (given: RunInputs, field = 'input'): Promise<Result<ModelRun>> => {
    const encoded = encode(open.program, given, before, integers, field);
    if (!encoded.ok) return encoded;
    const one = await runOnce(open, engine.value, encoded.value, options);
    if (!one.ok) return one;
    before = one.value.outputs;
    return ok(one.value.run);
  };
  return ok({ run, close: () => engine.value.close() });
};

/** Runs a program on each of the inputs in order, until one does not fit. */
export const runModel = async (
  open: OpenProgram,
  runs: readonly RunInputs[],
  options: RunModelOptions,
): Promise<Result<readonly ModelRun[]>> => {
  const runner = await createRunner(open, options);
  if (!runner.ok) return runner;
  try {
    const done: ModelRun[] = [];
    for (const [i, given] of runs.entries()) {
      const one = await runner.value.run(given, runs.length === 1 ? 'input' : `input[${i}]`);
      if (!one.ok) return one;
      done.push(one.value);
    }
    return ok(done);
  } finally {
    await runner.value.close();
  }
};
