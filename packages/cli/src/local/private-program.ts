/** The private program of a model: its weights committed to once, under a secret that stays in the home folder. */
import type { OpenProgram } from '@surety/sdk/model-files';
import type { Architecture, PrivateProgram, ThreadOptions } from '@surety/sdk/proofs';
import type { Context } from '../table.ts';
import {
  commitmentTo,
  giveBack,
  type KeptCommitment,
  keepCommitment,
  keepRange,
  rangeOf,
  secretOf,
  takeProof,
  usedOf,
} from './commitments.ts';
import { fail } from './fail.ts';

type Model = Pick<OpenProgram, 'program' | 'id'>;

/** A command, and the threads that it proves on. */
export type Proving = { readonly context: Context; readonly threads: ThreadOptions };

/** Commits anew: a new identity. */
export const commitAnew = async (
  model: Model,
  proofs: number | undefined,
  { context: { home, signal }, threads }: Proving,
): Promise<{ readonly subject: PrivateProgram; readonly kept: KeptCommitment }> => {
  const { commit } = await import('@surety/sdk/proofs');
  const made = await commit(model.program, { signal, ...threads, ...(proofs === undefined ? {} : { proofs }) });
  if (!made.ok) return fail(made.problem);
  signal.throwIfAborted();
  const subject = made.value;
  return { subject, kept: keepCommitment(home, model.id, subject.architecture, subject.secret) };
};

/** The commitment that is kept, made again from its secret for the proof that comes next. */
export const commitAgain = async (
  model: Model,
  kept: KeptCommitment,
  used: number,
  { context: { signal }, threads }: Proving,
): Promise<PrivateProgram> => {
  const { commit } = await import('@surety/sdk/proofs');
  const made = await commit(model.program, { signal, ...threads, proofs: kept.proofs, secret: secretOf(kept, used) });
  if (!made.ok) return fail(made.problem);
  const root = Buffer.from(made.value.architecture.weights).toString('hex');
  if (root === kept.weights) return made.value;
  return fail({
    code: 'proof.other',
    message: `The secret that is kept gives the commitment ${root}, not ${kept.weights}.`,
    next: 'Restore commitments/ from a backup, or commit again with "surety model commit PROGRAM --new".',
    field: 'weights',
    value: root,
    limit: kept.weights,
  });
};

/** What verifiers hold, with the proof that the weights are of their types: made the first time it is needed. */
export const architectureOf = async (
  subject: PrivateProgram,
  kept: KeptCommitment,
  { context: { home, out, signal }, threads }: Proving,
): Promise<Architecture> => {
  const known = rangeOf(home, kept);
  if (known !== null) return { ...subject.architecture, range: known };
  out.progress('proving that the weights are of their types');
  const { proveRange } = await import('@surety/sdk/proofs');
  const made = await proveRange(subject, { signal, ...threads });
  if (!made.ok) return fail(made.problem);
  keepRange(home, kept, made.value.range!);
  return made.value;
};

/**
 * Works with the private program of a model, one of whose proofs is spent if the work is done and given back if it fails.
 * The first time it is committed to.
 */
export const withPrivateProgram = async <T>(
  model: Model,
  proving: Proving,
  work: (subject: PrivateProgram, architecture: Architecture) => Promise<T>,
): Promise<T> => {
  const { home, out } = proving.context;
  const before = commitmentTo(home, model.id);
  const first = before === null ? await commitAnew(model, undefined, proving) : null;
  const kept = first?.kept ?? before!;
  const index = takeProof(home, kept);
  try {
    const subject = first?.subject ?? (await commitAgain(model, kept, index, proving));
    const done = await work(subject, await architectureOf(subject, kept, proving));
    if (kept.proofs - usedOf(home, kept) === 1)
      out.note('One proof is left of this commitment: "surety model renew" goes on with it under another.');
    return done;
  } catch (error) {
    giveBack(home, kept, index);
    throw error;
  }
};
