/** What proving works through, by hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { mlpProgram, randomLayers } from '../../../../programs/test/networks.ts';
import { levelsOf } from '../commit/levels.ts';
import { graphOf } from '../graph/from-program.ts';
import { shapesOf } from './hiding.ts';
import { planned } from './pads.ts';
import { workOf } from './work.ts';

const planOf = async (widths: readonly number[], hidden: boolean) => {
  const graph = graphOf(mlpProgram(widths, randomLayers(widths, 1)), hidden);
  return unwrap(await planned(graph, { hideInput: false, proofs: hidden ? 3 : 0 }));
};

test('committing to a lean witness takes the blocks of its columns, two a node, and its code words', async () => {
  const plan = await planOf([20, 12, 10], false);
  const [shape] = shapesOf(plan);
  assert.deepEqual(shape, { rows: 73, rowVars: 4, randomness: 0, blowupVars: 2, lean: true });
  const work = workOf(plan);
  // 73 words behind the first block, an end mark and a length: five blocks more.
  assert.equal(work.committing, 64 * (5 + 2) + 73);
  assert.deepEqual([work.words, work.weights, work.weightsInParts, work.opening], [73 * 16, 0, 0, 0]);
  // A tree of 2^11 rows.
  assert.equal(work.lookupRounds, (11 * 12) / 2);
});

test('hidden constants in several parts are weighed part by part, those in one are not', async () => {
  const [whole, apart] = [await planOf([64, 32], true), await planOf([48, 32], true)];
  assert.equal(workOf(whole).weightsInParts, 0);
  // 48 is 32 and 16.
  assert.equal(workOf(apart).weightsInParts, 48 * 32 + 2 * 8 * 2 ** apart.rowVars);
});

test('levels are committed to by opening', async () => {
  const plan = await planOf([2048, 1024], true);
  const [weights] = shapesOf(plan);
  const levels = levelsOf(weights!).map(({ shape }) => shape);
  assert.equal(levels.length > 0, true);
  const columns = levels.reduce((sum, { rowVars, blowupVars }) => sum + 2 ** (rowVars + blowupVars!), 0);
  assert.ok(workOf(plan).opening >= 4 * columns && workOf(plan).opening < 16 * columns);
});
