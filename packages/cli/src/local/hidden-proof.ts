/** A proof that hides, made here for a claim: the program that knows the chain never has the secrets, only the proof. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, SuretyError } from '@surety/sdk/base';
import type { Tensor } from '@surety/sdk/proofs';
import type { Context, Values } from '../table.ts';
import { fail } from './fail.ts';
import { writeFile } from './files.ts';
import { hiddenIn } from './hidden.ts';
import { openModel } from './model-files.ts';
import { withProof } from './proving.ts';

/** Files of a proof and of its architecture. */
export type ProofFiles = { readonly proof: string; readonly architecture: string };

export type HiddenRun = {
  readonly own: { readonly steps: number | null };
  readonly inputs: readonly Tensor[];
  readonly named: { readonly program: { readonly file: string } };
};

/** Of a small program whose weights are bound and not hidden, rows are too short to hide an input in: what it would take; null if it is not that. */
const tooSmall = (error: unknown): Problem | null =>
  error instanceof SuretyError && error.code === 'proof.unsupported' && error.problem.field === 'hideInput'
    ? error.problem
    : null;

/**
 * Works with the files of the proof, which are gone afterwards.
 * @throws {SuretyError} `proof.unsupported`, `proof.used-up`
 */
export const withHiddenProof = async <T>(
  { own, inputs, named }: HiddenRun,
  values: Values,
  context: Context,
  work: (files: ProofFiles) => Promise<T>,
): Promise<T> => {
  if (own.steps !== null)
    return fail({
      code: 'proof.unsupported',
      message: `The program is run ${own.steps} times, and a proof is of one run.`,
      next: 'Give one input.',
      field: 'INPUT',
      value: String(own.steps),
      limit: '1',
    });
  const model = await openModel(named.program.file, context);
  const parent = join(context.home, 'claims');
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(parent, 'proving-'));
  try {
    const { encodeArchitecture } = await import('@surety/sdk/proofs');
    const what = { model, inputs, hidden: hiddenIn(values), shownWeights: 'bound' } as const;
    return await withProof(what, values, context, async ({ proof, verifier }) => {
      const files = { proof: join(folder, 'proof'), architecture: join(folder, 'architecture') };
      if (verifier.kind !== 'private')
        return fail({
          code: 'internal',
          message: 'A proof that hides names no architecture.',
          next: 'Report this as a defect.',
        });
      writeFile(files.proof, proof.file, { secret: true });
      writeFile(files.architecture, encodeArchitecture(verifier), { secret: true });
      return work(files);
    });
  } catch (error) {
    const small = tooSmall(error);
    if (small === null) throw error;
    return fail({
      code: 'proof.unsupported',
      message: `The program is too small for its input to be hidden and its weights not. ${small.message}`,
      next: 'Write --private both.',
      field: '--private',
      value: 'input',
      ...(small.limit !== undefined && { limit: small.limit }),
    });
  } finally {
    model.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
