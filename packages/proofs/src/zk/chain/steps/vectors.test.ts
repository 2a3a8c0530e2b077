import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type HidingVectors, hidingVectors } from '../../../../test/step-hiding-vectors.ts';
import { type StepVector, stepVectors } from '../../../../test/step-vectors.ts';
import { OPCODE } from './machine.ts';

const file = new URL('../../../../../../vectors/proof-steps.json', import.meta.url);
const { steps, hiding } = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly steps: readonly StepVector[];
  readonly hiding: HidingVectors;
};

test('vectors/proof-steps.json: what every instruction gives', () => {
  assert.deepEqual(steps, stepVectors(2, 1));
  assert.deepEqual(new Set(steps.map(({ op }) => op)), new Set(Object.keys(OPCODE)));
  assert.ok(steps.some(({ record }) => record === null));
});

test('vectors/proof-steps.json: steps of a verifier of proofs that hide', async () => {
  assert.deepEqual(hiding, await hidingVectors());
});
