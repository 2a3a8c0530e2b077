/**
 * What a challenger asks (spec 20.9). He runs the verifier over the data that the claim commits to; the first record that is
 * another in the claim, or else the step that cannot be carried out, is the step whose provider has no answer. Records are
 * compared by the hashes of blocks: 128 a question, so that seven bits of the step's number are known after each.
 */
import { leafHash, sameBytes } from '@surety/core';
import { Reader } from '../../../optimistic/bytes.ts';
import { blocksOf, HashTree, heightOf, readOpening } from '../../../optimistic/tree.ts';
import type { StepProgram } from './program.ts';
import { MOST_ASKED, type StepQuestion } from './question.ts';
import { type Ran, runSteps, type StepRun } from './run.ts';

/** What a challenger found by himself. */
export type Checked = {
  /** Steps of the program. */
  readonly size: number;
  /** Records before the first step that cannot be carried out; all, if none is. */
  readonly tree: HashTree;
  readonly known: number;
  /** Why that step cannot be carried out; null where all can. */
  readonly failed: string | null;
};

/** @param ran what running the steps over the data gave, where that was done before */
export const checkData = (
  { steps }: StepProgram,
  run: StepRun,
  data: Uint8Array,
  { records, failed }: Ran = runSteps(steps, run, data),
): Checked => ({ size: steps.length, tree: new HashTree(records.map(leafHash)), known: records.length, failed });

/** Blocks of 2^level records from `first` on, in one of which the wrong step is. */
export type Focus = { readonly level: number; readonly first: number };

const LEVELS_EACH = 7;

/** Whether a claim with these records is to be disputed. */
export const isWrong = ({ failed, tree }: Checked, recordsRoot: Uint8Array): boolean =>
  failed !== null || !sameBytes(tree.root, recordsRoot);

/** Where to begin: at most 128 blocks are the whole tree. */
export const wholeClaim = ({ size }: Checked): Focus => ({
  level: Math.max(heightOf(size) - LEVELS_EACH, 0),
  first: 0,
});

export const questionAt = ({ level, first }: Focus): StepQuestion => ({
  kind: 'records',
  level,
  first,
  count: MOST_ASKED.hashes,
});

/** HEAD of an answer: two numbers and three roots. */
const HEAD_BYTES = 8 + 3 * 32;

/** The hashes that an answer to {@link questionAt} shows; the contract has checked that they are the claim's. */
export const hashesIn = (size: number, { level, first }: Focus, answer: Uint8Array): readonly Uint8Array[] => {
  const from = new Reader(answer.subarray(HEAD_BYTES));
  const blocks = blocksOf(size, level);
  const hashes: Uint8Array[] = [];
  const run = { first, count: Math.min(MOST_ASKED.hashes, blocks - first) };
  readOpening(from, blocks, run, () => {
    const hash = from.hash();
    hashes.push(hash);
    return hash;
  });
  return hashes;
};

/** A step that the provider cannot answer for, or where to look closer. */
export type Narrowed = { readonly kind: 'step'; readonly step: number } | ({ readonly kind: 'blocks' } & Focus);

/** What to ask next, from the claim's hashes of the blocks at hand; null where they are all as they should be. */
export const narrowed = (checked: Checked, { level, first }: Focus, hashes: readonly Uint8Array[]): Narrowed | null => {
  const { size, known, tree } = checked;
  for (const [i, hash] of hashes.entries()) {
    const block = first + i;
    const end = Math.min((block + 1) * 2 ** level, size);
    // Of a block with a record that nobody can compute there is no hash as it should be.
    if (end <= known && sameBytes(tree.hash(level, block), hash)) continue;
    if (level === 0) return { kind: 'step', step: block };
    const below = Math.max(level - LEVELS_EACH, 0);
    return { kind: 'blocks', level: below, first: block * 2 ** (level - below) };
  }
  return null;
};
