/**
 * A run that was proved where its secrets are, as a file: what hides weights or input is claimed by steps, whatever its size, since
 * contracts check nothing whole that hides anything.
 */
import { readFileSync } from 'node:fs';
import { SuretyError, unwrap } from '@surety/core';
import { type ClaimHides, decodeArchitecture, verify } from '@surety/proofs/zk';
import type { Holdings } from '../holdings.ts';
import { notHeld } from '../optimistic.ts';
import type { Named, Subject } from '../subject.ts';
import { claimedBySteps, type ProvedRun } from './prove-held.ts';

/** Files of a proof and of its architecture. */
export type ProofFiles = { readonly proof: string; readonly architecture: string };

const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(file));

/** What a proved run hides from whoever checks its claim. */
export const hiddenBy = ({ architecture, judged }: Pick<ProvedRun, 'architecture' | 'judged'>): ClaimHides => ({
  proofs: architecture.proofs,
  input: judged.kind === 'steps' && judged.claimed.program.data.input === null,
});

/**
 * Checks the proof, and carries out all its steps, before it is claimed.
 * @param wanted what it has to hide, and no less
 * @throws {SuretyError} `program.not-held`, `proof.unsupported` for programs without a verifier in steps, and all that `verify` says
 */
export const provedBefore = async (
  holdings: Holdings,
  { program: id }: Subject,
  files: ProofFiles,
  wanted: Named['hides'],
): Promise<ProvedRun> => {
  const found = holdings.program(id, []);
  if (found === null) throw notHeld('program', id);
  const architecture = unwrap(decodeArchitecture(bytesOf(files.architecture)));
  const file = bytesOf(files.proof);
  const { inputs, outputs } = unwrap(await verify(file, architecture));
  if (wanted.weights !== architecture.proofs > 0 || wanted.input !== (inputs === null))
    throw new SuretyError({
      code: 'internal',
      message: 'The proof that was brought hides something else than was asked for.',
      next: 'Report it with the command.',
    });
  const claimed = await claimedBySteps(architecture, file, inputs, 'Hide the input too: --private both.');
  return { program: found.program, outputs, architecture, run: claimed.run, judged: { kind: 'steps', claimed } };
};
