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

test('a forecast is shown as the question that it is, if it is one', () => {
  const { question } = questionParts('"Will it rain before 2027-05-01?" comes true or does not. Answers: yes or no; …');
  assert.equal(question, 'Will it rain before 2027-05-01?');
  assert.equal(questionParts('"It rains" comes true or does not.').question, '"It rains" comes true or does not.');
});
