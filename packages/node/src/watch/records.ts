/**
 * Own claims on disk, one file each, written before the claim is sent: with the program and the input beside them they are
 * all that is needed to defend it.
 */
import { constants, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writePrivateFile } from '../keys.ts';
import { createHoldings, type Holdings, PROGRAM_ENDING } from './holdings.ts';

export type ClaimRecord = {
  readonly claimId: string;
  readonly chainId: number;
  readonly arbiter: string;
  /** P of the program, and how often it is run; `null` for once. */
  readonly program: string;
  readonly steps: number | null;
  readonly input: string;
  /** What the claim names as its program, lower-case hex: of one about a proof another id than P. */
  readonly claimed: string;
};

const folderOf = (home: string): string => join(home, 'claims');

export const recordFile = (home: string, claimId: string): string => join(folderOf(home), `${claimId}.json`);

export const keepRecord = (home: string, record: ClaimRecord): void =>
  writePrivateFile(recordFile(home, record.claimId), `${JSON.stringify(record, null, 2)}\n`);

const readJson = (file: string): Readonly<Record<string, unknown>> => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
};

/** The `.json` files of a folder, which need not exist. */
export const jsonFiles = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => join(folder, name))
    : [];

/** How often iterated programs of own claims are run: what their ids alone do not tell. */
export const recordedSteps = (home: string): readonly number[] =>
  jsonFiles(folderOf(home)).flatMap((file) => {
    const { steps } = readJson(file);
    return typeof steps === 'number' ? [steps] : [];
  });

/** P of the programs that own claims name otherwise. */
export const recordedPrograms = (home: string): ReadonlyMap<string, string> =>
  new Map(
    jsonFiles(folderOf(home)).flatMap((file) => {
      const { claimed, program } = readJson(file);
      return typeof claimed === 'string' && typeof program === 'string' ? [[claimed, program] as const] : [];
    }),
  );

/** Copies a program to where a claim about it finds it, whatever becomes of its file. */
export const keepProgram = (home: string, id: string, file: string): void => {
  const folder = join(folderOf(home), 'programs');
  const kept = join(folder, `${id}${PROGRAM_ENDING}`);
  if (existsSync(kept)) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  copyFileSync(file, `${kept}.new`, constants.COPYFILE_FICLONE);
  renameSync(`${kept}.new`, kept);
};

/** Program files that were imported in a home folder, wherever they lie. */
const importedFiles = (home: string): readonly string[] =>
  jsonFiles(join(home, 'models')).flatMap((name) => {
    const { file } = readJson(name);
    return typeof file === 'string' ? [file] : [];
  });

/** Names of programs that were imported in a home folder, by id: those of their files, which nobody vouches for. */
export const importedNames = (home: string): ReadonlyMap<string, string> =>
  new Map(
    jsonFiles(join(home, 'models')).flatMap((name) => {
      const { id, file } = readJson(name);
      return typeof id === 'string' && typeof file === 'string' ? [[id, basename(file, PROGRAM_ENDING)] as const] : [];
    }),
  );

/** What a home folder holds: programs imported there and those of own claims, and those of further folders. */
export const holdingsOf = (home: string, programs: readonly string[] = []): Promise<Holdings> =>
  createHoldings({
    programs: [join(folderOf(home), 'programs'), ...programs],
    files: () => importedFiles(home),
    inputs: join(folderOf(home), 'inputs'),
  });
