/**
 * Proving a training run, step by step, without showing weights or data. What a run gives follows from its header, its data and
 * the seeds: whoever goes on with a file that was left writes the bytes that would have been there.
 */
import { ok, type Problem, type Result, refuse, sameBytes, toHex } from '@surety/core';
import { createEngine, type Tensor } from '@surety/programs';
import { breathe } from '../api/options.ts';
import { provingNanoseconds } from '../plan/work.ts';
import { type ThreadOptions, threadsFor, threadsProblem } from '../threads/pool.ts';
import { commitTensors } from './commit.ts';
import { runId } from './header.ts';
import { type LinkSecret, proveLink } from './link.ts';
import { type Pair, parityProblem } from './parity.ts';
import type { TrainingProgress } from './progress.ts';
import { encodeRecord, linkOf, recordsOf, stepOf, type TrainingRecord } from './records.ts';
import type { TrainingRun } from './run.ts';
import { batchSeed, proofWords, runSeed, stateSeed } from './secret.ts';
import type { Training } from './setting.ts';

/** The number of threads as in `prove`, for each step. */
export type TrainingOptions = ThreadOptions & {
  readonly signal?: AbortSignal;
  /** Where a file was left; the beginning unless stated. */
  readonly from?: TrainingProgress;
  /** Steps after which to stop for now; all, and then the audit, unless stated. */
  readonly until?: number;
  /** Called after each record with the number of steps done. */
  readonly onStep?: (done: number) => void;
};

/** Takes bytes of the file, and where in it they belong; each call is a whole record or the header. */
export type WriteAt = (bytes: Uint8Array, at: number) => void | Promise<void>;

const other = (field: string, given: string, wanted: string): Problem => ({
  code: 'proof.other',
  message: `The file is of another ${field}.`,
  next: 'Go on with the data, the first model and the seeds that it was begun with.',
  field,
  value: given,
  limit: wanted,
});

/** States after so many steps, which are run and not proved. */
const statesAfter = async ({ training, data }: TrainingRun, steps: number): Promise<Result<readonly Tensor[]>> => {
  const { step, batchOf } = training;
  if (steps === 0) return ok(data.states);
  const engine = await createEngine(step.program);
  if (!engine.ok) return engine;
  let states = data.states;
  for (let at = 0; at < steps; at++) {
    const { x, labels } = data.batches[batchOf(at)]!;
    const run = await engine.value.run([...states, x, labels]);
    if (!run.ok) return run;
    states = step.plan.hiddenOutputs.map((output) => run.value.outputs[output]!);
  }
  await engine.value.close();
  return ok(states);
};

type Work = { readonly inputs: readonly Tensor[]; readonly seeds: readonly Uint8Array[] };

/** What record `record` is proved of. */
const workOf = (
  { training, data, secret }: TrainingRun,
  own: Uint8Array,
  record: number,
  states: readonly Tensor[],
): Work => {
  const seedAfter = (steps: number): Uint8Array => (steps === 0 ? secret.model : stateSeed(own, steps));
  const ofBatch = (batch: number): Uint8Array => batchSeed(secret.dataSet, batch);
  const step = stepOf(training, record);
  if (record === 0) {
    return {
      inputs: data.batches.flatMap(({ x, labels }) => [x, labels]),
      seeds: data.batches.map((_, i) => ofBatch(i)),
    };
  }
  if (step === null) {
    const { x, group } = data.audit;
    return { inputs: [...states, x, group], seeds: [seedAfter(training.setting.steps), secret.auditSet] };
  }
  const batch = training.batchOf(step);
  const { x, labels } = data.batches[batch]!;
  return { inputs: [...states, x, labels], seeds: [seedAfter(step), ofBatch(batch), seedAfter(step + 1)] };
};

/** What is stated of an audit that is not so. */
const statedProblem = ({ setting }: Training, { outputs }: TrainingRecord): Problem | null => {
  const [positives, members] = outputs.map(({ values }) => [values[0]!, values[1]!] as const) as [Pair, Pair];
  return setting.parityPpm === null ? null : parityProblem(positives, members, setting.parityPpm);
};

/**
 * Trains and proves: the balance of labels, every step, the audit. Stops between two steps where it is told to, and goes on
 * from a file that was left.
 * Problems: `input.out-of-range` for a number of threads that cannot be had, `program.input`, `proof.other` for a file of another run, `proof.refuted` where the last model is not within the bound
 * that the setting states: then no audit is written.
 * @returns whether the file is whole, and the last states, which are nobody else's
 * @throws the reason of `options.signal` when that is aborted; what was written stays good
 */
export const proveTraining = async (
  run: TrainingRun,
  write: WriteAt,
  { signal, from, until = Number.POSITIVE_INFINITY, onStep, ...others }: TrainingOptions = {},
): Promise<Result<{ readonly whole: boolean; readonly steps: number; readonly states: readonly Tensor[] }>> => {
  const wrong = threadsProblem(others);
  if (wrong !== null) return refuse(wrong);
  const { training, header, id, secret } = run;
  const { steps, openings } = training.setting;
  if (from !== undefined && !sameBytes(from.header, header))
    return refuse(other('run', toHex(runId(from.header)), toHex(id)));
  const own = runSeed(secret.model, id);
  let record = from?.records ?? 0;
  let at = from?.bytes ?? header.length;
  if (from === undefined) await write(header, 0);
  const begun = await statesAfter(run, Math.min(Math.max(record - 1, 0), steps));
  if (!begun.ok) return begun;
  let states = begun.value;
  if (from?.state) {
    const root = await commitTensors(states, { openings, seed: stateSeed(own, Math.min(record - 1, steps)) });
    if (!root.ok) return root;
    if (!sameBytes(root.value, from.state)) return refuse(other('state', toHex(from.state), toHex(root.value)));
  }
  for (; record < recordsOf(training); record++) {
    const step = stepOf(training, record);
    if (step !== null && step >= until) break;
    // Nothing else waits: without a pause nobody could abort before the last step.
    await breathe();
    signal?.throwIfAborted();
    const { inputs, seeds } = workOf(run, own, record, states);
    const link = linkOf(training, record);
    const hidden: LinkSecret = { seeds, openings, own: proofWords(own) };
    const made = await proveLink(link, inputs, hidden, {
      signal,
      threads: threadsFor(others, provingNanoseconds(link.plan)),
      pool: others.pool,
    });
    if (!made.ok) return made;
    const { roots, all, outputs, proof } = made.value;
    const written: TrainingRecord = { state: step === null ? null : roots.at(-1)!, outputs, proof };
    const unfair = record > steps ? statedProblem(training, written) : null;
    if (unfair !== null) return refuse(unfair);
    const bytes = encodeRecord(written);
    await write(bytes, at);
    at += bytes.length;
    if (step !== null) states = link.plan.hiddenOutputs.map((output) => all[output]!);
    onStep?.(Math.min(record, steps));
  }
  return ok({ whole: record === recordsOf(training), steps: Math.min(Math.max(record - 1, 0), steps), states });
};
