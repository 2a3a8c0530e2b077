/** Whoever runs the verifier himself finds the step that a wrong claim has no answer for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mlpProgram, randomLayers } from '../../../../../programs/test/networks.ts';
import { Random } from '../../../../../programs/test/random.ts';
import { challenged, follows, honestClaim, pretended } from '../../../../test/step-lies.ts';
import { claimOf } from './claim.ts';
import { decodeStepQuestion, encodeStepQuestion } from './question.ts';

const WIDTHS = [16, 8, 2];
const honest = () => honestClaim(mlpProgram(WIDTHS, randomLayers(WIDTHS, 1)));

test('a claim that is right is not disputed', async () => {
  assert.equal(challenged(await honest()), null);
});

test('a record that does not follow is found, wherever it is, with all others computed from it', async () => {
  const claim = await honest();
  const { steps } = claim.program;
  const random = new Random(3);
  const drawn = Array.from({ length: 5 }, () => random.int(0, steps.length - 1));
  for (const at of [0, 1, 127, 128, steps.length - 2, ...drawn]) {
    if (steps[at]!.writes.length === 0) continue;
    const lying = pretended(claim, claim.data, (index) => index === at);
    const wrong = challenged(lying)!;
    assert.equal(wrong.step, at);
    assert.ok(wrong.questions <= 3);
    assert.equal(follows(lying, wrong.step), false);
  }
});

test('a proof that does not hold has a step that does not follow, and it is found', async () => {
  const claim = await honest();
  const random = new Random(4);
  for (let round = 0; round < 10; round++) {
    const step = random.pick(claim.program.steps.filter(({ stretch }) => stretch.length > 0));
    const data = claim.data.slice();
    data[step.stretch.offset + random.int(0, step.stretch.length - 1)]! ^= 1 << random.int(0, 7);
    // As if all had gone well with this data, and as if it had been the honest data.
    for (const lying of [pretended(claim, data), claimOf(claim.program, claim.run, data, claim.records)]) {
      const wrong = challenged(lying)!;
      assert.equal(follows(lying, wrong.step), false, `step ${wrong.step}`);
    }
  }
});

test('questions have one encoding, and other bytes are none', () => {
  for (const question of [
    { kind: 'chunks', first: 5, count: 64 },
    { kind: 'records', level: 7, first: 1, count: 128 },
    { kind: 'step', step: 77 },
  ] as const) {
    const bytes = encodeStepQuestion(question);
    assert.deepEqual(decodeStepQuestion(bytes), question);
    assert.equal(decodeStepQuestion(bytes.subarray(1)), null);
    assert.equal(decodeStepQuestion(Uint8Array.of(...bytes, 0)), null);
  }
  for (const wrong of [
    { kind: 'chunks', first: 0, count: 0 },
    { kind: 'chunks', first: 0, count: 65 },
    { kind: 'records', level: 0, first: 0, count: 129 },
    { kind: 'records', level: 32, first: 0, count: 1 },
  ] as const) {
    assert.equal(decodeStepQuestion(encodeStepQuestion(wrong)), null);
  }
});
