import assert from 'node:assert/strict';
import { test } from 'node:test';
import { questionParts } from './question.ts';

test('a reading splits into question and terms and loses nothing', () => {
  const words = 'Is the message "Answers: yes?" a scam? Answers: scam or not scam; jurors decide. You pay $0.05.';
  const { question, terms } = questionParts(words);
  assert.equal(question, 'Is the message "Answers: yes?" a scam?');
  assert.equal(`${question} ${terms}`, words);
  assert.deepEqual(questionParts('No terms.'), { question: 'No terms.', terms: '' });
});
