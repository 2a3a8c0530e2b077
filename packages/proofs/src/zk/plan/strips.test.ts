/** Strips cut a tensor into parts whose sizes are powers of two: each element lies in one of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elements } from '@surety/programs';
import fc from 'fast-check';
import { P } from '../field/ext.ts';
import { fillStrip } from '../witness/strips.ts';
import { stripsOf } from './strips.ts';

const anyShape = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 });

test('each element lies in one strip, and the words of all strips are few more than the elements', () => {
  fc.assert(
    fc.property(anyShape, (shape) => {
      const count = elements(shape);
      const values = Int32Array.from({ length: count }, (_, i) => i + 1);
      const seen: number[] = [];
      let words = 0;
      for (const strip of stripsOf(shape)) {
        const part = new Uint32Array(2 ** strip.vars.reduce((sum, vars) => sum + vars, 0));
        fillStrip(part, strip, shape, values, 0);
        words += part.length;
        seen.push(...part.filter((word) => word !== 0));
      }
      assert.deepEqual(
        seen.sort((a, b) => a - b),
        [...values],
      );
      assert.ok(words <= count * (1 + 1 / 8) ** shape.length);
    }),
  );
});

test('a strip is written in parts as it is whole', () => {
  const shape = [3, 5, 6];
  const values = Int8Array.from({ length: 90 }, (_, i) => i - 45);
  for (const strip of stripsOf(shape)) {
    const whole = new Uint32Array(2 ** strip.vars.reduce((sum, vars) => sum + vars, 0));
    fillStrip(whole, strip, shape, values, 0);
    assert.ok(whole.every((word) => word < P));
    for (const length of [1, 2, 4, 8]) {
      if (length > whole.length) continue;
      for (let from = 0; from < whole.length; from += length) {
        const part = new Uint32Array(length);
        fillStrip(part, strip, shape, values, from);
        assert.deepEqual(part, whole.slice(from, from + length));
      }
    }
  }
});
