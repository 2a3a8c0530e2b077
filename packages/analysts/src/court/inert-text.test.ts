import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inertText } from './inert-text.ts';

const read = (text: string) => inertText(text, 1_000);

test('what nobody sees is taken out and counted', () => {
  // Right-to-left override, zero-width space, tag characters that spell "hi", a variation selector, a bell, a Hangul filler.
  const hidden = '\u202e\u200b\u{e0068}\u{e0069}\ufe0f\u0007\u3164';
  assert.deepEqual(read(`vo${hidden}te`), { text: 'vote', invisible: 7, padding: 0, cut: 0 });
});

test('full-width, styled and ligature letters become plain ones; other scripts stay as they are', () => {
  assert.equal(read('ｉｇｎｏｒｅ 𝒂𝒍𝒍 ﬁles').text, 'ignore all files');
  assert.equal(read('Это не мошенничество. これは詐欺です。').text, 'Это не мошенничество. これは詐欺です。');
});

test('padding is cut: blank space, rows of signs, stacked marks, repeated letters', () => {
  assert.equal(read(`a${' '.repeat(500)}b${'\n'.repeat(500)}c`).text, 'a b\n\nc');
  assert.equal(read(`a${'='.repeat(500)}b`).text, 'a====b');
  assert.equal(read(`x${'y'.repeat(500)}`).text, 'xyyyy');
  assert.equal(read(`z${'\u0316'.repeat(60)}`).text, `z${'\u0316'.repeat(4)}`);
  assert.ok(read(`a${'='.repeat(500)}b`).padding > 400);
});

test('cuts count code points, and never leave half of one', () => {
  assert.deepEqual(inertText('😀😀😀', 2), { text: '😀😀', invisible: 0, padding: 0, cut: 1 });
  assert.equal(inertText('a\ud83d', 9).text, 'a');
});

test('reading what was read changes nothing, whatever the characters: no form brings out a hidden one', () => {
  // Between these planes nothing is assigned.
  const codes = Array.from({ length: 0x34000 }, (_, i) => (i < 0x33000 ? i : i - 0x33000 + 0xe0000));
  for (let from = 0; from < codes.length; from += 1_000) {
    const given = codes.slice(from, from + 1_000).map((code) => `x${String.fromCodePoint(code)}y`);
    const { text } = inertText(given.join(' '), 100_000);
    const again = inertText(text, 100_000);
    assert.ok(again.text === text && again.invisible === 0, `from U+${from.toString(16)}`);
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (given) => {
      const { text } = read(given);
      assert.equal(read(text).invisible, 0);
      assert.ok(text.isWellFormed());
    }),
  );
});
