/** Files of models: opened with problems that name them, and programs found again by the first characters of their id. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { NumericArray, OpenProgram, RunInputs } from '@surety/sdk/model-files';
import { UsageError } from '../refusal.ts';
import type { Context } from '../table.ts';
import { fail } from './fail.ts';
import { readBytes, unreadable, writeFile } from './files.ts';

/** Samples are packed numbers; what they unpack to is bounded by their reader. */
const MAX_SAMPLE_BYTES = 2 ** 30;

/** The arrays of an `.npz` file. */
export const readArrays = async (
  file: string,
  cwd: string,
  field: string,
): Promise<ReadonlyMap<string, NumericArray>> => {
  const { readNpz } = await import('@surety/sdk/model-files');
  const bytes = readBytes(file === '-' ? file : resolve(cwd, file), {
    what: 'The sample file',
    maxBytes: MAX_SAMPLE_BYTES,
  });
  const arrays = readNpz(bytes, field);
  return arrays.ok ? arrays.value : fail(arrays.problem);
};

const MAX_TEXT_BYTES = 2 ** 28;

/** The text of a small file, such as a key. */
export const readText = (file: string, cwd: string, what: string): string =>
  new TextDecoder().decode(readBytes(file === '-' ? file : resolve(cwd, file), { what, maxBytes: MAX_TEXT_BYTES }));

/** The JSON of a file of numbers. */
export const readJson = (file: string, cwd: string): unknown => {
  const text = readText(file, cwd, 'The input');
  try {
    return JSON.parse(text);
  } catch (error) {
    return fail({
      code: 'input.malformed',
      message: `${file} is no JSON: ${error instanceof Error ? error.message : ''}.`,
      next: 'Write {"NAME": [numbers], …}. NaN and infinities are no JSON.',
      field: file,
    });
  }
};

/** Runs what opens files by itself, and says which one could not be opened. */
export const withFile = async <T>(file: string, what: string, work: () => T | Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
    if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) throw unreadable(what, path ?? file, error);
    throw error;
  }
};

const folder = (home: string): string => join(home, 'models');

/** Remembers where a program lies, so that its id finds it. */
export const remember = (home: string, id: string, file: string): void =>
  writeFile(join(folder(home), `${id}.json`), `${JSON.stringify({ id, file })}\n`);

const isId = (text: string): boolean => /^[0-9a-f]{6,64}$/.test(text);

/** The file of an id, or of its first characters, among those imported here. */
const fileOf = (home: string, start: string): string => {
  const all = existsSync(folder(home)) ? readdirSync(folder(home)) : [];
  const found = all.filter((name) => name.startsWith(start) && name.endsWith('.json'));
  const [only] = found;
  if (found.length === 1 && only !== undefined) {
    return (JSON.parse(readFileSync(join(folder(home), only), 'utf8')) as { file: string }).file;
  }
  return fail({
    code: 'cli.file-unreadable',
    message:
      found.length === 0
        ? `${start} is no file, and no program with such an id was imported here.`
        : `${found.length} programs that were imported here have ids that start with ${start}.`,
    next: found.length === 0 ? 'Name the program file, or import the model again.' : 'Give more characters of the id.',
    field: start,
  });
};

/** Opens the program of a path or of an id; that a file still is the program of its id is checked. */
export const openModel = async (
  word: string,
  { cwd, home }: Context,
): Promise<OpenProgram & { readonly file: string }> => {
  const { openProgram } = await import('@surety/sdk/model-files');
  const path = resolve(cwd, word);
  const byId = !existsSync(path) && isId(word);
  const file = byId ? fileOf(home, word) : path;
  const opened = await withFile(file, 'The program', () => openProgram(file));
  if (!opened.ok) return fail(opened.problem);
  if (!byId || opened.value.id.startsWith(word)) return { ...opened.value, file };
  opened.value.close();
  return fail({
    code: 'cli.file-unreadable',
    message: `${file} is no longer the program ${word}: its id is ${opened.value.id}.`,
    next: 'Import the model again, or name the file.',
    field: word,
  });
};

/** `NAME=VALUE` options by name. */
export const pairs = (option: string, text: string | boolean | undefined): readonly (readonly [string, string])[] =>
  typeof text !== 'string'
    ? []
    : text.split('\n').map((each) => {
        const at = each.lastIndexOf('=');
        if (at > 0 && at < each.length - 1) return [each.slice(0, at), each.slice(at + 1)] as const;
        throw new UsageError(`--${option} ${each} is no NAME=VALUE.`, `Write --${option} NAME=VALUE.`, `--${option}`);
      });

/** `model.onnx` as `model.program`. */
export const programName = (file: string): string => `${basename(file).replace(/\.onnx$/i, '')}.program`;

/** The inputs of a run, from a file of either form. */
export const inputsOf = async (
  model: { readonly program: Pick<OpenProgram['program'], 'inputs'> },
  file: string,
  { cwd }: Context,
): Promise<readonly RunInputs[]> => {
  const { inputsOfArrays, inputsOfJson } = await import('@surety/sdk/model-files');
  const inputs = /\.npz$/i.test(file)
    ? inputsOfArrays(model.program, await readArrays(file, cwd, 'input'))
    : inputsOfJson(readJson(file, cwd));
  return inputs.ok ? inputs.value : fail(inputs.problem);
};
