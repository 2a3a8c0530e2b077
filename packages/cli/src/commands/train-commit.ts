/** `surety train commit`: the root of a data set, an audit set or a first model, to be agreed on before training. */
import { resolve } from 'node:path';
import type { NumberTable, SampleOptions, Samples, Scale } from '@surety/sdk/training';
import { fail } from '../local/fail.ts';
import { logRoots } from '../local/logged.ts';
import { readArrays, readText } from '../local/model-files.ts';
import { ARTICLES, type KeptTraining, KINDS, type Kind, keepTraining, WORDS } from '../local/training.ts';
import { number } from '../model-report.ts';
import { UsageError } from '../refusal.ts';
import type { Context, Run, Values } from '../table.ts';
import { wholeIn, widthsIn } from '../training-options.ts';

type Training = typeof import('@surety/sdk/training');

const PROOFS = 16;
const BATCH = 32;

/** Options that are for some kinds only. */
const FOR: Readonly<Record<string, readonly Kind[]>> = {
  label: ['data', 'audit'],
  group: ['data', 'audit'],
  scale: ['data', 'audit'],
  batch: ['data'],
  widths: ['model'],
};

/** `income=0:200000`, or `0:1` for every column that is not named. */
const scalesIn = (given: string | boolean | undefined): ReadonlyMap<string, Scale> => {
  const scales = new Map<string, Scale>();
  for (const each of typeof given === 'string' ? given.split('\n') : []) {
    const match = /^(?:(.+)=)?(-?[\d.e+-]+):(-?[\d.e+-]+)$/.exec(each);
    const [low, high] = [Number(match?.[2]), Number(match?.[3])];
    if (match === null || !(low < high))
      throw new UsageError(
        `--scale ${each} is no scale.`,
        'Write --scale COLUMN=LOW:HIGH, or --scale LOW:HIGH.',
        '--scale',
      );
    scales.set(match[1] ?? '', { low, high });
  }
  return scales;
};

const tableIn = async (file: string, { cwd }: Context, training: Training): Promise<NumberTable> => {
  const table = /\.npz$/i.test(file)
    ? training.tableOfArrays(await readArrays(file, cwd, 'samples'))
    : training.readCsv(readText(file, cwd, 'The table'));
  return table.ok ? table.value : fail({ ...table.problem, message: `${file}: ${table.problem.message}` });
};

const samplesIn = async (file: string, values: Values, context: Context, training: Training): Promise<Samples> => {
  const { label, group, scale } = values;
  const options: SampleOptions = {
    scales: scalesIn(scale),
    ...(typeof label === 'string' ? { label } : {}),
    ...(typeof group === 'string' ? { group } : {}),
  };
  const samples = training.samplesOf(await tableIn(file, context, training), options);
  return samples.ok ? samples.value : fail({ ...samples.problem, message: `${file}: ${samples.problem.message}` });
};

type Made = Pick<KeptTraining, 'root' | 'form' | 'tensors'> & {
  /** What it is, in words. */
  readonly words: string;
  readonly clamped: number;
  readonly leftOut: number;
};

type Options = { readonly openings: number; readonly seed: Uint8Array };

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const commitData = async (samples: Samples, batch: number, options: Options, training: Training): Promise<Made> => {
  const batches = training.batchesOf(samples, batch);
  if (!batches.ok) return fail(batches.problem);
  const made = await training.commitDataSet(batches.value, options);
  if (!made.ok) return fail(made.problem);
  const count = batches.value.length;
  return {
    root: hex(made.value.root),
    form: samples.columns,
    tensors: batches.value.flatMap(({ x, labels }) => [x, labels]),
    words: `${number(count * batch)} samples of ${samples.columns.length} numbers, in ${count} batches of ${batch}`,
    clamped: samples.clamped,
    leftOut: samples.rows - count * batch,
  };
};

const commitAudit = async (samples: Samples, options: Options, training: Training): Promise<Made> => {
  const audit = training.auditOf(samples);
  if (!audit.ok) return fail(audit.problem);
  const made = await training.commitAuditSet(audit.value, options);
  if (!made.ok) return fail(made.problem);
  const { x, group } = audit.value;
  const ones = Array.from(group.values).filter((each) => each === 1).length;
  return {
    root: hex(made.value),
    form: samples.columns,
    tensors: [x, group],
    words: `${number(samples.rows)} samples of ${samples.columns.length} numbers, ${samples.rows - ones} of group 0 and ${ones} of group 1`,
    clamped: samples.clamped,
    leftOut: 0,
  };
};

