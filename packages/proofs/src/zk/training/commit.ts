/** Committing to a data set, an audit set and a first model: before a run, so that their roots can be agreed on. */
import { concatBytes, ok, type Problem, type Result, refuse, sha256, show, utf8 } from '@surety/core';
import { elements, type Shape, type Tensor } from '@surety/programs';
import { commitMatrix } from '../commit/commit.ts';
import { u32 } from '../file/bytes.ts';
import { ProofMemory } from '../memory.ts';
import { layBlocks } from '../plan/blocks.ts';
import { SEED_BYTES } from '../random.ts';
import { varsOf } from '../relations/axes.ts';
import { fillValue } from '../witness/words.ts';
import { roomFor } from './room.ts';
import { batchSeed, matrixWords } from './secret.ts';

/** `x` `[batch, width]` in sixteenths, −16 .. 16, and `labels` `[batch]` from 0; both `i8`. */
export type Batch = { readonly x: Tensor; readonly labels: Tensor };

/** `x` `[samples, width]` as in a batch, and `group` `[samples]` of 0 and 1. */
export type AuditSet = { readonly x: Tensor; readonly group: Tensor };

export type CommitTrainingOptions = {
  /** Proofs that may open each matrix: 2 .. 64. A batch is opened by each step that reads it and by the count of labels. */
  readonly openings: number;
  /** 32 random bytes, kept: with the same values they give the same root. */
  readonly seed: Uint8Array;
};

const seedProblem = (seed: Uint8Array): Problem | null =>
  seed.length === SEED_BYTES
    ? null
    : {
        code: 'proof.malformed',
        message: `A seed of ${seed.length} bytes is none.`,
        next: 'Draw 32 random bytes.',
        field: 'seed',
        value: `${seed.length}`,
        limit: `${SEED_BYTES} bytes`,
      };

/** The root of the one matrix that tensors lie in, as every proof lays them. Problems: `proof.unsupported`, `proof.malformed`. */
export const commitTensors = async (
  tensors: readonly Tensor[],
  { openings, seed }: CommitTrainingOptions,
): Promise<Result<Uint8Array>> => {
  const room = roomFor(openings);
  if (!room.ok) return room;
  const wrong = seedProblem(seed);
  if (wrong !== null) return refuse(wrong);
  const { rowVars, randomness } = room.value;
  const width = 2 ** rowVars;
  const wanted = tensors.map(({ shape }, id) => ({ vars: varsOf(shape), content: { of: 'value', id } as const }));
  const { blocks, length } = layBlocks(0, wanted);
  const rows = Math.ceil(length / width);
  const words = new Uint32Array(rows * width);
  for (const { place, content } of blocks) {
    if (content.of !== 'value') continue;
    fillValue(words.subarray(place.offset, place.offset + 2 ** place.vars), tensors[content.id]!);
  }
  return ProofMemory.lend(undefined, async (memory) => {
    const fill = (row: number, out: Uint32Array): void => out.set(words.subarray(row * width, (row + 1) * width));
    const shape = { rows, rowVars, randomness };
    return ok(commitMatrix(memory, shape, fill, matrixWords(seed, openings, tensors)).root);
  });
};

const misfit = (field: string, { dtype, shape, values }: Tensor, dims: Shape, low: number, high: number) => {
  const at = values.findIndex((value) => value < low || value > high);
  const typed = dtype === 'i8' && `${shape}` === `${dims}` && values.length === elements(dims);
  if (typed && at < 0) return null;
  const limit = `i8 [${dims.join(', ')}] of ${low} .. ${high}`;
  const value = typed ? values[at] : `${dtype} [${shape.join(', ')}]`;
  const message = `${field} ${typed ? `holds ${value} at ${at}` : `is ${value}`}.`;
  return { code: 'program.input', message, next: `Give ${limit}.`, field, value: show(value), limit } satisfies Problem;
};

const INK = 16;
const MOST_LABEL = 127;

const samplesProblem = (field: string, x: Tensor, other: Tensor, width: number, most: number): Problem | null => {
  const [rows] = x.shape;
  return (
    misfit(`${field}.x`, x, [rows ?? 0, width], -INK, INK) ??
    misfit(`${field}.${most === 1 ? 'group' : 'labels'}`, other, [rows ?? 0], 0, most)
  );
};

const DATA_SET = utf8('surety:data-set:v1\0');

/** The root of a data set from those of its batches. */
export const dataSetRoot = (batches: readonly Uint8Array[]): Uint8Array =>
  sha256(concatBytes(DATA_SET, u32(batches.length), ...batches));

/**
 * Commits to a data set, batch by batch.
 * Problems: `program.input` where a batch is none or not like the first, `proof.unsupported`, `proof.malformed`.
 */
export const commitDataSet = async (
  batches: readonly Batch[],
  { openings, seed }: CommitTrainingOptions,
): Promise<Result<{ readonly root: Uint8Array; readonly batches: readonly Uint8Array[] }>> => {
  const wrongSeed = seedProblem(seed);
  if (wrongSeed !== null) return refuse(wrongSeed);
  const roots: Uint8Array[] = [];
  const dims = batches[0]?.x.shape ?? [];
  for (const [i, { x, labels }] of batches.entries()) {
    const wrong =
      samplesProblem(`batches[${i}]`, x, labels, dims[1] ?? 0, MOST_LABEL) ??
      misfit(`batches[${i}].x`, x, dims, -INK, INK);
    if (wrong !== null) return refuse(wrong);
    const root = await commitTensors([x, labels], { openings, seed: batchSeed(seed, i) });
    if (!root.ok) return root;
    roots.push(root.value);
  }
  return ok({ root: dataSetRoot(roots), batches: roots });
};

/** Commits to an audit set. Problems as of {@link commitDataSet}. */
export const commitAuditSet = async (
  { x, group }: AuditSet,
  options: CommitTrainingOptions,
): Promise<Result<Uint8Array>> => {
  const wrong = samplesProblem('audit', x, group, x.shape[1] ?? 0, 1);
  return wrong === null ? commitTensors([x, group], options) : refuse(wrong);
};

/**
 * Commits to a first model: weights, biases and momentum in the order of the step's states.
 * Problems: `proof.unsupported`, `proof.malformed`.
 */
export const commitFirstModel = (
  states: readonly Tensor[],
  options: CommitTrainingOptions,
): Promise<Result<Uint8Array>> => commitTensors(states, options);
