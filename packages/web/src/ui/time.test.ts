import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ago, countdown, span } from './time.ts';

test('a countdown never shows a negative clock', () => {
  assert.equal(countdown(-5), '0:00');
  assert.equal(countdown(492), '8:12');
  assert.equal(countdown(7_390), '2:03:10');
  assert.equal(countdown(3 * 86_400 + 4 * 3_600 + 59), '3 d 4 h');
});

test('past moments shorten with distance', () => {
  assert.equal(ago(100, 102), 'just now');
  assert.equal(ago(100, 112), '12 s ago');
  assert.equal(ago(0, 400), '6 min ago');
  assert.equal(ago(0, 8_000), '2 h ago');
  assert.equal(ago(0, 200_000), '2 d ago');
});

test('spans are words', () => {
  assert.equal(span(1), '1 second');
  assert.equal(span(600), '10 minutes');
  assert.equal(span(3_600), '1 hour');
  assert.equal(span(86_400), '24 hours');
  assert.equal(span(259_200), '3 days');
});
