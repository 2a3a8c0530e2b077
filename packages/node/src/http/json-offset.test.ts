import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { jsonErrorOffset } from './json-offset.ts';

const cases: readonly (readonly [text: string, offset: number])[] = [
  ['', 0],
  ['{', 1],
  ['{"a":1,}', 7],
  ['{"a" 1}', 5],
  ['[1,2', 4],
  ['[1 2]', 3],
  ['{"a":tru}', 5],
  ['nul', 0],
  ['"ab', 3],
  ['"a\u0001"', 2],
  ['"\\x"', 2],
  ['1 2', 2],
  ['01', 1],
  ['{a:1}', 1],
  ['[1]]', 3],
];

test('the offset is that of the first character that does not belong', () => {
  for (const [text, offset] of cases) assert.equal(jsonErrorOffset(text), offset, JSON.stringify(text));
});

test('a prefix of JSON ends too early at its end; the offset never exceeds the length', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (json, n) => {
      const cut = json.slice(0, n % (json.length + 1));
      const offset = jsonErrorOffset(cut);
      assert.ok(offset <= cut.length);
      assert.equal(jsonErrorOffset(json), json.length);
    }),
  );
});

test('nesting a million deep does not overflow', () => {
  const text = '['.repeat(1_000_000);
  assert.equal(jsonErrorOffset(text), text.length);
});
