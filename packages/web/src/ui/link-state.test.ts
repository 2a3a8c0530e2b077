import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding, Holds, Link } from '@surety/sdk/page';
import { linkStates, linkSummary } from './link-state.ts';

const finding = (link: Link, holds: Holds): Finding => ({
  link,
  holds,
  source: 'test',
  summary: 'A check.',
  proves: [],
  assumes: [],
  doesNotProve: ['anything else'],
  freshAt: null,
});

test('a link is shown only when it has findings and every one of them is shown', () => {
  const states = linkStates([
    finding('intent', 'shown'),
    finding('input', 'shown'),
    finding('input', 'not-shown'),
    finding('program', 'refuted'),
    finding('program', 'shown'),
  ]);
  assert.deepEqual(
    states.map((state) => [state.link, state.holds, linkSummary(state)]),
    [
      ['intent', 'shown', 'shown'],
      ['input', 'not-shown', '1 of 2 shown'],
      ['program', 'refuted', 'broken'],
      ['output', 'not-shown', 'not shown'],
    ],
  );
});
