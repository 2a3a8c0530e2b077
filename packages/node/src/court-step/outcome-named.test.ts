import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OUTCOME } from '@surety/core';
import { BESIDE, outcomeNamed } from './outcome-named.ts';

const named = (name: string, labels: readonly string[], outcomes = 2): number | string => {
  const found = outcomeNamed(name, { caseId: 7n, outcomes, labels, beside: BESIDE });
  return found.ok ? found.value : found.problem.next;
};

test('an outcome is meant by its name, its number, or as one that every case has', () => {
  assert.deepEqual(
    ['accepted', 'refused', '0', '#1', 'invalid'].map((name) => named(name, ['accepted', 'refused'])),
    [0, 1, 0, 1, OUTCOME.invalid],
  );
  assert.deepEqual([named('1', []), named('#0', [])], [1, 0]);
  assert.match(String(named('maybe', ['accepted', 'refused'])), /"accepted", "refused", "undecidable"/);
  assert.match(String(named('2', ['accepted', 'refused'])), /"accepted"/);
});

test('whoever names outcomes like numbers, or like kinds, has nobody bond on the other one', () => {
  assert.match(String(named('1', ['1', '0'])), /"#0", "#1"/);
  assert.deepEqual([named('#1', ['1', '0']), named('#0', ['1', '0'])], [1, 0]);
  assert.match(String(named('undecidable', ['undecidable', 'no'])), /"#0", "#1"/);
  assert.match(String(named('#1', ['#1', 'no'])), /Use one of/);
  assert.equal(named('1', ['0', '1']), 1);
});
