/**
 * What was committed to for a training: one file each in the home folder with the seed and a copy of what it is to, and beside
 * it one file for each run that opens it, written before the run begins. A run that is gone on with, or made again, gives the
 * same proofs, and counts once.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Column, Tensor } from '@surety/sdk/training';
import { UsageError } from '../refusal.ts';
import { fail } from './fail.ts';
import { readBytes, writeFile } from './files.ts';

export const KINDS = ['data', 'audit', 'model'] as const;
export type Kind = (typeof KINDS)[number];

/** What people call them. */
export const WORDS: Readonly<Record<Kind, string>> = { data: 'data set', audit: 'audit set', model: 'first model' };
export const ARTICLES: Readonly<Record<Kind, string>> = { data: 'a', audit: 'an', model: 'a' };

export type KeptTraining = {
  readonly kind: Kind;
  /** Hex, as the next two. */
  readonly root: string;
  /** Whoever has it and a proof can learn the data. */
  readonly seed: string;
  /** Proofs that may open each of its matrices. */
  readonly proofs: number;
  /** What a sample is made of; of a first model its widths. */
  readonly form: readonly Column[] | readonly number[];
  /** Of a data set x and labels of each batch; x and group of an audit set; states of a model. */
  readonly tensors: readonly Tensor[];
};

const MAX_BYTES = 2 ** 28;

const folder = (home: string): string => join(home, 'training');

const nameOf = (kind: Kind, root: string): string => `${kind}-${root}`;

const fileOf = (home: string, kind: Kind, root: string): string => join(folder(home), `${nameOf(kind, root)}.json`);

export const keepTraining = async (home: string, { tensors, ...kept }: KeptTraining): Promise<string> => {
  const { writeTensors } = await import('@surety/sdk/training');
  const file = fileOf(home, kept.kind, kept.root);
  const written = JSON.parse(writeTensors(tensors)) as { readonly tensors: unknown };
  writeFile(file, `${JSON.stringify({ ...kept, ...written })}\n`, { secret: true });
  return file;
};

const HEX = /^[0-9a-f]{64}$/;

const isKept = (value: unknown, kind: Kind, root: string): value is Omit<KeptTraining, 'tensors'> => {
  const { seed, proofs, form, ...rest } = (value ?? {}) as Partial<KeptTraining>;
  const named = rest.kind === kind && rest.root === root;
  return named && typeof seed === 'string' && HEX.test(seed) && Number.isSafeInteger(proofs) && Array.isArray(form);
};

const read = async (home: string, kind: Kind, root: string): Promise<KeptTraining> => {
  const file = fileOf(home, kind, root);
  const text = new TextDecoder().decode(readBytes(file, { what: 'The commitment', maxBytes: MAX_BYTES }));
  const { readTensors } = await import('@surety/sdk/training');
  const tensors = readTensors(text);
  const kept: unknown = tensors.ok ? JSON.parse(text) : null;
  if (tensors.ok && isKept(kept, kind, root)) return { ...kept, tensors: tensors.value };
  return fail({
    code: 'cli.file-unreadable',
    message: `${file} does not hold a commitment for training.`,
    next: 'Restore training/ from a backup, or commit again with "surety train commit": it gets another root.',
    field: file,
  });
};

const rootsOf = (home: string, kind: Kind): readonly string[] =>
  (existsSync(folder(home)) ? readdirSync(folder(home)) : [])
    .filter((name) => name.startsWith(`${kind}-`) && name.endsWith('.json'))
    .map((name) => name.slice(kind.length + 1, -'.json'.length));

/** The commitment of a kind whose root begins so, or the only one there is. */
export const findTraining = async (home: string, kind: Kind, start: string | null): Promise<KeptTraining> => {
  if (start !== null && !/^[0-9a-f]{6,64}$/.test(start))
    throw new UsageError(
      `--${kind} ${start} is no root.`,
      'Give its 64 hex digits, or the first 6 or more.',
      `--${kind}`,
    );
  const found = rootsOf(home, kind).filter((root) => root.startsWith(start ?? ''));
  const [only] = found;
  if (only !== undefined && found.length === 1) return read(home, kind, only);
  const which = start === null ? '' : ` whose root begins with ${start}`;
  const message =
    found.length === 0
      ? `No ${WORDS[kind]}${which} was committed to here.`
      : `There is more than one ${WORDS[kind]}${which}: ${found.map((root) => root.slice(0, 12)).join(', ')}.`;
  const next =
    found.length === 0
      ? `Commit to it with "surety train commit ${kind}", or restore training/ of the folder that did.`
      : `Say which with --${kind} ROOT.`;
  return fail({ code: 'cli.file-unreadable', message, next, field: `--${kind}` });
};

const runsOf = (home: string, { kind, root }: Pick<KeptTraining, 'kind' | 'root'>): string =>
  join(folder(home), nameOf(kind, root));

/** Proofs that runs so far make of it. */
const openedIn = (home: string, kept: KeptTraining): number => {
  const runs = readdirSync(runsOf(home, kept)).filter((name) => !name.endsWith('.new'));
  return runs.reduce((sum, run) => sum + Number(readFileSync(join(runsOf(home, kept), run), 'utf8')), 0);
};

/**
 * Takes what a run opens out of what a commitment hides; nothing more for a run that took it before.
 * @param run hex
 */
export const takeOpenings = (home: string, kept: KeptTraining, run: string, openings: number): void => {
  const { kind, root, proofs } = kept;
  const file = join(runsOf(home, kept), run);
  if (existsSync(file)) return;
  writeFile(file, `${openings}\n`, { secret: true });
  const opened = openedIn(home, kept);
  if (opened <= proofs) return;
  rmSync(file);
  fail({
    code: 'proof.used-up',
    message: `This run makes ${openings} proofs of the ${WORDS[kind]} ${root.slice(0, 12)}…, which hides in ${proofs}; earlier runs made ${opened - openings}.`,
    next: `Take fewer steps, or commit to it again with "surety train commit ${kind} … --proofs N": it gets another root.`,
    field: kind,
    value: `${opened}`,
    limit: `${proofs}`,
  });
};
