import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from './fold.ts';
import { personsIn } from './persons.ts';

const persons = (text: string) => personsIn(fold(text, new Set()), () => false);

test('two capitalised words that are no known thing are a name; a known name needs one', () => {
  assert.equal(persons('Will Jane Roe speak?').named, 'jane roe');
  assert.equal(persons('will putin speak').named, 'putin');
  assert.equal(persons('Will Real Madrid win?').named, null);
  assert.equal(persons('Will Perl 5 be released?').unknown, null);
  assert.equal(persons('Will Zooko speak?').unknown, 'zooko');
});

test('what takes a name is not the person', () => {
  assert.equal(persons('Will Trump coin rise?').named, null);
  assert.equal(persons("Will Trump's plane land?").named, 'trump');
});

test('roles, relations and pronouns are persons without a name', () => {
  assert.equal(persons('Will the judge rule?').role, 'judge');
  assert.equal(persons('Will the bill pass?').role, null);
});
