/** The data of a claim as a file: what a provider publishes so that whoever means to check the claim has it (spec 20.10). */
import { concatBytes, leafHash, ok, type Result } from '@surety/core';
import { HashTree } from '../../../optimistic/tree.ts';
import { malformed } from '../../file/bytes.ts';
import { chunksOf, type StepClaimed, stepTrace } from './claim.ts';
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
