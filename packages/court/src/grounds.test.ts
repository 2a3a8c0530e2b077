import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GROUNDS_LIMITS, groundsText, isPlainText, type JurorGrounds, parseGrounds, personGrounds } from './grounds.ts';
import { readingOf } from './hashes.ts';

const GROUNDS: JurorGrounds = {
  type: 'surety/juror-grounds/v1',
  family: 'juror-model:grams',
  program: 'program 1',
  reading: 'ab'.repeat(32),
  reason: '“scam”, 99 % sure.',
};

test('a record is read back from its text, and from no other', () => {
  assert.deepEqual(parseGrounds(groundsText(GROUNDS)), GROUNDS);
  const changed: readonly object[] = [
    { ...GROUNDS, type: 'surety/juror-grounds/v2' },
    { ...GROUNDS, more: 1 },
    { ...GROUNDS, reading: 'AB'.repeat(32) },
    { ...GROUNDS, family: '' },
    { ...GROUNDS, program: 'p'.repeat(GROUNDS_LIMITS.nameCharacters + 1) },
    { ...GROUNDS, reason: 'r'.repeat(GROUNDS_LIMITS.reasonCharacters + 1) },
    { ...GROUNDS, reason: 'turned \u202e round' },
  ];
  for (const each of changed) assert.equal(parseGrounds(groundsText(each as JurorGrounds)), null, JSON.stringify(each));
  const { reason: _, ...less } = GROUNDS;
  assert.equal(parseGrounds(groundsText(less as JurorGrounds)), null);
  assert.equal(parseGrounds(JSON.stringify(GROUNDS, null, 2)), null, 'only the canonical text has the digest');
  for (const text of ['', 'a reason', 'null', '[]', '7']) assert.equal(parseGrounds(text), null);
});

test('what is shown holds nothing that moves a cursor or turns a line', () => {
  assert.ok(isPlainText('Two lines,\nand <b>nothing</b> live.'));
  for (const text of [
    '',
    'a\u0000',
    'a\tb',
    'a\u001b[2J',
    'a\u009b',
    'a\u202e',
    'a\u2066',
    '\ud800',
    'é'.repeat(4_097),
  ])
    assert.ok(!isPlainText(text), JSON.stringify(text.slice(0, 5)));
});

test('two people who say the same in the same words are no copies of each other', () => {
  const said = (mark: string): string => {
    const text = personGrounds(' It asks for a seed phrase. ', mark);
    assert.ok(text.ok && isPlainText(text.value) && text.value.length <= GROUNDS_LIMITS.reasonCharacters);
    return text.value;
  };
  assert.equal(said('00112233445566aa'), 'It asks for a seed phrase.\n[00112233445566aa]');
  assert.notEqual(readingOf(said('00112233445566aa')), readingOf(said('00112233445566ab')));
  const most = GROUNDS_LIMITS.reasonCharacters - 19;
  assert.ok(personGrounds('r'.repeat(most), '0'.repeat(16)).ok);
  for (const reason of ['', ' \n ', 'turned \u202e round', 'r'.repeat(most + 1)])
    assert.ok(!personGrounds(reason, '0'.repeat(16)).ok, JSON.stringify(reason.slice(0, 9)));
  for (const mark of ['', '0', '0'.repeat(17), 'G'.repeat(16)]) assert.ok(!personGrounds('because', mark).ok, mark);
});
