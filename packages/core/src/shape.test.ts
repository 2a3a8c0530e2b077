import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Result } from './errors.ts';
import * as s from './shape.ts';

const said = (result: Result<unknown>): string => (result.ok ? 'ok' : `${result.problem.code} ${result.problem.field}`);

const person = s.object(
  { name: s.text({ min: 1, max: 5 }), age: s.integer({ min: 0, max: 150 }) },
  { tags: s.list(s.oneOf('a', 'b'), { max: 2 }) },
);

test('objects: every field known, required ones present, optional ones may be left out', () => {
  assert.deepEqual(person({ name: 'Ada', age: 36 }, ''), { ok: true, value: { name: 'Ada', age: 36 } });
  const cases: [unknown, string][] = [
    [{ name: 'Ada', age: 36, tags: ['a'] }, 'ok'],
    [{ name: 'Ada' }, 'input.missing-field p.age'],
    [{ name: 'Ada', age: 36, more: 1 }, 'input.unknown-field p.more'],
    [{ name: '', age: 36 }, 'input.empty p.name'],
    [{ name: 'Adaline', age: 36 }, 'input.too-large p.name'],
    [{ name: '\ud800', age: 36 }, 'input.malformed p.name'],
    [{ name: 'Ada', age: 151 }, 'input.out-of-range p.age'],
    [{ name: 'Ada', age: 1.5 }, 'input.malformed p.age'],
    [{ name: 'Ada', age: 36, tags: ['c'] }, 'input.malformed p.tags.0'],
    [{ name: 'Ada', age: 36, tags: ['a', 'a', 'a'] }, 'input.too-large p.tags'],
    [{ name: 'Ada', age: 36, tags: undefined }, 'input.malformed p.tags'],
    [[], 'input.malformed p'],
    [null, 'input.malformed p'],
  ];
  for (const [value, wanted] of cases) assert.equal(said(person(value, 'p')), wanted);
});

test('what comes in by prototype is not a field', () => {
  assert.equal(said(person(Object.create({ name: 'Ada', age: 36 }), '')), 'input.missing-field name');
  assert.equal(said(person(JSON.parse('{"name":"Ada","age":36,"__proto__":1}'), '')), 'input.unknown-field __proto__');
  assert.equal(said(person({ name: 'Ada', age: 36, constructor: 1 }, '')), 'input.unknown-field constructor');
});

test('variants are picked by their tag only', () => {
  const shape = s.variant('kind', {
    one: s.object({ kind: s.literal('one') }),
    two: s.object({ kind: s.literal('two'), n: s.ppm }),
  });
  assert.equal(said(shape({ kind: 'two', n: 1_000_000 }, '')), 'ok');
  assert.equal(said(shape({ kind: 'two', n: 1_000_001 }, '')), 'input.out-of-range n');
  for (const kind of ['three', 'toString', 1, undefined])
    assert.equal(said(shape({ kind }, '')), 'input.malformed kind');
  assert.equal(said(shape('one', '')), 'input.malformed ');
});

test('scalars: each in its one spelling', () => {
  const cases: [s.Shape<unknown>, unknown, string][] = [
    [s.hex(2), 'abcd', 'ok'],
    [s.hex(2), 'ABCD', 'input.malformed f'],
    [s.hex(2), 'abcde', 'input.too-large f'],
    [s.hex(2, '0x'), '0xabcd', 'ok'],
    [s.amount, '10', 'ok'],
    [s.amount, 10, 'input.malformed f'],
    [s.amount, '1.0', 'amount.not-integer f'],
    [s.signedAmount, '-10', 'ok'],
    [s.signedAmount, 10, 'input.malformed f'],
    [s.address, '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', 'ok'],
    [s.address, 5, 'input.malformed f'],
    [s.boolean, 1, 'input.malformed f'],
    [s.literal(null), undefined, 'input.malformed f'],
    [s.nullable(s.ppm), null, 'ok'],
    [s.unixSeconds, -1, 'input.out-of-range f'],
    [s.json({ maxBytes: 10 }), { a: [1] }, 'ok'],
    [s.json({ maxBytes: 10 }), { a: [1.5] }, 'input.not-canonical f.a.0'],
    [s.json({ maxBytes: 10 }), 'far too long', 'input.too-large f'],
    [s.list(s.ppm, { min: 1, max: 2 }), [], 'input.empty f'],
    [s.list(s.ppm, { max: 2 }), { length: 1 }, 'input.malformed f'],
  ];
  for (const [shape, value, wanted] of cases) assert.equal(said(shape(value, 'f')).replace(/\.$/, ''), wanted);
});

test('a shape never throws', () => {
  fc.assert(
    fc.property(
      fc.anything({ withBigInt: true, withDate: true }),
      (value) => typeof person(value, '').ok === 'boolean',
    ),
  );
});
