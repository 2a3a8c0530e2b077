/** The errors of an opening, recomputed, and what follows for widths and queries. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { P } from '../field/ext.ts';
import { levelsOf } from './levels.ts';
import { chooseCode, LEAN, openingBytes, type ProofShapes, type RowCode, UNIQUE } from './parameters.ts';
import { LEAST_ROW_VARS, MOST_ROW_VARS } from './shape.ts';
import {
  bitsOfError,
  columnError,
  fraction,
  joinError,
  queriesOf,
  queryError,
  radius,
  randomnessFor,
  rowError,
  SECURITY_BITS,
  sampleError,
  weightError,
} from './soundness.ts';

test('bits of an error are rounded down', () => {
  assert.equal(bitsOfError(fraction(1n, 1n)), 0);
  assert.equal(bitsOfError(fraction(1n, 8n)), 3);
  assert.equal(bitsOfError(fraction(1n, 9n)), 3);
  assert.equal(bitsOfError(fraction(2n, 15n)), 2);
});

test('a quarter of a long word is decoded in three eighths of its places, with 142 columns of it', () => {
  const shape = { rowVars: 15, randomness: 0 };
  assert.equal(radius(shape), (3 * 2 ** 17) / 8 - 1);
  assert.equal(queriesOf(shape), 142);
  assert.equal(bitsOfError(queryError(shape, 142)), 96);
  assert.equal(bitsOfError(queryError(shape, 141)), 95);
  assert.equal(bitsOfError(weightError(shape)), 106);
  // As many columns of a short word are different ones: fewer do.
  assert.equal(queriesOf({ rowVars: 9, randomness: 0 }), 136);
});

test('every step of every width has the bits it should, with columns hidden in one proof or in ten', () => {
  for (let rowVars = LEAST_ROW_VARS; rowVars <= MOST_ROW_VARS; rowVars++) {
    for (const proofs of [0, 1, 10]) {
      const randomness = proofs === 0 ? 0 : randomnessFor(rowVars, proofs);
      if (randomness === null) continue;
      const shape = { rowVars, randomness };
      const queries = queriesOf(shape);
      const errors = [rowError(shape), weightError(shape), columnError(shape), queryError(shape, queries)];
      for (const error of errors) assert.ok(error.numerator === 0n || bitsOfError(error) >= SECURITY_BITS);
      assert.ok(randomness === 0 || (randomness % 2 === 1 && randomness >= proofs * queries));
    }
  }
});

test('a level is decoded to a list, of words that share little more than the cube root of its rate', () => {
  const shape = { rowVars: 12, randomness: 0, blowupVars: 4 };
  const n = 2 ** 16;
  // The cube root of 1/16 is 0.3969.
  assert.equal(n - radius(shape), 26_277);
  assert.equal(queriesOf(shape), 73);
  assert.equal(bitsOfError(columnError(shape)), 99);
  // Lists of three at most: three pairs.
  assert.deepEqual(joinError(shape), fraction(3n, BigInt(P) ** 4n));
  assert.deepEqual(sampleError(shape, 16), fraction(48n, BigInt(P) ** 4n));
  const levels = [4, 5].map((blowupVars) => ({ blowupVars }));
  const lean = [3, 4, 5, 6].map((blowupVars) => ({ blowupVars, lean: true as const }));
  for (let rowVars = LEAST_ROW_VARS; rowVars <= 17; rowVars++) {
    for (const code of [...levels, ...lean]) {
      const listed = { rowVars, randomness: 0, ...code };
      const queries = queriesOf(listed);
      const combining = [rowError(listed), weightError(listed), columnError(listed)];
      const errors = [...combining, joinError(listed), sampleError(listed, 25), queryError(listed, queries)];
      for (const error of errors) assert.ok(error.numerator === 0n || bitsOfError(error) >= SECURITY_BITS);
      for (const error of combining) assert.ok(bitsOfError(error) >= SECURITY_BITS + ('lean' in code ? 1 : 3));
      const fewer = queryError(listed, queries - 1);
      assert.ok(bitsOfError(fewer) < SECURITY_BITS);
    }
  }
});

test('a lean matrix takes fewer columns of the same code, for more challenges may be bad', () => {
  const code = { rowVars: 17, randomness: 0, blowupVars: 3 };
  // A half, the cube root of 1/8, takes 96 where no challenge is bad.
  assert.deepEqual([queriesOf(code), queriesOf({ ...code, lean: true })], [108, 99]);
  assert.ok(radius(code) < radius({ ...code, lean: true }));
});

test('short rows cannot hide their columns', () => {
  assert.equal(randomnessFor(6, 1), null);
  assert.equal(randomnessFor(9, 1), 155);
  assert.equal(randomnessFor(9, 10), null);
});

test('the width of rows makes the shortest opening, or one that takes less time', () => {
  const shapes = (code: RowCode): ProofShapes => {
    const opened = [{ rows: Math.ceil(2 ** 19 / 2 ** code.rowVars), randomness: 0, ...code }];
    return { opened, made: opened };
  };
  const best = chooseCode(shapes, UNIQUE);
  for (let rowVars = LEAST_ROW_VARS; rowVars <= MOST_ROW_VARS; rowVars++) {
    assert.ok(openingBytes(shapes(best).opened) <= openingBytes(shapes({ rowVars }).opened));
  }
  const wide = (code: RowCode): ProofShapes | null => (code.rowVars < 15 ? null : shapes(code));
  assert.deepEqual(chooseCode(wide, UNIQUE), { rowVars: 15 });
  // Opened only, and so committed to before: what is made for a proof are the levels.
  const once = (code: RowCode): ProofShapes => ({
    ...shapes(code),
    made: [{ rows: 1, rowVars: 4, randomness: 0 }],
  });
  assert.deepEqual(chooseCode(once, UNIQUE), best);
  assert.deepEqual(levelsOf({ ...chooseCode(once, UNIQUE, 0), randomness: 0 }), []);
  assert.ok(levelsOf({ ...best, randomness: 0 }).length > 0);
  // Where nothing hides, a lower rate is worth its time; but not more time than twice the least.
  const lean = chooseCode(shapes, LEAN);
  assert.deepEqual([lean.lean, lean.blowupVars], [true, 4]);
  assert.ok(2 * openingBytes(shapes(lean).opened) < 1.5 * openingBytes(shapes(best).opened));
  assert.equal(chooseCode(shapes, LEAN, 0).blowupVars, 2);
});
