/** Scales that no integer can stand for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodingOf, unitOf } from './encoding.ts';

test('a scale is a positive finite number, and comes back as it was', () => {
  for (const scale of [1, 0.1, 2 ** -1_074, Number.MAX_VALUE]) assert.equal(unitOf(encodingOf(scale)), scale);
  for (const scale of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => encodingOf(scale), { code: 'input.out-of-range' });
  }
});
