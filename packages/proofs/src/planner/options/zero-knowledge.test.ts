import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { mlpProgram, randomLayers } from '../../../../programs/test/networks.ts';
import { QUESTION } from '../../../test/questions.ts';
import { ASSUMED_MARKET, plan, programFacts, proofFacts, type Question, totalMicroUsd } from '../index.ts';
import { zeroKnowledge } from './zero-knowledge.ts';

const proof = { proveAccumulates: 1_400_000_000n, verifyAccumulates: 140_000_000n, bytes: 1_000_000n };
const program = { ...QUESTION.program, proof };
const ownMachine = ASSUMED_MARKET.watchers.machine;
const question: Question = { ...QUESTION, program, ownMachine, privacy: 'private-weights' };

test('hidden weights: a proof is final at once, and the one route without an enclave', () => {
  const given = unwrap(plan(question));
  assert.equal(given.chosen, 'zero-knowledge');
  const { terms } = given.options.find(({ route }) => route === 'zero-knowledge')!;
  // Running and proving, fetching the proof, checking it.
  assert.equal(terms!.latencyMilliseconds, 3n + 200n + 80n + 20n);
  assert.deepEqual([terms!.windowSeconds, terms!.bondMicroUsd, terms!.expectedLossMicroUsd], [0n, 0n, 1n]);
  assert.equal(totalMicroUsd(terms!), 6n + 3n);
  assert.ok(given.reasons.some((reason) => reason.includes('2^-96 at most for each challenge')));
});

test('a hidden input: whoever checks fetches the weights as well', () => {
  const { terms } = zeroKnowledge({ ...question, privacy: 'private-input' });
  assert.equal(terms!.latencyMilliseconds, 3n + 200n + 1_592n + 20n);
});

test('a public run is better repeated; contracts, no machine and unknown work have no proof', () => {
  assert.match(zeroKnowledge({ ...question, privacy: 'public' }).objections.join(), /running the program again beats/);
  for (const changes of [
    { onChain: true },
    { ownMachine: null },
    { program: QUESTION.program },
    { privacy: 'private-input', program: { ...program, published: false } },
  ] as const) {
    assert.equal(zeroKnowledge({ ...question, ...changes }).terms, null);
  }
  assert.notEqual(zeroKnowledge({ ...question, program: { ...program, published: false } }).terms, null);
});

test('what proving takes is counted from the program', async () => {
  const widths = [256, 256, 256];
  const network = mlpProgram(widths, randomLayers(widths, 1));
  const hidden = unwrap(await proofFacts(network, 'private-weights'));
  const both = unwrap(await proofFacts(network, 'private-both'));
  assert.ok(hidden.verifyAccumulates < hidden.proveAccumulates && hidden.proveAccumulates < both.proveAccumulates);
  const facts = { ...programFacts(network, { steps: 1, published: false }), proof: hidden };
  assert.equal(unwrap(plan({ ...question, program: facts })).chosen, 'zero-knowledge');
});
