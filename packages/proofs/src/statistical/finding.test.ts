import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overClaims } from '@surety/core';
import type { Verdict } from './check.ts';
import type { Wrong } from './examine.ts';
import { type KeySource, statisticalFinding } from './finding.ts';

const byte = (value: number) => new Uint8Array(32).fill(value);
const verdict = (wrong: Wrong | null, sampled: Verdict['bound']['sampled'] = null): Verdict => ({
  wrong,
  run: { program: byte(1), input: byte(2), output: byte(3), trace: byte(4) },
  outputs: [],
  traced: true,
  sumsId: byte(5),
  bound: { sums: { numerator: 1n, denominator: (2n ** 31n - 1n) ** 2n }, sampled },
});
const KEYS: readonly KeySource[] = [
  { kind: 'secret', verdictsAreSecret: false },
  { kind: 'secret', verdictsAreSecret: true },
  { kind: 'beacon', source: 'drand quicknet', round: 9, delaySeconds: 30, runs: 64, held: false },
  { kind: 'beacon', source: 'drand quicknet', round: 9, delaySeconds: 30, runs: 64, held: true },
];
const WRONG: readonly Wrong[] = [
  { part: 'input' },
  { part: 'range', node: 1 },
  { part: 'sums', node: 1, row: null },
  { part: 'sums', node: 1, row: 2 },
  { part: 'element', node: 1, element: 7 },
  { part: 'trace' },
  { part: 'output' },
  { part: 'batch' },
];

test('no finding claims more than a check shows, whatever the key and whatever is wrong', () => {
  for (const key of KEYS) {
    for (const wrong of [null, ...WRONG]) {
      for (const sampled of [null, { elements: 5_000, draws: 100 }]) {
        const finding = statisticalFinding('record', verdict(wrong, sampled), key);
        assert.deepEqual(overClaims(finding), [], finding.summary);
        assert.ok(finding.doesNotProve.some((open) => open.includes('the answer is right')));
        const ofRun = sampled === null && (wrong?.part === 'trace' || wrong?.part === 'output');
        const expected = wrong === null ? 'shown' : ofRun ? 'refuted' : 'not-shown';
        assert.equal(finding.holds, expected);
      }
    }
  }
});

test('a program in which nothing is checked by sums was run again, and no secret is assumed', () => {
  const plain = verdict(null);
  const finding = statisticalFinding(
    'record',
    { ...plain, bound: { sums: { numerator: 0n, denominator: 1n }, sampled: null } },
    KEYS[0]!,
  );
  assert.deepEqual(overClaims(finding), []);
  assert.match(finding.summary, /all of it was run again/);
  assert.doesNotMatch(finding.assumes.join(), /key/);
});

test('a trace that was not looked at is not claimed', () => {
  const blind = statisticalFinding('record', { ...verdict(null), traced: false }, KEYS[0]!);
  assert.doesNotMatch(blind.proves.map(({ of }) => of).join(), /trace/);
  assert.match(blind.doesNotProve.join(), /the trace which the record names/);
});

test('the chance, the delay of the beacon and what sampling misses stand in the finding', () => {
  const all = statisticalFinding('record', verdict(null), KEYS[2]!);
  assert.match(all.summary, /2\^-61 at most/);
  assert.match(all.assumes.join('\n'), /30 s before it/);
  const some = statisticalFinding('record', verdict(null, { elements: 5_000, draws: 100 }), KEYS[0]!);
  assert.match(some.doesNotProve.join('\n'), /\(1 - 1\/5000\)\^100/);
  assert.doesNotMatch(some.proves.map(({ of }) => of).join('\n'), /output/);
  assert.match(some.assumes.join('\n'), /after a rejection/);
});
