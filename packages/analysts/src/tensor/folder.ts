/** Folders of program files (`*.program`) and adapters (`*.adapter.json`), for callers in Node. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EVIDENCE_LIMITS, ok, type Problem, type Result, refuse } from '@surety/core';
import { bytesSource } from '@surety/programs';
import { type Adapter, parseAdapter } from './adapter.ts';
import { HeldPrograms, holdProgram } from './held.ts';
import type { HeldProgram } from './tensor-player.ts';

export const PROGRAM_ENDING = '.program';
export const ADAPTER_ENDING = '.adapter.json';

/** Largest program file that is held: it lies in memory, so that nobody changes it after its id was computed. */
export const MAX_PROGRAM_BYTES = 2 ** 30;

const unreadable = (file: string, why: string): Result<never> =>
  refuse({
    code: 'cli.file-unreadable',
    message: `${file} cannot be read: ${why}.`,
    next: 'Name a file that exists and that you may read.',
    field: file,
  });

const bytesOf = (file: string, maxBytes: number): Result<Uint8Array> => {
  try {
    const { size } = statSync(file);
    if (size <= maxBytes) return ok(new Uint8Array(readFileSync(file)));
    return refuse({
      code: 'input.too-large',
      message: `${file} has ${size} bytes.`,
      next: 'Name a smaller file.',
      field: file,
      value: `${size}`,
      limit: `${maxBytes} bytes`,
    });
  } catch (error) {
    return unreadable(file, error instanceof Error ? error.message : String(error));
  }
};

const inFile = <T>(file: string, result: Result<T>): Result<T> =>
  result.ok ? result : refuse({ ...result.problem, message: `${file}: ${result.problem.message}` });

/** The program of a file, under the id that its bytes give. */
export const readProgramFile = (file: string): Result<HeldProgram> => {
  const bytes = bytesOf(file, MAX_PROGRAM_BYTES);
  return bytes.ok ? inFile(file, holdProgram(bytesSource(bytes.value))) : bytes;
};

/** The adapter of a file. */
export const readAdapterFile = (file: string): Result<Adapter> => {
  const bytes = bytesOf(file, EVIDENCE_LIMITS.adapterBytes);
  if (!bytes.ok) return bytes;
  try {
    return inFile(file, parseAdapter(JSON.parse(new TextDecoder().decode(bytes.value))));
  } catch {
    return refuse({
      code: 'input.malformed',
      message: `${file} is not JSON.`,
      next: 'Give an adapter as spec 06 describes it.',
      field: file,
    });
  }
};

export type Folder = {
  readonly held: HeldPrograms;
  /** Files that hold nothing that can be used, and why: what they may have been is "not held". */
  readonly problems: readonly Problem[];
};

type All<T> = { readonly found: readonly T[]; readonly problems: readonly Problem[] };

/** What the files of one ending hold; only a folder that cannot be read at all is refused. */
const allOf = <T>(folder: string, ending: string, read: (file: string) => Result<T>): Result<All<T>> => {
  let names: readonly string[];
  try {
    names = readdirSync(folder).sort();
  } catch (error) {
    return unreadable(folder, error instanceof Error ? error.message : String(error));
  }
  const results = names.filter((each) => each.endsWith(ending)).map((name) => read(join(folder, name)));
  return ok({
    found: results.flatMap((each) => (each.ok ? [each.value] : [])),
    problems: results.flatMap((each) => (each.ok ? [] : [each.problem])),
  });
};

/** Every program of a folder. */
export const readFolder = (folder: string): Result<Folder> => {
  const all = allOf(folder, PROGRAM_ENDING, readProgramFile);
  if (!all.ok) return all;
  const held = new HeldPrograms();
  for (const program of all.value.found) held.add(program);
  return ok({ held, problems: all.value.problems });
};

/** Every adapter of a folder. */
export const readAdapters = (folder: string): Result<All<Adapter>> => allOf(folder, ADAPTER_ENDING, readAdapterFile);
