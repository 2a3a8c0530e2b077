/** Verifying a proof of training as it comes in. */
import { type Finding, ok, type Result, refuse } from '@surety/core';
import type { Tensor } from '@surety/programs';
import { breathe } from '../api/options.ts';
import { malformed } from '../file/bytes.ts';
import { dataSetRoot } from './commit.ts';
import { other, rootsProblem, type TrainingExpected } from './expected.ts';
import { trainingFinding } from './finding.ts';
import { decodeHeader, encodeHeader, runId, type TrainingRoots } from './header.ts';
import { verifyLink } from './link.ts';
import { orderFinding, type TrainingLog } from './logged.ts';
import { type Pair, parityProblem } from './parity.ts';
import { linkOf, nameOf, readRecord, recordsOf, stepOf } from './records.ts';
import { planTraining, type Training, type TrainingSetting } from './setting.ts';
import { type ByteSource, readerOf, type Take } from './source.ts';

export type VerifyTrainingOptions = {
  readonly expected?: TrainingExpected;
  /** Entries of a log that hold the roots; nothing is shown of when and in which order they were made without. */
  readonly log?: TrainingLog;
  readonly signal?: AbortSignal;
  /** Called after each step that holds. */
  readonly onStep?: (done: number, steps: number) => void;
};

export type VerifiedTraining = {
  readonly setting: TrainingSetting;
  readonly program: Uint8Array;
  /** Names the run: SHA-256 of the file's header. */
  readonly run: Uint8Array;
  readonly dataSet: Uint8Array;
  readonly auditSet: Uint8Array;
  /** Roots of the model before the first step and after the last. */
  readonly first: Uint8Array;
  readonly last: Uint8Array;
  /** Samples of the training set with each label. */
  readonly counts: readonly number[];
  /** Of group 0 and of group 1 of the audit set. */
  readonly positives: Pair;
  readonly members: Pair;
  readonly finding: Finding;
  /** When the roots were there, and in which order. It does not bear on whether the proofs hold. */
  readonly order: Finding;
};

const unfinished = ({ setting }: Training, record: number) => {
  const done = Math.min(Math.max(record - 1, 0), setting.steps);
  const message = `The file ends after step ${done} of ${setting.steps}. What is there holds, and shows nothing of the model that training is to end with.`;
  const next = 'Let its maker finish it with "surety train prove --resume FILE".';
  const limit = `${setting.steps} steps and the audit`;
  return refuse({ code: 'proof.malformed', message, next, field: 'file', value: `${done} steps`, limit });
};

type Chain = { readonly last: Uint8Array; readonly balance: readonly Tensor[]; readonly audit: readonly Tensor[] };

/** Every record in its order: each begins with the state that the one before ended with, and reads the agreed batch. */
const readChain = async (
  training: Training,
  { model, auditSet, batches }: TrainingRoots,
  take: Take,
  { signal, onStep }: VerifyTrainingOptions,
): Promise<Result<Chain>> => {
  let state = model;
  const shown: (readonly Tensor[])[] = [];
  for (let record = 0; record < recordsOf(training); record++) {
    await breathe();
    signal?.throwIfAborted();
    const read = await readRecord(training, record, take);
    if (!read.ok) return read;
    if (read.value === null) return unfinished(training, record);
    const step = stepOf(training, record);
    const after = read.value.state;
    const end = record === 0 ? batches : [state, auditSet];
    const roots = step === null ? end : [state, batches[training.batchOf(step)]!, after!];
    const checked = await verifyLink(linkOf(training, record), roots, read.value, nameOf(training, record));
    if (!checked.ok) return checked;
    if (after === null) shown.push(read.value.outputs);
    else state = after;
    if (step !== null) onStep?.(step + 1, training.setting.steps);
  }
  const [balance, audit] = shown as [readonly Tensor[], readonly Tensor[]];
  return ok({ last: state, balance, audit });
};

/**
 * Checks every step, that each begins with the state that the one before ended with and reads the agreed batch, the counts of
 * labels, the audit, and what is stated of it.
 * Problems: `proof.malformed`, for a file that is not finished too; `proof.unsupported` and those of the programs for a setting that
 * there is not; `proof.other` for other roots or counts than expected; `proof.refuted`, which names the record.
 * @throws the reason of `options.signal` when that is aborted
 */
export const verifyTraining = async (
  source: ByteSource,
  options: VerifyTrainingOptions = {},
): Promise<Result<VerifiedTraining>> => {
  const { expected = {} } = options;
  const { take, ended, close } = readerOf(source);
  try {
    const header = await decodeHeader(take);
    if (!header.ok) return header;
    const { setting, roots } = header.value;
    const planned = await planTraining(setting);
    if (!planned.ok) return planned;
    const wrong = rootsProblem(roots, expected);
    if (wrong !== null) return refuse(wrong);
    const chain = await readChain(planned.value, roots, take, options);
    if (!chain.ok) return chain;
    if (!(await ended())) return malformed('file', 'The file goes on behind its audit.');
    const { last, balance, audit } = chain.value;
    const counts = [...balance[0]!.values];
    if (expected.counts !== undefined && `${expected.counts}` !== `${counts}`) {
      return refuse(other('balance of labels', `${counts}`, `${expected.counts}`));
    }
    const [positives, members] = audit.map(({ values }) => [values[0]!, values[1]!] as const) as [Pair, Pair];
    for (const ppm of [setting.parityPpm, expected.parityPpm ?? null]) {
      const unfair = ppm === null ? null : parityProblem(positives, members, ppm);
      if (unfair !== null) return refuse(unfair);
    }
    const dataSet = dataSetRoot(roots.batches);
    const program = planned.value.step.id;
    const bounds = [setting.parityPpm, expected.parityPpm].filter((ppm) => typeof ppm === 'number');
    const parityPpm = bounds.length === 0 ? null : Math.min(...bounds);
    const found = {
      setting,
      program,
      run: runId(encodeHeader(header.value)),
      dataSet,
      auditSet: roots.auditSet,
      first: roots.model,
      last,
      counts,
      positives,
      members,
    };
    return ok({
      ...found,
      finding: trainingFinding(found, parityPpm),
      order: orderFinding(found, options.log ?? null),
    });
  } finally {
    await close();
  }
};
