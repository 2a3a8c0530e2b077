/**
 * Secrets of commitments to hidden weights: one file each in the home folder, and beside it one empty file for each proof
 * that was made, written before the proof is, so that neither a crash nor two commands at once make more than it hides. The
 * proof that the weights are of their types lies there too.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Architecture, CommitmentSecret } from '@surety/sdk/proofs';
import { fail } from './fail.ts';
import { markFile, readBytes, writeFile } from './files.ts';

export type KeptCommitment = {
  /** P of the program that it is to. */
  readonly program: string;
  /** Its root, which with the architecture is the identity of the private program. */
  readonly weights: string;
  /** 32 bytes, hex: whoever has them and the proofs can learn the weights. */
  readonly seed: string;
  /** Proofs that it hides the weights in. */
  readonly proofs: number;
  /** Unix milliseconds. */
  readonly madeAt: number;
};

const folder = (home: string): string => join(home, 'commitments');

const fileOf = (home: string, weights: string): string => join(folder(home), `${weights}.json`);

const rangeFileOf = (home: string, weights: string): string => join(folder(home), `${weights}.range`);

const useOf = (home: string, weights: string, index: number): string => join(folder(home), weights, `${index}`);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Writes the secret of a new commitment down. */
export const keepCommitment = (
  home: string,
  program: string,
  { weights, proofs }: Architecture,
  { seed }: CommitmentSecret,
): KeptCommitment => {
  const kept = { program, weights: hex(weights), seed: hex(seed), proofs, madeAt: Date.now() };
  writeFile(fileOf(home, kept.weights), `${JSON.stringify(kept, null, 2)}\n`, { secret: true });
  return kept;
};

const isKept = (value: unknown): value is KeptCommitment => {
  const { program, weights, seed, proofs, madeAt } = (value ?? {}) as Partial<KeptCommitment>;
  const texts = [program, weights, seed].every((text) => typeof text === 'string' && /^[0-9a-f]{64}$/.test(text));
  return texts && Number.isSafeInteger(proofs) && Number.isSafeInteger(madeAt);
};

const read = (file: string): KeptCommitment => {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder().decode(readBytes(file, { what: 'The commitment', maxBytes: 4_096 })),
    );
    if (isKept(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return fail({
    code: 'cli.file-unreadable',
    message: `${file} does not hold the secret of a commitment.`,
    next: 'Restore commitments/ from a backup, or remove the file and commit again: the private program gets a new identity.',
    field: file,
  });
};

/** The newest commitment to a program; null where there is none. */
export const commitmentTo = (home: string, program: string): KeptCommitment | null => {
  const names = existsSync(folder(home)) ? readdirSync(folder(home)).filter((name) => name.endsWith('.json')) : [];
  return names
    .map((name) => read(join(folder(home), name)))
    .filter((kept) => kept.program === program)
    .reduce<KeptCommitment | null>((newest, kept) => (kept.madeAt > (newest?.madeAt ?? 0) ? kept : newest), null);
};

/** Most bytes of a proof that weights are of their types. */
const MAX_RANGE_BYTES = 2 ** 26;

/** Keeps the proof that the weights of a commitment are of their types: public, and the same whenever it is made. */
export const keepRange = (home: string, { weights }: KeptCommitment, range: Uint8Array): void =>
  writeFile(rangeFileOf(home, weights), range);

/** That proof; null where it is not kept. */
export const rangeOf = (home: string, { weights }: KeptCommitment): Uint8Array | null => {
  const file = rangeFileOf(home, weights);
  return existsSync(file) ? readBytes(file, { what: 'The proof of range', maxBytes: MAX_RANGE_BYTES }) : null;
};

/** Proofs made so far. */
export const usedOf = (home: string, { weights, proofs }: KeptCommitment): number =>
  Array.from({ length: proofs }, (_, i) => i).filter((i) => existsSync(useOf(home, weights, i))).length;

/** Takes one of the proofs of a commitment: its number, to be given back if no proof comes of it. */
export const takeProof = (home: string, { weights, proofs }: KeptCommitment): number => {
  for (let index = 0; index < proofs; index++) {
    if (markFile(useOf(home, weights, index))) return index;
  }
  return fail({
    code: 'proof.used-up',
    message: `The commitment has served the ${proofs} proofs that it hides the weights in.`,
    next: 'Commit again with "surety model commit PROGRAM --new": the private program gets a new identity. "surety model renew" links one to the next while a proof is left.',
    field: 'proofs',
    value: `${proofs}`,
    limit: `${proofs}`,
  });
};

/** For a commitment that nobody has seen. */
export const forgetCommitment = (home: string, { weights }: KeptCommitment): void => {
  rmSync(fileOf(home, weights), { force: true });
  rmSync(join(folder(home), weights), { force: true, recursive: true });
};

/** For a proof that nobody has seen. */
export const giveBack = (home: string, { weights }: KeptCommitment, index: number): void =>
  rmSync(useOf(home, weights, index), { force: true });

export const secretOf = ({ seed }: KeptCommitment, used: number): CommitmentSecret => ({
  seed: new Uint8Array(Buffer.from(seed, 'hex')),
  used,
});
