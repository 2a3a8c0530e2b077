/** The figures of a large proof, recomputed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bitsOfError, SECURITY_BITS } from '../commit/soundness.ts';
import { joinError, MAX_ROWS, roundError, rowsError } from './soundness.ts';

test('every challenge of the lookups is good for the bits that a proof has', () => {
  assert.equal(bitsOfError(rowsError(2 ** 25)), 98);
  assert.equal(bitsOfError(rowsError(MAX_ROWS)), SECURITY_BITS);
  assert.equal(bitsOfError(rowsError(MAX_ROWS + 1)), SECURITY_BITS - 1);
  assert.deepEqual([bitsOfError(roundError), bitsOfError(joinError)], [122, 123]);
});
