/** Proving a run here, with its weights or its input hidden if wanted. */
import type { OpenProgram } from '@surety/sdk/model-files';
import type { Architecture, PrivateProgram, Progress, Proof, PublicProgram, Tensor } from '@surety/sdk/proofs';
import { number } from '../model-report.ts';
import { size } from '../proof-words.ts';
import type { Context, Values } from '../table.ts';
import { fail } from './fail.ts';
import type { Hidden } from './hidden.ts';
import { withPrivateProgram } from './private-program.ts';
import { threadsIn } from './threads.ts';

export type Made = { readonly proof: Proof; readonly verifier: PublicProgram | Architecture };

export type ProofOf = {
  readonly model: OpenProgram;
  readonly inputs: readonly Tensor[];
  readonly hidden: Hidden;
  /** What becomes of weights that are not hidden: whoever verifies holds the program, or a commitment binds them. */
  readonly shownWeights: 'held' | 'bound';
};

/**
 * Says what it takes, proves, and works with the proof. One of the proofs of a private program is spent if the work is done, and
 * given back if it fails.
 */
export const withProof = async <T>(
  { model, inputs, hidden, shownWeights }: ProofOf,
  values: Values,
  context: Context,
  work: (made: Made) => Promise<T>,
): Promise<T> => {
  const { out, signal } = context;
  const threads = await threadsIn(values);
  const zk = await import('@surety/sdk/proofs');
  const { program, idBytes } = model;
  const isBound = !hidden.weights && shownWeights === 'bound';
  const stated = await zk.estimate(program, {
    hideInput: hidden.input,
    hideWeights: hidden.weights || isBound,
    ...(isBound ? { proofs: 0 } : {}),
    ...threads,
  });
  if (!stated.ok) return fail(stated.problem);
  const { memoryBytes, proofBytes, layers, threads: working } = stated.value;
  out.note(
    out.style.dim(
      `Proving takes at most ${size(memoryBytes)} of memory beside the run, for ${number(layers)} layers and a proof of at most ${size(proofBytes)}, on ${working === 1 ? 'one thread' : `${working} threads`}.`,
    ),
  );
  const progress = (at: Progress): void => out.progress(`proving: ${zk.progressWords(at)}`);
  const prove = async (subject: PublicProgram | PrivateProgram, verifier: PublicProgram | Architecture): Promise<T> => {
    const made = await zk.prove(subject, inputs, { hideInput: hidden.input, signal, progress, ...threads });
    out.progress(null);
    if (!made.ok) return fail(made.problem);
    signal.throwIfAborted();
    return work({ proof: made.value, verifier });
  };
  if (hidden.weights || isBound) out.progress('committing to the weights');
  if (hidden.weights) return withPrivateProgram(model, { context, threads }, prove);
  if (!isBound) {
    const open: PublicProgram = { kind: 'public', program, id: idBytes };
    return prove(open, open);
  }
  const bound = await zk.commit(program, { proofs: 0, signal, ...threads });
  return bound.ok ? prove(bound.value, bound.value.architecture) : fail(bound.problem);
};
