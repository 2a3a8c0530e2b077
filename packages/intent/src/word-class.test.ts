import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordClass } from './word-class.ts';

const matches = (source: string, text: string): boolean => wordClass(source).pattern.test(text);

test('a stem takes any ending, a plain word none, and both stand alone', () => {
  assert.ok(matches('assassin*', 'two assassins'));
  assert.ok(!matches('kill', 'skill'));
  assert.ok(!matches('kill', 'killing'));
});

test('a gap takes up to four words; a comma inside a count does not end an entry', () => {
  assert.ok(matches('push … daisies', 'push up the wild daisies'));
  assert.ok(!matches('push … daisies', 'push a b c d e daisies'));
  assert.ok(matches('cut (\\S+ ){0,2}?cable*', 'cut all the cables'));
});

test('its vocabulary has inflections of stems; words of phrases do not stand alone', () => {
  const { vocabulary, alone } = wordClass('murder*, kick the bucket');
  assert.ok(vocabulary.includes('murdered') && vocabulary.includes('bucket'));
  assert.ok(alone.includes('murder') && !alone.includes('bucket'));
});
