/** What both routes of proofs to a contract read of a file first. */
import { ok, type Result, refuse, sameBytes } from '@surety/core';
import type { Tensor } from '@surety/programs';
import { decodeNamed, decodeRest } from '../file/file.ts';
import type { Architecture } from '../graph/architecture.ts';

export type NamedRun = {
  /** The inputs, or the root that hidden ones are committed to by. */
  readonly input: readonly Tensor[] | Uint8Array;
  readonly outputs: readonly Tensor[];
  readonly proof: Uint8Array;
  /** Inputs, outputs and proof as they stand in the file. */
  readonly rest: Uint8Array;
};

/**
 * Reads the file of a proof of a run of this architecture, with these constants. Nothing of it is checked but what it names.
 * Problems: `proof.malformed`, `proof.other`.
 */
export const namedRun = ({ id, weights, graph }: Architecture, file: Uint8Array): Result<NamedRun> => {
  const named = decodeNamed(file);
  if (!named.ok) return named;
  const { program, hidesInput, rest } = named.value;
  const own = program.kind === 'private' && sameBytes(program.architecture, id) && sameBytes(program.weights, weights);
  if (!own) {
    return refuse({
      code: 'proof.other',
      message: 'The proof is about another program.',
      next: 'Prove a run of this program.',
      field: 'program',
    });
  }
  const types = graph.outputs.map(({ value }) => graph.types[value]!);
  const read = decodeRest(rest, hidesInput, graph.inputs, types);
  return read.ok ? ok({ ...read.value, rest }) : read;
};