const commitModel = async (widths: readonly number[], options: Options, training: Training): Promise<Made> => {
  const step = training.trainingStep({ widths, batch: 1, rateBits: 0, momentum32nds: 0, provable: true });
  if (!step.ok) return fail(step.problem);
  const states = training.drawStates(step.value, (count) => {
    const bytes = new Uint8Array(4 * count);
    for (let at = 0; at < bytes.length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
    return new Uint32Array(bytes.buffer);
  });
  const made = await training.commitFirstModel(states, options);
  if (!made.ok) return fail(made.problem);
  const words = `weights drawn at random, ${widths.join(' → ')}`;
  return { root: hex(made.value), form: widths, tensors: states, words, clamped: 0, leftOut: 0 };
};

export const run: Run = async ({ args: [word = '', file], values, context }) => {
  const { out, home } = context;
  const kind = KINDS.find((each) => each === word);
  const usage = 'Write "surety train commit data FILE", "… audit FILE" or "… model --widths 8,16,2".';
  if (kind === undefined || (kind === 'model') !== (file === undefined))
    throw new UsageError(
      kind === undefined
        ? `"${word}" is nothing to commit to.`
        : `The ${WORDS[kind]} is ${kind === 'model' ? 'drawn here, and comes from no file' : 'read from one file'}.`,
      usage,
    );
  const odd = Object.entries(FOR).find(([name, kinds]) => values[name] !== undefined && !kinds.includes(kind));
  if (odd !== undefined)
    throw new UsageError(
      `--${odd[0]} is not for ${ARTICLES[kind]} ${WORDS[kind]}.`,
      `Leave --${odd[0]} out.`,
      `--${odd[0]}`,
    );
  const training = await import('@surety/sdk/training');
  const { least, most } = training.OPENINGS;
  const openings = wholeIn(values, 'proofs', { least, most, otherwise: PROOFS });
  const seed = crypto.getRandomValues(new Uint8Array(32));
  const options = { openings, seed };
  const samples = file === undefined ? null : await samplesIn(file, values, context, training);
  const batch = wholeIn(values, 'batch', { least: 1, most: 1_024, otherwise: BATCH });
  if (!Number.isInteger(Math.log2(batch)))
    throw new UsageError(`--batch cannot be ${batch}.`, 'Give a power of two: 1, 2, 4 … 1024.', '--batch');
  const made =
    samples === null
      ? await commitModel(widthsIn(values), options, training)
      : kind === 'data'
        ? await commitData(samples, batch, options, training)
        : await commitAudit(samples, options, training);
  const { root, form, tensors, words, clamped, leftOut } = made;
  const kept = await keepTraining(home, { kind, root, seed: hex(seed), proofs: openings, form, tensors });
  const entry = values.log === true ? (await logRoots(context, [root])).entries[0]! : null;
  if (out.json) {
    out.data({ kind, root, proofs: openings, form, clamped, leftOut, kept: resolve(kept), logged: entry });
    return 0;
  }
  const { bold, dim, green, yellow } = out.style;
  out.line(`${green('✔')} Committed to ${ARTICLES[kind]} ${WORDS[kind]}: ${words}`);
  out.line(`  root  ${bold(root)}`);
  if (leftOut > 0) out.line(yellow(`  The last ${leftOut} rows fill no batch and are left out.`));
  if (clamped > 0) out.line(yellow(`  ${number(clamped)} numbers lay beyond their scale and were set to its end.`));
  if (entry !== null) out.line(`  In the log of this node, at place ${entry.index}`);
  const publish =
    entry === null ? ' Publish the root before training, or enter it in the log of a node with --log.' : '';
  out.line(dim(`  Up to ${openings} proofs may open it.${publish}`));
  out.line(yellow(`  ${kept}`));
  out.line(yellow('  holds a copy of it and the seed that hides it: back it up, and give it to nobody.'));
  return 0;
};
