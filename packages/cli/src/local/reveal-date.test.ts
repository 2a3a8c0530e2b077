import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRevealDate } from './reveal-date.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z') / 1_000;

test('days end in UTC, moments are exact, waits count from now', () => {
  const at = (text: string) => {
    const read = parseRevealDate(text, NOW);
    return read.ok ? new Date(read.value * 1_000).toISOString() : read.problem.code;
  };
  assert.equal(at('2026-11-29'), '2026-11-29T23:59:59.000Z');
  assert.equal(at('2027-01-31T08:30Z'), '2027-01-31T08:30:00.000Z');
  assert.equal(at(' 2d '), '2026-12-01T12:00:00.000Z');
  for (const bad of ['2026-11-28', '2026-11-29T11:59Z', '0s', 'soon', '2026-13-01', '2027-01-31T08:30', '', '-1d'])
    assert.equal(at(bad), 'publication.past-date', bad);
  const far = parseRevealDate('2032-01-31', NOW);
  assert.match(far.ok ? '' : far.problem.message, /more than five years ahead/);
});
