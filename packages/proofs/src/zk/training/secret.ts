/**
 * What hides, from the seeds that the maker of a proof keeps. All of it follows from them and from what it hides, so that a
 * commitment or a step made again is the same, byte by byte, and tells nothing more; with anything else changed it is
 * independent.
 */
import { concatBytes, sha256, utf8 } from '@surety/core';
import { listRoot, type Tensor } from '@surety/programs';
import { u32 } from '../file/bytes.ts';
import type { Random } from '../prove/opened.ts';
import { keyedWords } from '../random.ts';

/** Seeds of 32 random bytes, one for each thing that was committed to. Whoever has them and a proof can learn the data. */
export type TrainingSecret = {
  readonly dataSet: Uint8Array;
  readonly auditSet: Uint8Array;
  readonly model: Uint8Array;
};

/** To be changed with whatever provers send: one statement under one key is one proof, or two would show what pads hide. */
const DOMAIN = utf8('surety:training-secret:v1\0');

/** What a key is for. */
const USE = { batch: 1, run: 2, state: 3, matrix: 4, proof: 5 } as const;

/** All parts have a length that follows from the use. */
const derived = (use: keyof typeof USE, seed: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array =>
  sha256(concatBytes(DOMAIN, Uint8Array.of(USE[use]), seed, ...parts));

export const batchSeed = (dataSet: Uint8Array, batch: number): Uint8Array => derived('batch', dataSet, u32(batch));

/** Of one run from a first model; another run from it shares nothing with this one. */
export const runSeed = (model: Uint8Array, run: Uint8Array): Uint8Array => derived('run', model, run);

/** Of the state after so many steps. */
export const stateSeed = (run: Uint8Array, steps: number): Uint8Array => derived('state', run, u32(steps));

/** What hides one matrix: by what is in it, too, for one seed and two values would show how they differ. */
export const matrixWords = (seed: Uint8Array, openings: number, tensors: readonly Tensor[]): Random =>
  keyedWords(derived('matrix', seed, u32(openings), listRoot(tensors)));

/** What hides one proof of a run, by its statement. */
export const proofWords =
  (run: Uint8Array) =>
  (statement: Uint8Array): Random =>
    keyedWords(derived('proof', run, sha256(statement)));
