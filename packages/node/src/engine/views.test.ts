import assert from 'node:assert/strict';
import { test } from 'node:test';
import { market } from '@surety/protocol';
import {
  after,
  byCourt,
  CLOSES_AT,
  contestedAt,
  decided,
  opened,
  RECEIPT_ID,
  receiptEvent,
} from './question.fixture.ts';
import type { QuestionState } from './question.ts';
import { type Asked, isAsked, leaning, marketOf } from './views.ts';

const shown = (state: QuestionState) => {
  assert.ok(isAsked(state));
  const picture = marketOf(state as Asked, [], 'development');
  assert.deepEqual(market.safeParse(JSON.parse(JSON.stringify(picture))).error, undefined);
  return picture;
};

test('a question looks as the protocol says at every phase, and says when people are asked', () => {
  assert.deepEqual([shown(opened()).status, shown(opened()).needsPeople], ['open', undefined]);
  const answered = decided(0);
  assert.deepEqual([shown(answered).status, shown(answered).needsPeople], ['resolved', undefined]);
  assert.equal(shown(decided(null)).needsPeople, true);
  const contested = after(answered, contestedAt(CLOSES_AT + 1));
  assert.equal(shown(contested).needsPeople, true);
  assert.equal(shown(after(contested, byCourt(1, CLOSES_AT + 2, 'people'))).needsPeople, undefined);
  const drawn = after(answered, { kind: 'audit-drawn', drawn: true, beacon: 'b', at: CLOSES_AT });
  assert.equal(shown(drawn).needsPeople, true);
});

test('the mark on an overturned receipt is not the answer', () => {
  const mark = receiptEvent('overturned:decided', 0, CLOSES_AT + 5);
  const state = after(decided(0), { ...mark, status: 'overturned', receiptId: '1'.repeat(64) } as typeof mark);
  assert.ok(isAsked(state));
  const { answer, receiptId } = marketOf(state, [], 'development');
  assert.deepEqual([answer.status, receiptId], ['provisional', RECEIPT_ID]);
});

test('a price answers only from three fifths on', () => {
  assert.equal(leaning([600_000, 400_000]), 0);
  assert.equal(leaning([400_001, 599_999]), null);
});
