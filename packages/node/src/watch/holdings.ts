/**
 * What a watcher holds: programs and inputs on disk, each found by the id that its own bytes give. Nothing is believed
 * because of its name, and only a few lie in memory at a time.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '@surety/core';
import {
  bytesSource,
  type CheckedProgram,
  type Commitment,
  commitProgram,
  createHasher,
  type HashChunks,
  iteratedId,
  listRoot,
  readProgram,
  readTensors,
  type Tensor,
  writeTensors,
} from '@surety/programs';

export const PROGRAM_ENDING = '.program';

/** Largest program file, and largest file of an input, that is read. */
const MAX_BYTES = 2 ** 30;
/** Programs that lie in memory at a time. */
const MOST_OPEN = 4;

export type HeldProgram = { readonly program: CheckedProgram; readonly commitment: Commitment };

/** A program of a claim: a plain one, or one run `steps` times. */
export type FoundProgram = HeldProgram & { readonly file: string; readonly steps: number | null };

export type Holdings = {
  /**
   * The program of an id, lower-case hex.
   * @param steps how often an iterated program may run, as whoever made the claim says; its id shows whether that is so
   */
  readonly program: (id: string, steps: readonly number[]) => FoundProgram | null;
  /** The input of an id. */
  readonly input: (id: string) => readonly Tensor[] | null;
  /** Keeps an input for later; returns its id. */
  readonly keepInput: (tensors: readonly Tensor[]) => string;
  /** Files that may be programs. */
  readonly programFiles: () => readonly string[];
};

export type HoldingsOptions = {
  /** Folders of `*.program` files. */
  readonly programs: readonly string[];
  /** Single program files. */
  readonly files: () => readonly string[];
  /** Folder of inputs. */
  readonly inputs: string;
};

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

const stampOf = (file: string): string => {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.size} ${found.mtimeMs} ${found.ino}`;
};

/** Names of the files of a folder, which need not exist. */
export const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);

export const createHoldings = async ({ programs, files, inputs }: HoldingsOptions): Promise<Holdings> => {
  const hash: HashChunks = await createHasher();
  /** Ids of files as they were last seen; `null` for what is no program. */
  const ids = new Map<string, { readonly stamp: string; readonly id: string | null }>();
  const open = new Map<string, HeldProgram>();

  const load = (file: string): HeldProgram | null => {
    if (sizeOf(file) === 0 || sizeOf(file) > MAX_BYTES) return null;
    const program = readProgram(bytesSource(new Uint8Array(readFileSync(file))));
    return program.ok ? { program: program.value, commitment: commitProgram(program.value, hash) } : null;
  };

  const remember = (id: string, held: HeldProgram): void => {
    open.delete(id);
    open.set(id, held);
    if (open.size > MOST_OPEN) open.delete(open.keys().next().value!);
  };

  const idOf = (file: string): string | null => {
    const stamp = stampOf(file);
    const known = ids.get(file);
    if (known?.stamp === stamp) return known.id;
    const held = load(file);
    const id = held === null ? null : toHex(held.commitment.id);
    ids.set(file, { stamp, id });
    if (held !== null && id !== null) remember(id, held);
    return id;
  };

  const allFiles = (): readonly string[] => [
    ...programs.flatMap((folder) =>
      namesIn(folder)
        .filter((name) => name.endsWith(PROGRAM_ENDING))
        .map((name) => join(folder, name)),
    ),
    ...files(),
  ];

  /** The program of a file whose id is known to be this one. */
  const held = (file: string, id: string): HeldProgram | null => {
    const known = open.get(id) ?? load(file);
    if (known === null || toHex(known.commitment.id) !== id) return null;
    remember(id, known);
    return known;
  };

  return {
    programFiles: allFiles,
    program: (wanted, steps) => {
      for (const file of allFiles()) {
        const id = idOf(file);
        if (id === null) continue;
        const times = id === wanted ? null : steps.find((n) => toHex(iteratedId(Buffer.from(id, 'hex'), n)) === wanted);
        if (times === undefined) continue;
        const found = held(file, id);
        if (found !== null) return { ...found, file, steps: times };
      }
      return null;
    },
    input: (id) => {
      const file = join(inputs, `${id}.json`);
      if (sizeOf(file) === 0 || sizeOf(file) > MAX_BYTES) return null;
      const tensors = readTensors(readFileSync(file, 'utf8'));
      return tensors.ok && toHex(listRoot(tensors.value, hash)) === id ? tensors.value : null;
    },
    keepInput: (tensors) => {
      const id = toHex(listRoot(tensors, hash));
      const file = join(inputs, `${id}.json`);
      if (!existsSync(file)) {
        mkdirSync(inputs, { recursive: true, mode: 0o700 });
        const scratch = `${file}.${process.pid}.new`;
        writeFileSync(scratch, writeTensors(tensors), { mode: 0o600 });
        renameSync(scratch, file);
      }
      return id;
    },
  };
};
