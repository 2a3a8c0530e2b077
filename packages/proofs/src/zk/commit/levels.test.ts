/** Combinations opened through levels: what is true is accepted, and which levels there are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkRow, openRow, rowOf, SCENES } from '../../../test/levels-scene.ts';
import { ProofError } from '../channel/problem.ts';
import { combinationBytes, levelsOf, messageLength, messageVars } from './levels.ts';
import { codeLength, LEAST_ROW_VARS, MOST_ROW_VARS } from './shape.ts';
import { randomnessFor } from './soundness.ts';

const codes = Array.from({ length: MOST_ROW_VARS - LEAST_ROW_VARS + 1 }, (_, i) => LEAST_ROW_VARS + i).flatMap(
  (rowVars) =>
    [0, 1, 16].flatMap((proofs) => {
      const randomness = proofs === 0 ? 0 : randomnessFor(rowVars, proofs);
      return randomness === null ? [] : [{ rowVars, randomness }];
    }),
);

test('levels follow one another down to a row that is sent, and are none where sending is shorter', () => {
  for (const code of codes) {
    const levels = levelsOf(code);
    let [vars, length] = [messageVars(code), messageLength(code)];
    for (const { foldVars, shape } of levels) {
      assert.ok(foldVars > 0);
      vars -= foldVars;
      // Rows of zeros at the end are left out.
      assert.deepEqual([shape.rows, shape.rowVars, shape.randomness], [4 * Math.ceil(length / 2 ** vars), vars, 0]);
      assert.ok(vars >= LEAST_ROW_VARS);
      length = 2 ** vars;
    }
    const sent = 16 * messageLength(code);
    assert.equal(combinationBytes(code) < sent, levels.length > 0);
    assert.ok(combinationBytes(code) <= sent);
  }
  // Contracts, which open none through levels, take rows of up to 2^9.
  assert.ok(codes.every((code) => code.rowVars > 9 || levelsOf(code).length === 0));
});

for (const scene of SCENES) {
  const { about, levels } = scene;

  test(`a combination and its value are opened through ${levels} levels: ${about}`, () => {
    const row = rowOf(scene);
    const { proof, messages } = openRow(scene, row);
    checkRow(scene, row.value, proof);
    // A root, a sample and rounds for each level, columns and nodes for each and the matrix, and the last row.
    const rounds = levelsOf(scene.code).reduce((sum, { foldVars }) => sum + foldVars, 0);
    const columns = scene.code.randomness > 0 ? 3 : 2;
    assert.equal(messages.length, 2 * levels + rounds + columns + 2 * levels + 1);
  });

  test(`changed, missing and added bytes are rejected: ${about}`, () => {
    const row = rowOf(scene);
    const { proof } = openRow(scene, row);
    fc.assert(
      fc.property(fc.nat(proof.length - 1), fc.integer({ min: 1, max: 255 }), (i, mask) => {
        const changed = proof.slice();
        changed[i]! ^= mask;
        assert.throws(() => checkRow(scene, row.value, changed), ProofError);
      }),
      { numRuns: 100 },
    );
    assert.throws(() => checkRow(scene, row.value, proof.slice(0, -1)), ProofError);
    assert.throws(() => checkRow(scene, row.value, Uint8Array.from([...proof, 0])), ProofError);
  });

  test(`levels left out or in another order are rejected: ${about}`, () => {
    const row = rowOf(scene);
    const { messages } = openRow(scene, row);
    const joined = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
    for (let i = 0; i + 1 < messages.length; i++) {
      const [before, own, next, after] = [messages.slice(0, i), messages[i]!, messages[i + 1]!, messages.slice(i + 2)];
      assert.throws(() => checkRow(scene, row.value, joined([...before, next, own, ...after])), ProofError);
      assert.throws(() => checkRow(scene, row.value, joined([...before, next, ...after])), ProofError);
    }
  });
}

test('levels over a lean matrix have ever longer codes, of no more words than the level before', () => {
  for (let rowVars = 12; rowVars <= MOST_ROW_VARS; rowVars++) {
    const shapes = levelsOf({ rowVars, randomness: 0, blowupVars: 4, lean: true }).map(({ shape }) => shape);
    const [first, ...later] = shapes.map((shape) => ({ ...shape, words: shape.rows * codeLength(shape) }));
    assert.equal(first!.blowupVars, 5);
    let most = first!.words;
    for (const { blowupVars, words } of later) {
      assert.ok(blowupVars! > 5 && blowupVars! <= 9 && words <= most);
      most = words;
    }
  }
  const [, second] = levelsOf({ rowVars: 17, randomness: 0, blowupVars: 4, lean: true });
  assert.equal(second!.shape.blowupVars, 9);
});
