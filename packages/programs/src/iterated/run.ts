/** Runs an iterated program step by step, in memory that does not grow with the steps but for what it gives back. */
import { ok, type Result } from '@surety/core';
import type { Commitment } from '../commit/program.ts';
import type { Engine } from '../engine/engine.ts';
import { allocate, DTYPE_BYTES, elements, type Tensor } from '../tensor.ts';
import { admitIterated, firstStates, type Iteration, inputsOfStep, iterate, nextStates } from './iteration.ts';
import { Tracer } from './tracer.ts';

export type IteratedOptions = {
  /** The program's commitment, where each step's trace R is wanted. */
  readonly trace?: Commitment;
  /** Most bytes of state that are kept so that any step can be run again soon; 2^26 unless stated, one checkpoint at least. */
  readonly checkpointBytes?: number;
  /** Looked at in every step, and within long ones. */
  readonly signal?: AbortSignal;
  /** Called after each step with the number of steps done. */
  readonly onStep?: (done: number) => void;
};

/** What the states brought into a step. */
export type Checkpoint = { readonly step: number; readonly states: readonly Tensor[] };

export type IteratedRun = {
  readonly iteration: Iteration;
  /** The whole's outputs: last values of states, all values of others. */
  readonly outputs: readonly Tensor[];
  /** R of each step, where traced. */
  readonly traces: readonly Uint8Array[] | null;
  /** At even distances, the first step's always among them. */
  readonly checkpoints: readonly Checkpoint[];
};

const MAX_CHECKPOINTS = 256;

/** Steps between two looks at what else the caller's thread has to do. */
const BREATHE_STEPS = 16;

const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Keeps some states of many: whenever there are too many, every second one goes. */
class Checkpoints {
  readonly kept: Checkpoint[] = [];
  private interval = 1;
  private readonly most: number;

  constructor({ program }: Iteration, maxBytes: number) {
    const bytes = program.states.reduce((sum, { input }) => {
      const { dtype, shape } = program.inputs[input]!;
      return sum + elements(shape) * DTYPE_BYTES[dtype];
    }, 0);
    this.most = Math.max(1, Math.min(MAX_CHECKPOINTS, bytes === 0 ? 1 : Math.floor(maxBytes / bytes)));
  }

  offer(step: number, states: readonly Tensor[]): void {
    if (step % this.interval !== 0) return;
    this.kept.push({ step, states });
    while (this.kept.length > this.most) {
      this.interval *= 2;
      this.kept.splice(0, this.kept.length, ...this.kept.filter((one) => one.step % this.interval === 0));
    }
  }
}

/**
 * Runs a program `steps` times, states handed on and streams taken slice by slice.
 * @param inputs of the whole: of a state its first value, of a stream `[steps, …shape]`
 * @returns outputs, traces and checkpoints, or `program.invalid` for the number of steps, `program.input` for the inputs
 * @throws the reason of `options.signal` when that is aborted
 */
export const runIterated = async (
  engine: Engine,
  steps: number,
  inputs: readonly Tensor[],
  options: IteratedOptions = {},
): Promise<Result<IteratedRun>> => {
  const { trace, signal, onStep } = options;
  const made = iterate(engine.program, steps);
  if (!made.ok) return made;
  const iteration = made.value;
  const admitted = admitIterated(iteration, inputs);
  if (!admitted.ok) return admitted;
  const tracer = trace === undefined ? null : await Tracer.create(engine.program, trace, inputs);
  const checkpoints = new Checkpoints(iteration, options.checkpointBytes ?? 2 ** 26);
  const outputs = iteration.outputs.map(({ dtype, shape }) => allocate(dtype, elements(shape)));
  let states = firstStates(iteration, inputs);
  for (let step = 0; step < steps; step++) {
    signal?.throwIfAborted();
    if (step % BREATHE_STEPS === BREATHE_STEPS - 1 && signal !== undefined) await breathe();
    checkpoints.offer(step, states);
    const given = inputsOfStep(iteration, inputs, step, states);
    const run = await engine.run(given, { trace: tracer !== null, ...(signal === undefined ? {} : { signal }) });
    if (!run.ok) return run;
    tracer?.step(run.value.trace!);
    for (const [i, { values }] of run.value.outputs.entries()) {
      outputs[i]!.set(values, iteration.kept[i] ? 0 : step * values.length);
    }
    states = nextStates(iteration, run.value.outputs);
    onStep?.(step + 1);
  }
  return ok({
    iteration,
    outputs: outputs.map((values, i) => ({ ...iteration.outputs[i]!, values })),
    traces: tracer?.finish() ?? null,
    checkpoints: checkpoints.kept,
  });
};

/**
 * What goes into one step, from the nearest checkpoint before it.
 * @param inputs of the whole, the same as in the run
 */
export const replayTo = async (
  engine: Engine,
  { iteration, checkpoints }: Pick<IteratedRun, 'iteration' | 'checkpoints'>,
  inputs: readonly Tensor[],
  step: number,
): Promise<Result<readonly Tensor[]>> => {
  const from = checkpoints.findLast((checkpoint) => checkpoint.step <= step)!;
  let { states } = from;
  for (let at = from.step; at < step; at++) {
    const run = await engine.run(inputsOfStep(iteration, inputs, at, states));
    if (!run.ok) return run;
    states = nextStates(iteration, run.value.outputs);
  }
  return ok(inputsOfStep(iteration, inputs, step, states));
};
