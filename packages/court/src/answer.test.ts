import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OUTCOME } from '@surety/core';
import { after, ais, begun, ENOUGH, funding, lastRound, PROPOSAL, playRound, windowEnd } from '../test/support.ts';
import { answerFor, type RiskPolicy, sayingsOf } from './index.ts';

const T = PROPOSAL.at;
const FAULT_TOLERANT: RiskPolicy = { kind: 'fault-tolerant', valueMicroUsd: 10n, capMicroUsd: 10n };

test('what was said keeps its status: provisional, then superseded or overturned by what came later', () => {
  const ruled = playRound(after(begun(), funding('challenger', 1, ENOUGH, T)), ais(12), () => 1);
  assert.deepEqual(
    sayingsOf(ruled).map(({ status }) => status),
    ['overturned', 'provisional'],
  );
  const back = playRound(after(ruled, funding('a', 0, ENOUGH, windowEnd(ruled) - 1)), ais(12), () => 0);
  const end = after(back, { kind: 'advance', at: windowEnd(back) });
  assert.deepEqual(
    sayingsOf(end).map(({ outcome, status }) => `${outcome} ${status}`),
    ['0 superseded', '1 overturned', '0 final'],
  );
});

test('who tolerates faults acts on the AI panel at once up to a cap, others wait, and who abstains wants no doubt on the way', () => {
  const open = after(begun(), funding('challenger', 1, ENOUGH, T));
  assert.deepEqual(answerFor(open, FAULT_TOLERANT), { kind: 'wait' });
  const ruled = playRound(open, ais(12), () => 1);
  assert.deepEqual(answerFor(ruled, FAULT_TOLERANT), { kind: 'outcome', outcome: 1, status: 'provisional' });
  assert.deepEqual(answerFor(ruled, { ...FAULT_TOLERANT, valueMicroUsd: 11n }), { kind: 'wait' });
  assert.deepEqual(answerFor(ruled, { kind: 'arbitrated' }), { kind: 'wait' });
  const end = after(ruled, { kind: 'advance', at: windowEnd(ruled) });
  assert.deepEqual(answerFor(end, { kind: 'abstaining' }), { kind: 'outcome', outcome: 1, status: 'final' });
  const unsure = playRound(open, ais(12), () => OUTCOME.abstain);
  assert.deepEqual(answerFor(unsure, FAULT_TOLERANT), { kind: 'wait' });
  const later = playRound(unsure, ais(12), () => 1);
  const doubtful = after(later, { kind: 'advance', at: lastRound(later).revealEndsAt + 9 * 3_600 });
  assert.deepEqual(answerFor(doubtful, { kind: 'arbitrated' }), { kind: 'outcome', outcome: 1, status: 'final' });
  assert.deepEqual(answerFor(doubtful, { kind: 'abstaining' }), { kind: 'undecided' });
});
