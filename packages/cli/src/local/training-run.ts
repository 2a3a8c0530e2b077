/** The run that a command line or the file of one that was left is about, out of what was committed to. */
import { resolve } from 'node:path';
import type { Tensor, TrainingProgress, TrainingRun, TrainingSetting } from '@surety/sdk/training';
import { UsageError } from '../refusal.ts';
import type { Context, Values } from '../table.ts';
import { momentumIn, parityIn, rateBitsIn, wholeIn } from '../training-options.ts';
import { fail } from './fail.ts';
import { findTraining, type KeptTraining, WORDS } from './training.ts';
import { streamOf } from './training-file.ts';

export type TrainingModule = typeof import('@surety/sdk/training');

type Kept = { readonly data: KeptTraining; readonly audit: KeptTraining; readonly model: KeptTraining };

/** What a run that was begun has settled. */
const SETTLED = ['data', 'audit', 'model', 'steps', 'rate', 'momentum', 'positive', 'parity', 'out'] as const;

export const MOST_STEPS = 2_016;
const MOST_CLASS = 127;

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

/** That three commitments are of one training. */
const fitting = ({ data, audit, model }: Kept): Kept => {
  const differ = (message: string, next: string, field: string): never =>
    fail({ code: 'program.input', message, next, field });
  for (const other of [audit, model]) {
    if (other.proofs !== data.proofs)
      differ(
        `The data set may be opened in ${data.proofs} proofs, the ${WORDS[other.kind]} in ${other.proofs}.`,
        `Commit to the ${WORDS[other.kind]} again with --proofs ${data.proofs}.`,
        `--${other.kind}`,
      );
  }
  const formOf = ({ form }: KeptTraining): string => JSON.stringify(form);
  if (formOf(audit) !== formOf(data))
    differ(
      'Data set and audit set have other columns or scales.',
      'Commit to both with the same columns and --scale.',
      '--audit',
    );
  if (model.form[0] !== data.form.length)
    differ(
      `The model reads ${model.form[0]} numbers, and a sample has ${data.form.length}.`,
      `Commit to a model with --widths ${data.form.length},…`,
      '--model',
    );
  return { data, audit, model };
};

/** What an option names; null for the only one there is. */
const named = (values: Values, name: 'data' | 'audit' | 'model'): string | null => {
  const given = values[name];
  return typeof given === 'string' ? given : null;
};

const settingIn = ({ data, audit, model }: Kept, values: Values): TrainingSetting => {
  const batches = data.tensors.length / 2;
  const steps = wholeIn(values, 'steps', { least: 1, most: MOST_STEPS, otherwise: batches });
  return {
    shape: {
      widths: model.form as readonly number[],
      batch: data.tensors[0]!.shape[0]!,
      rateBits: rateBitsIn(values),
      momentum32nds: momentumIn(values),
    },
    batches,
    steps,
    openings: data.proofs,
    audit: {
      samples: audit.tensors[0]!.shape[0]!,
      positive: wholeIn(values, 'positive', { least: 0, most: MOST_CLASS, otherwise: 1 }),
    },
    parityPpm: parityIn(values),
  };
};

/** The run of these commitments, which have to give the roots that they are kept under. */
const settle = async (kept: Kept, setting: TrainingSetting, training: TrainingModule): Promise<TrainingRun> => {
  const planned = await training.planTraining(setting);
  if (!planned.ok) return fail(planned.problem);
  const { data, audit, model } = kept;
  const [x, group] = audit.tensors as [Tensor, Tensor];
  const batches = Array.from({ length: setting.batches }, (_, i) => ({
    x: data.tensors[2 * i]!,
    labels: data.tensors[2 * i + 1]!,
  }));
  const secret = { dataSet: bytesOf(data.seed), auditSet: bytesOf(audit.seed), model: bytesOf(model.seed) };
  const run = await training.settleTraining(
    planned.value,
    { states: model.tensors, batches, audit: { x, group } },
    secret,
  );
  if (!run.ok) return fail(run.problem);
  const { roots } = run.value;
  const made = { data: training.dataSetRoot(roots.batches), audit: roots.auditSet, model: roots.model };
  for (const each of Object.values(kept)) {
    const root = hex(made[each.kind as keyof Kept]);
    if (root !== each.root)
      fail({
        code: 'proof.other',
        message: `What is kept of the ${WORDS[each.kind as keyof Kept]} gives the root ${root}, not ${each.root}.`,
        next: 'Restore training/ from a backup, or commit again: it gets another root.',
        field: each.kind,
      });
  }
  return run.value;
};

export type Begun = {
  readonly kept: Kept;
  readonly run: TrainingRun;
  readonly target: string;
  readonly from: TrainingProgress | null;
};

/** Finds what the options name, or what a file that was left names; nothing is written. */
export const begin = async (values: Values, { home, cwd }: Context, training: TrainingModule): Promise<Begun> => {
  if (typeof values.resume !== 'string') {
    const find = (kind: 'data' | 'audit' | 'model') => findTraining(home, kind, named(values, kind));
    const kept = fitting({ data: await find('data'), audit: await find('audit'), model: await find('model') });
    const target = resolve(
      cwd,
      typeof values.out === 'string' ? values.out : `${kept.data.root.slice(0, 12)}.training`,
    );
    return { kept, run: await settle(kept, settingIn(kept, values), training), target, from: null };
  }
  const odd = SETTLED.find((name) => values[name] !== undefined);
  if (odd !== undefined)
    throw new UsageError(`--${odd} was settled when the file was begun.`, `Leave --${odd} out.`, `--${odd}`);
  const target = resolve(cwd, values.resume);
  const progress = await training.trainingProgress(streamOf(target));
  if (!progress.ok) return fail(progress.problem);
  const { roots } = progress.value;
  const kept = {
    data: await findTraining(home, 'data', hex(training.dataSetRoot(roots.batches))),
    audit: await findTraining(home, 'audit', hex(roots.auditSet)),
    model: await findTraining(home, 'model', hex(roots.model)),
  };
  return { kept, run: await settle(kept, progress.value.training.setting, training), target, from: progress.value };
};
