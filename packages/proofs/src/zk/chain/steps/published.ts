/** The data of a claim as a file: what a provider publishes so that whoever means to check the claim has it (spec 20.10). */
import { concatBytes, leafHash, ok, type Result } from '@surety/core';
import { HashTree } from '../../../optimistic/tree.ts';
import { malformed } from '../../file/bytes.ts';
import { type Architecture, decodeArchitecture, encodeArchitecture } from '../../graph/architecture.ts';
import { chunksOf, type StepClaimed, stepTrace } from './claim.ts';
import type { ClaimHides } from './finding.ts';
import type { StepProgram } from './program.ts';

const ROOT_BYTES = 32;

export type PublishedData = {
  /** What the run names as its program. */
  readonly program: Uint8Array;
  /** Root of the tree over the records of all steps. */
  readonly records: Uint8Array;
  readonly data: Uint8Array;
  /** What the run names as its trace: it follows from the rest, and so is the file's id. */
  readonly trace: Uint8Array;
};

/** Bytes of the file about a claim of this program. */
export const publishedBytes = ({ data }: StepProgram): number => 2 * ROOT_BYTES + data.length;

/** `program ‖ root of the records ‖ data`. */
export const publishedData = ({ program, recordTree, data }: StepClaimed): Uint8Array =>
  concatBytes(program.id, recordTree.root, data);

/** Problems: `proof.malformed` for a file without data. That it is about some claim is shown by its trace alone. */
export const readPublishedData = (file: Uint8Array): Result<PublishedData> => {
  if (file.length <= 2 * ROOT_BYTES) return malformed('file', 'The file ends before the data.');
  const program = file.subarray(0, ROOT_BYTES);
  const records = file.subarray(ROOT_BYTES, 2 * ROOT_BYTES);
  const data = file.subarray(2 * ROOT_BYTES);
  const trace = stepTrace(program, records, new HashTree(chunksOf(data).map(leafHash)).root);
  return ok({ program, records, data, trace });
};

/** An architecture, and whether the claims are of inputs that are hidden: what a program of steps is derived from. */
export type PublishedArchitecture = { readonly architecture: Architecture; readonly hideInput: boolean };

/** `1 where the input is hidden, else 0 ‖ architecture`: the file whose id is what claims name as their program. */
export const publishedArchitecture = ({ architecture, hideInput }: PublishedArchitecture): Uint8Array =>
  concatBytes(Uint8Array.of(hideInput ? 1 : 0), encodeArchitecture(architecture));

/** Bytes of such a file that say what claims of it hide. */
export const HIDES_BYTES = 13;

/** What claims hide whose published architecture begins so: for files whose id was checked. */
export const publishedHides = (head: Uint8Array): ClaimHides => {
  const view = new DataView(head.buffer, head.byteOffset, HIDES_BYTES);
  return { proofs: view.getUint32(HIDES_BYTES - 4), input: view.getUint8(0) === 1 };
};

/**
 * Problems: `proof.malformed`, and what an architecture is refused for. Which program it is of is shown by the steps that are derived
 * from it alone.
 */
export const readPublishedArchitecture = (file: Uint8Array): Result<PublishedArchitecture> => {
  const [flag] = file;
  if (flag !== 0 && flag !== 1) return malformed('file', 'The file does not say whether inputs are hidden.');
  const architecture = decodeArchitecture(file.subarray(1));
  return architecture.ok ? ok({ architecture: architecture.value, hideInput: flag === 1 }) : architecture;
};
