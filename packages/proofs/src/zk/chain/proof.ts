/** A proof as a contract reads it. */
import { concatBytes, ok, type Result, refuse } from '@surety/core';
import { listRoot } from '@surety/programs';
import type { Architecture } from '../graph/architecture.ts';
import { chainKey, chainProgramId } from './key.ts';
import { namedRun } from './named.ts';

/** A run in the words of the proof route (`IExecutionVerifier`), and what shows it. */
export type ChainProof = {
  readonly run: {
    readonly program: Uint8Array;
    readonly input: Uint8Array;
    readonly output: Uint8Array;
    readonly trace: Uint8Array;
  };
  /** `key ‖ input ‖ output ‖ proof`. */
  readonly proof: Uint8Array;
};

/**
 * What to claim and send for a proof that `prove` made. Nothing of it is checked but that it names this architecture.
 * Problems: those of {@link chainKey}, `proof.malformed`, `proof.other`.
 * @param file of a proof that shows its input
 */
export const chainProof = async (architecture: Architecture, file: Uint8Array): Promise<Result<ChainProof>> => {
  const key = await chainKey(architecture);
  if (!key.ok) return key;
  const named = namedRun(architecture, file);
  if (!named.ok) return named;
  const { input, outputs, rest } = named.value;
  if (input instanceof Uint8Array) {
    return refuse({
      code: 'proof.other',
      message: 'The proof hides its input.',
      next: 'Prove a run of this program with its input shown.',
      field: 'input',
    });
  }
  const run = {
    program: chainProgramId(key.value),
    input: listRoot(input),
    output: listRoot(outputs),
    trace: new Uint8Array(32),
  };
  return ok({ run, proof: concatBytes(key.value, rest) });
};
