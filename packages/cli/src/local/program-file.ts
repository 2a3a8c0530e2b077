/** Program, probe and bundle files of this machine, with their ids. */
import { resolve } from 'node:path';
import { ok, type Result, SuretyError, unwrap } from '@surety/sdk/base';
import {
  type Bytes,
  type CheckedProgram,
  commitProgram,
  createHasher,
  type FileSource,
  fileSource,
  MODEL_LIMITS,
  type ProbeSet,
  probeSetId,
  readProbes,
  readProgram,
} from '@surety/sdk/models';
import { readBytes, unreadable } from './files.ts';

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** A file ready to be stored under its id. */
export type Named = { readonly id: string; readonly file: Bytes };

export type ProgramFile = Named & { readonly program: CheckedProgram; readonly close: () => void };

const open = (path: string): FileSource => {
  try {
    return fileSource(path);
  } catch (cause) {
    throw unreadable('The program', path, cause);
  }
};

/**
 * A program in a file; its weights are read where they lie.
 * @throws {SuretyError} `cli.file-unreadable`, `program.*`
 */
export const openProgram = async (file: string, cwd: string): Promise<ProgramFile> => {
  const source = open(resolve(cwd, file));
  try {
    const program = readProgram(source);
    if (!program.ok) throw new SuretyError({ ...program.problem, field: file });
    const { id } = commitProgram(program.value, await createHasher());
    return { id: toHex(id), file: source, program: program.value, close: source.close };
  } catch (error) {
    source.close();
    throw error;
  }
};

const named = (id: string, bytes: Uint8Array): Named => ({
  id,
  file: { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) },
});

/** The probe set in a file. Problems: `input.*`, `probes.malformed`, with the file's name in front. */
const probesIn = (bytes: Uint8Array, file: string): Result<ProbeSet> => {
  const probes = readProbes(bytes);
  return probes.ok
    ? ok(probes.value)
    : { ok: false, problem: { ...probes.problem, message: `${file}: ${probes.problem.message}` } };
};

export const openProbes = (file: string, cwd: string): Named & { readonly probes: ProbeSet } => {
  const bytes = readBytes(resolve(cwd, file), { what: 'The probe set', maxBytes: MODEL_LIMITS.probesBytes });
  const probes = unwrap(probesIn(bytes, file));
  return { ...named(toHex(probeSetId(probes)), bytes), probes };
};

/** A model-signing bundle; it is carried as it is. */
export const openBundle = async (file: string, cwd: string): Promise<Named> => {
  const bytes = readBytes(resolve(cwd, file), { what: 'The signature bundle', maxBytes: MODEL_LIMITS.bundleBytes });
  const { createHash } = await import('node:crypto');
  return named(createHash('sha256').update(bytes).digest('hex'), bytes);
};
