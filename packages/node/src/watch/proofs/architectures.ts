/**
 * Architectures that a watcher holds, by what claims about their proofs name as the program (spec 20.6): derived here from files
 * of architectures and of whole programs, and never taken from somebody's word.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '@surety/core';
import { bytesSource, readProgram } from '@surety/programs';
import {
  type Architecture,
  chainRoute,
  commit,
  decodeArchitecture,
  type StepProgram,
  stepProgram,
} from '@surety/proofs/zk';
import { namesIn } from '../holdings.ts';

export const ARCHITECTURE_ENDING = '.architecture';

/** Largest file of an architecture, and of a program, that is read. */
const MAX_ARCHITECTURE_BYTES = 2 ** 26;
const MAX_PROGRAM_BYTES = 2 ** 30;
/** Verifiers in steps that lie in memory at a time. */
const MOST_OPEN = 2;

export type Architectures = {
  /** The verifier in steps that a claim names as its program; `null` where its architecture is not held. */
  readonly steps: (id: string) => Promise<StepProgram | null>;
};

export type ArchitecturesOptions = {
  /** Folders of `*.architecture` files. */
  readonly folders: readonly string[];
  /** Files of programs, whose architectures are derived. */
  readonly programs: () => readonly string[];
};

const stampOf = (file: string): string | null => {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.size} ${found.mtimeMs} ${found.ino}`;
};

const isSmaller = (file: string, most: number): boolean => {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return size > 0 && size <= most;
};

/** Nothing of a program is committed to unless a contract has something to say of its proofs. */
const ofProgram = async (file: string): Promise<Architecture | null> => {
  if (!isSmaller(file, MAX_PROGRAM_BYTES)) return null;
  const program = readProgram(bytesSource(new Uint8Array(readFileSync(file))));
  if (!program.ok || !(await chainRoute(program.value)).ok) return null;
  const made = await commit(program.value, { proofs: 0 });
  return made.ok ? made.value.architecture : null;
};

const ofArchitecture = (file: string): Architecture | null => {
  if (!isSmaller(file, MAX_ARCHITECTURE_BYTES)) return null;
  const read = decodeArchitecture(new Uint8Array(readFileSync(file)));
  return read.ok ? read.value : null;
};

const load = async (file: string): Promise<Architecture | null> =>
  file.endsWith(ARCHITECTURE_ENDING) ? ofArchitecture(file) : ofProgram(file);

export const createArchitectures = ({ folders, programs }: ArchitecturesOptions): Architectures => {
  /** Ids of files as they were last seen; `null` for what has no verifier in steps. */
  const seen = new Map<string, { readonly stamp: string | null; readonly id: string | null }>();
  const open = new Map<string, StepProgram>();

  const remember = (id: string, steps: StepProgram): void => {
    open.delete(id);
    open.set(id, steps);
    if (open.size > MOST_OPEN) open.delete(open.keys().next().value!);
  };

  const idOf = async (file: string): Promise<string | null> => {
    const stamp = stampOf(file);
    const known = seen.get(file);
    if (known?.stamp === stamp) return known.id;
    const architecture = await load(file);
    const steps = architecture === null ? null : await stepProgram(architecture);
    const id = steps?.ok ? toHex(steps.value.id) : null;
    if (steps?.ok && id !== null) remember(id, steps.value);
    seen.set(file, { stamp, id });
    return id;
  };

  /** Files that may hold the one of an id: the one that is named after it first. */
  const candidates = (id: string): readonly string[] => {
    const files = folders.flatMap((folder) =>
      namesIn(folder)
        .filter((name) => name.endsWith(ARCHITECTURE_ENDING))
        .map((name) => join(folder, name)),
    );
    const isNamed = (file: string): boolean => file.endsWith(`${id}${ARCHITECTURE_ENDING}`);
    return [...files.filter(isNamed), ...files.filter((file) => !isNamed(file)), ...programs()];
  };

  return {
    steps: async (id) => {
      for (const file of candidates(id)) {
        if ((await idOf(file)) !== id) continue;
        const known = open.get(id);
        if (known !== undefined) return known;
        const architecture = await load(file);
        const made = architecture === null ? null : await stepProgram(architecture);
        if (!made?.ok || toHex(made.value.id) !== id) continue;
        remember(id, made.value);
        return made.value;
      }
      return null;
    },
  };
};
