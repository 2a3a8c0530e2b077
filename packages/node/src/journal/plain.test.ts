import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { readPlain, writePlain } from './plain.ts';

const plain = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().filter((n) => !Object.is(n, -0)),
    fc.bigInt(),
    fc.string({ unit: 'grapheme' }),
    fc.uint8Array(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,8}$/), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

it('plain data reads back as it was written, bigints and bytes included', () => {
  fc.assert(
    fc.property(plain, (value) => {
      const text = writePlain(value);
      const back = readPlain(text);
      assert.deepEqual(back, value instanceof Uint8Array ? new Uint8Array(value) : value);
      assert.equal(writePlain(back), text);
    }),
  );
});

it('what is not plain, or could be read in two ways, is refused', () => {
  for (const value of [0.5, () => 1, Symbol('x'), { $n: '1' }, new Date(Number.NaN).getTime()]) {
    assert.throws(() => writePlain(value), { code: /^input\./ });
  }
  assert.equal(writePlain(undefined), 'null');
  assert.equal(writePlain({ a: undefined, b: 1n }), '{"b":{"$n":"1"}}');
});
