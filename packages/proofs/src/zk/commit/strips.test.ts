/** Strips of columns: they cover a matrix, and their values make up its own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyExt } from '../../../test/elements.ts';
import { add, mul, scale, ZERO } from '../field/ext.ts';
import { eqAt } from '../field/multilinear.ts';
import { stripsOf, stripWeight } from './strips.ts';

test('at most three strips cover all columns and at most an eighth of the padded width more', () => {
  assert.deepEqual(stripsOf(1536), [
    { first: 0, vars: 10 },
    { first: 1024, vars: 9 },
  ]);
  assert.deepEqual(stripsOf(64), [{ first: 0, vars: 6 }]);
  for (let columns = 1; columns <= 1100; columns++) {
    const strips = stripsOf(columns);
    const covered = strips.reduce((sum, { vars }) => sum + 2 ** vars, 0);
    const padded = 2 ** Math.ceil(Math.log2(columns));
    assert.ok(strips.length <= 3 && covered >= columns && covered - columns <= padded / 8);
    for (const { first, vars } of strips) assert.equal(first % 2 ** vars, 0);
  }
});

test('values of strips make up the value of the padded row', () => {
  fc.assert(
    fc.property(
      fc.array(anyExt, { minLength: 6, maxLength: 6 }),
      fc.integer({ min: 33, max: 64 }),
      (point, columns) => {
        const value = (first: number, count: number, at: typeof point): ReturnType<typeof eqAt> => {
          let sum = ZERO;
          for (let i = 0; i < Math.min(count, columns - first); i++) {
            sum = add(sum, scale(eqAt(at, i), 3 * (first + i) + 1));
          }
          return sum;
        };
        const parts = stripsOf(columns).map((strip) =>
          mul(stripWeight(strip, point), value(strip.first, 2 ** strip.vars, point.slice(0, strip.vars))),
        );
        assert.deepEqual(parts.reduce(add, ZERO), value(0, 64, point));
      },
    ),
  );
});
