import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onnxCases } from './cases.ts';
import { floatVerdict } from './float.ts';

const cases = onnxCases();

test('lowered in floating point, no case of the standard is wrong', { skip: cases === null && 'n/a' }, (t) => {
  const counts = { equal: 0, wrong: 0, 'out of scope': 0 };
  const wrong: string[] = [];
  // The networks of the set `light` take minutes in floating point: the bench runs them.
  for (const one of (cases ?? []).filter(({ set }) => set !== 'light')) {
    const verdict = floatVerdict(one);
    counts[verdict.kind]++;
    if (verdict.kind === 'wrong') wrong.push(`${one.name}: ${verdict.why}`);
  }
  t.diagnostic(JSON.stringify(counts));
  assert.deepEqual(wrong, []);
  assert.ok(counts.equal >= 1100, JSON.stringify(counts));
});
