import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromHex, toHex, utf8 } from './bytes.ts';
import { CANONICAL_LIMITS, encode, idOf, tryEncode } from './canonical.ts';
import { decode } from './canonical-decode.ts';
import { unwrap } from './errors.ts';
import { sha256Hex } from './hash.ts';

const vectors = JSON.parse(readFileSync(new URL('../../../vectors/canonical.json', import.meta.url), 'utf8')) as {
  valid: { name: string; hex: string; id: string }[];
  invalid: { name: string; hex: string; code: string; offset: number | null }[];
};

for (const { name, hex, id } of vectors.valid) {
  test(`canonical vector, valid: ${name}`, () => {
    const bytes = unwrap(fromHex(hex));
    const value = unwrap(decode(bytes));
    assert.equal(toHex(encode(value)), hex);
    assert.equal(idOf(value), id);
    assert.equal(sha256Hex(bytes), id);
  });
}

for (const { name, hex, code, offset } of vectors.invalid) {
  test(`canonical vector, invalid: ${name}`, () => {
    const result = decode(unwrap(fromHex(hex)));
    assert.ok(!result.ok);
    assert.equal(result.problem.code, code);
    if (offset !== null) assert.match(result.problem.message, new RegExp(`at byte ${offset}\\.`));
  });
}

const text = (value: unknown): string => new TextDecoder().decode(encode(value));

test('RFC 8785 section 3.2.2: strings and literals, without the floats this profile refuses', () => {
  const value = { string: '€$\u000f\nA\'B"\\\\"/', literals: [null, true, false] };
  assert.equal(text(value), '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
});

test('RFC 8785 appendix B: the whole numbers within range', () => {
  assert.equal(text([0, 9007199254740991, -9007199254740991]), '[0,9007199254740991,-9007199254740991]');
});

const KEY_CHARACTERS = [...'ABCXYZabcxyz0189_.:/$@-'];
const key = fc.string({ unit: fc.constantFrom(...KEY_CHARACTERS), minLength: 1, maxLength: 64 });
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((n) => (n === 0 ? 0 : n)),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.nat(0x7f).map((c) => String.fromCharCode(c)) }),
    fc.array(tie('json'), { maxLength: 5 }),
    fc.dictionary(key, tie('json'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));

test('decode undoes encode', () => {
  fc.assert(fc.property(json, (value) => assert.deepEqual(unwrap(decode(encode(value))), value)));
});

test('the order in which members were added does not matter', () => {
  fc.assert(
    fc.property(fc.dictionary(key, json, { maxKeys: 6 }), (value) => {
      assert.equal(idOf(Object.fromEntries(Object.entries(value).reverse())), idOf(value));
    }),
  );
});

test('a changed byte is refused or is another value: no two byte strings mean the same', () => {
  fc.assert(
    fc.property(json, fc.nat(), fc.integer({ min: 1, max: 255 }), (value, place, difference) => {
      const bytes = encode(value);
      const changed = bytes.slice();
      changed[place % bytes.length]! ^= difference;
      const result = decode(changed);
      if (result.ok) assert.deepEqual(encode(result.value), changed);
    }),
  );
});

test('any bytes: refused with a listed code, or canonical', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const result = decode(bytes);
      if (result.ok) assert.deepEqual(encode(result.value), bytes);
      else assert.match(result.problem.code, /^input\./);
    }),
  );
});

test('what has no canonical form is refused by name', () => {
  const cases: [unknown, string, string][] = [
    [{ a: { b: 1.5 } }, 'input.not-canonical', 'a.b'],
    [[-0], 'input.not-canonical', '0'],
    [{ a: Number.NaN }, 'input.not-canonical', 'a'],
    [[2 ** 53], 'input.out-of-range', '0'],
    [{ a: undefined }, 'input.malformed', 'a'],
    [{ a: 1n }, 'input.malformed', 'a'],
    [['\ud800'], 'input.malformed', '0'],
    [{ 'a b': 1 }, 'input.malformed', 'a b'],
    [{ '': 1 }, 'input.malformed', ''],
    [new Array(2), 'input.malformed', '0'],
    [{ at: new Date(0) }, 'input.malformed', 'at'],
    [[new Uint8Array(2)], 'input.malformed', '0'],
    [new Map(), 'input.malformed', ''],
  ];
  for (const [value, code, field] of cases) {
    const result = tryEncode(value);
    assert.ok(!result.ok);
    assert.deepEqual([result.problem.code, result.problem.field], [code, field]);
  }
});

test('limits: depth and size, at the limit and one beyond', () => {
  const nest = (depth: number): unknown => (depth === 0 ? 1 : [nest(depth - 1)]);
  assert.ok(tryEncode(nest(CANONICAL_LIMITS.depth)).ok);
  assert.ok(!tryEncode(nest(CANONICAL_LIMITS.depth + 1)).ok);
  assert.ok(decode(utf8('"aaaa"'), { maxBytes: 6 }).ok);
  const result = decode(utf8('"aaaaa"'), { maxBytes: 6 });
  assert.equal(!result.ok && result.problem.code, 'input.too-large');
  assert.ok(!tryEncode('aaaaa', { maxBytes: 6 }).ok);
});

test('a hostile key is data', () => {
  const value = unwrap(decode(utf8('{"__proto__":{"polluted":1}}'))) as object;
  assert.deepEqual(Object.keys(value), ['__proto__']);
  assert.equal(Object.getPrototypeOf(value), Object.prototype);
});
