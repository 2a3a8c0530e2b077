/**
 * Architectures by what claims about their proofs name as the program (spec 20.6): derived here from files of architectures and of
 * whole programs, and from what nodes publish (20.10), and never taken from somebody's word.
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '@surety/core';
import { bytesSource, readProgram } from '@surety/programs';
import {
  type Architecture,
  type ClaimHides,
  chainRoute,
  commit,
  decodeArchitecture,
  encodeArchitecture,
  type PublishedArchitecture,
  readPublishedArchitecture,
  type StepProgram,
  stepProgram,
} from '@surety/proofs/zk';
import { writePrivateFile } from '../../keys.ts';
import { namesIn } from '../holdings.ts';
import { download, keepNewest } from './download.ts';
import { turns } from './pause.ts';

export const ARCHITECTURE_ENDING = '.architecture';

/** Largest file of an architecture, and of a program, that is read. */
const MAX_ARCHITECTURE_BYTES = 2 ** 26;
const MAX_PROGRAM_BYTES = 2 ** 30;
/** Verifiers in steps that lie in memory at a time. */
const MOST_OPEN = 2;

export type Architectures = {
  /**
   * The verifier in steps that a claim names as its program, from what is held here, or else published by a node: `null` where
   * neither gives it.
   */
  readonly steps: (id: string, signal?: AbortSignal) => Promise<StepProgram | null>;
  /** What proofs hide of which a claim names this as its program; `null` where the architecture is not held. */
  readonly hides: (id: string) => Promise<ClaimHides | null>;
};

export type ArchitecturesOptions = {
  /** Folders of `*.architecture` files. */
  readonly folders: readonly string[];
  /** Files of programs, whose architectures are derived. */
  readonly programs: () => readonly string[];
  /** One of the folders: where what nodes publish is kept. */
  readonly fetched: string;
  /** Nodes that may have published architectures. */
  readonly urls: readonly string[];
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

/** An architecture has one verifier for inputs that are shown, and one for hidden ones. */
type Form = { readonly file: string; readonly hideInput: boolean };

type Derived = { readonly id: string; readonly steps: StepProgram; readonly hides: ClaimHides };

/** What a form was when it was last seen; without a verifier in steps the rest is `null`. */
type Seen = { readonly stamp: string | null; readonly id: string | null; readonly hides: ClaimHides | null };

/** Reads each file once, while both its forms are tried one after the other. */
const reader = () => {
  let read: { readonly file: string; readonly architecture: Architecture | null } | null = null;
  return async ({ file, hideInput }: Form): Promise<Derived | null> => {
    if (read?.file !== file) read = { file, architecture: await load(file) };
    const { architecture } = read;
    const steps = architecture === null ? null : await stepProgram(architecture, { hideInput, pause: turns() });
    if (architecture === null || !steps?.ok) return null;
    const hides = { proofs: architecture.proofs, input: hideInput };
    return { id: toHex(steps.value.id), steps: steps.value, hides };
  };
};

/** Milliseconds before nodes are asked again for what they had not. */
const ASK_AGAIN_MS = 60_000;

/** An architecture that a node publishes under an id, and its verifier; `null` where that is none of this id. */
const published = async (url: string, id: string, signal: AbortSignal): Promise<PublishedArchitecture | null> => {
  const file = await download(`${url}/v1/architectures/${id}`, MAX_ARCHITECTURE_BYTES, signal);
  if (file === null || file === 'too-large') return null;
  const read = readPublishedArchitecture(file);
  if (!read.ok) return null;
  const { architecture, hideInput } = read.value;
  const steps = await stepProgram(architecture, { hideInput, pause: turns() });
  return steps.ok && toHex(steps.value.id) === id ? read.value : null;
};

export const createArchitectures = ({ folders, programs, fetched, urls }: ArchitecturesOptions): Architectures => {
  const asked = new Map<string, number>();
  const seen = new Map<string, Seen>();
  const open = new Map<string, StepProgram>();

  const remember = (id: string, steps: StepProgram): void => {
    open.delete(id);
    open.set(id, steps);
    if (open.size > MOST_OPEN) open.delete(open.keys().next().value!);
  };

  const look = async (form: Form, derive: ReturnType<typeof reader>): Promise<Seen> => {
    const key = `${form.file} ${form.hideInput}`;
    const stamp = stampOf(form.file);
    const known = seen.get(key);
    if (known?.stamp === stamp) return known;
    const derived = await derive(form);
    if (derived !== null) remember(derived.id, derived.steps);
    const now = { stamp, id: derived?.id ?? null, hides: derived?.hides ?? null };
    seen.set(key, now);
    return now;
  };

  /** What may be the one of an id: the file that is named after it first. */
  const candidates = (id: string): readonly Form[] => {
    const files = folders.flatMap((folder) =>
      namesIn(folder)
        .filter((name) => name.endsWith(ARCHITECTURE_ENDING))
        .map((name) => join(folder, name)),
    );
    const isNamed = (file: string): boolean => file.endsWith(`${id}${ARCHITECTURE_ENDING}`);
    return [...files.filter(isNamed), ...files.filter((file) => !isNamed(file)), ...programs()].flatMap((file) =>
      [false, true].map((hideInput) => ({ file, hideInput })),
    );
  };

  const held = async (id: string): Promise<StepProgram | null> => {
    const derive = reader();
    for (const form of candidates(id)) {
      if ((await look(form, derive)).id !== id) continue;
      const known = open.get(id);
      if (known !== undefined) return known;
      const made = await derive(form);
      if (made?.id !== id) continue;
      remember(id, made.steps);
      return made.steps;
    }
    return null;
  };

  /** Whether a node has published it: it is then among the files. */
  const fetchedHere = async (id: string, signal: AbortSignal): Promise<boolean> => {
    if (performance.now() < (asked.get(id) ?? 0)) return false;
    for (const url of urls) {
      const found = await published(url, id, signal);
      if (found === null) continue;
      writePrivateFile(join(fetched, `${id}${ARCHITECTURE_ENDING}`), encodeArchitecture(found.architecture));
      keepNewest(fetched);
      return true;
    }
    asked.set(id, performance.now() + ASK_AGAIN_MS);
    return false;
  };

  return {
    steps: async (id, signal = new AbortController().signal) =>
      (await held(id)) ?? ((await fetchedHere(id, signal)) ? held(id) : null),
    hides: async (id) => {
      const derive = reader();
      for (const form of candidates(id)) {
        const found = await look(form, derive);
        if (found.id === id) return found.hides;
      }
      return null;
    },
  };
};
