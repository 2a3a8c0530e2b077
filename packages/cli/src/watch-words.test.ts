import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOutput } from './terminal/output.ts';
import { afterOnce, changedSince, printWatch, type WatchedClaim, type WatchMessage } from './watch-words.ts';

const CLAIM: WatchedClaim = {
  claimId: `0x${'ab'.repeat(32)}`,
  mine: false,
  standing: 'right',
  windowEndsAt: 160,
  disputes: 0,
  staked: false,
};

test('after one look it says what is lost by looking away, and nothing where nothing is', () => {
  assert.equal(afterOnce([CLAIM, { ...CLAIM, mine: true, standing: 'final' }]), null);
  assert.match(afterOnce([{ ...CLAIM, mine: true }]) ?? '', /wins its bond\.$/);
  assert.match(afterOnce([{ ...CLAIM, staked: true }]) ?? '', /in time, the stake of your dispute is lost\.$/);
  assert.match(afterOnce([{ ...CLAIM, mine: true, staked: true }]) ?? '', /its bond, and the stake/);
});

const printed = (message: WatchMessage): string => {
  let text = '';
  const stream = { write: (more: string) => (text += more) };
  printWatch(
    createOutput({ stdout: stream, stderr: stream }, { json: false, quiet: false, color: false, env: {} }),
    message,
  );
  return text;
};

test('messages name the claim, what was found or done, and why something was not', () => {
  const { claimId } = CLAIM;
  const list = (claim: Partial<WatchedClaim>): string =>
    printed({ kind: 'claims', block: '1', chainSeconds: 100, claims: [{ ...CLAIM, ...claim }] });
  assert.match(list({ disputes: 1 }), /0xabababab…abab agrees with your own run; 1 open dispute; .*\(60 s left\)/);
  assert.match(list({ mine: true, standing: 'final' }), /^ {2}0xabababab…abab \(yours\) is final\n$/);
  assert.equal(list({ standing: 'unchecked' }), '');
  assert.match(list({ windowEndsAt: 99 }), /; its window is over\n$/);
  assert.deepEqual(changedSince([CLAIM], [CLAIM, { ...CLAIM, disputes: 1 }]), [{ ...CLAIM, disputes: 1 }]);
  assert.match(printed({ kind: 'checked', claimId, found: 'unheld', what: 'program' }), /program is not here/);
  const problem = { code: 'internal', message: 'Why.', next: 'Then.' } as const;
  assert.match(printed({ kind: 'checked', claimId, found: 'failed', problem }), /could not be run: Why\./);
  const refused = { kind: 'move', move: 'ask', claimId, outcome: 'refused', problem } as const;
  assert.match(printed(refused), /Did not ask on about 0xabababab…abab: Why\./);
  assert.match(printed({ kind: 'collected', microUsd: '5000000', wei: '2000000000000000' }), /\$5\.00 and 0\.002 of/);
});
