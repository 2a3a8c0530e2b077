/** Findings say what is hidden and what is not, and never more than a proof shows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overClaims } from '@surety/core';
import { type ProvedRun, zkFinding } from './finding.ts';

const id = new Uint8Array(32);
const open = { kind: 'public', id } as const;
const hidden = { kind: 'private', architecture: id, weights: id } as const;

const run = (more: Partial<ProvedRun>): ProvedRun => ({
  program: open,
  input: id,
  output: id,
  hidesInput: false,
  proofs: 0,
  ...more,
});

test('what is hidden is named, and only where it is', () => {
  const cases: readonly (readonly [Partial<ProvedRun>, RegExp])[] = [
    [{}, /It hides nothing\.$/],
    [{ hidesInput: true }, /tells nothing of the input; architecture/],
    [{ program: hidden, proofs: 16 }, /nothing of the values of its hidden constants, as long as at most 16 proofs/],
    [{ program: hidden, proofs: 16, hidesInput: true }, /hidden constants and the input, as long as/],
    [{ program: hidden }, /It hides nothing\.$/],
  ];
  for (const [more, words] of cases) {
    const finding = zkFinding('zk', run(more), null);
    assert.equal(finding.holds, 'shown');
    assert.match(finding.summary, words);
    assert.deepEqual(overClaims(finding), []);
  }
});

test('constants that are committed to without being hidden are not called hidden', () => {
  const { doesNotProve } = zkFinding('zk', run({ program: hidden }), null);
  assert.ok(doesNotProve.some((text) => /committed to without being hidden/.test(text)));
});

test('hidden constants are not said to be integers of their types', () => {
  const { doesNotProve } = zkFinding('zk', run({ program: hidden, proofs: 1 }), null);
  assert.ok(doesNotProve.some((text) => /integers of their stated types/.test(text)));
});

test('a proof that fails shows nothing', () => {
  const finding = zkFinding('zk', run({}), 'it ends too early');
  assert.equal(finding.holds, 'refuted');
  assert.deepEqual(finding.proves, []);
  assert.deepEqual(overClaims(finding), []);
});
