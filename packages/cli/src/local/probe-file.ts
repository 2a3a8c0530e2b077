/** Probe sets and signature bundles of this machine, with their ids. */
import { resolve } from 'node:path';
import { ok, type Result, unwrap } from '@surety/sdk/base';
import { type Bytes, MODEL_LIMITS, type ProbeSet, probeSetId, readProbes } from '@surety/sdk/models';
import { readBytes } from './files.ts';

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** A file ready to be stored under its id. */
export type Named = { readonly id: string; readonly file: Bytes };

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
