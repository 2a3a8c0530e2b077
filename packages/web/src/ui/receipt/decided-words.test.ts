import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decidedWords } from './decided-words.ts';

test('a refund is said to have happened only once the answer is final', () => {
  const decidedBy = { kind: 'undecided', reason: 'No quorum.' } as const;
  assert.equal(
    decidedWords({ decidedBy, status: 'provisional' }),
    'Nobody could decide. Budgets are refunded once that is final. No quorum.',
  );
  assert.match(decidedWords({ decidedBy, status: 'final' }), /Budgets were refunded\./);
});
