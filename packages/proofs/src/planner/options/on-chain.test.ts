/** Proofs that contracts judge: checked whole where the program is small, by steps where it is large. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { type CheckedProgram, checkProgram } from '@surety/programs';
import { mlpProgram, randomLayers } from '../../../../programs/test/networks.ts';
import { HOUR, QUESTION, USD } from '../../../test/questions.ts';
import { estimate } from '../../zk/index.ts';
import {
  type OnChainProof,
  onChainProofFacts,
  type Plan,
  plan,
  type Question,
  type RouteName,
  totalMicroUsd,
} from '../index.ts';
import { checkedProof } from './checked-proof.ts';
import { optimistic } from './optimistic.ts';
import { proofSteps } from './proof-steps.ts';

const CHECKED: OnChainProof = { kind: 'checked', proveAccumulates: 70_000_000n, gas: 3_000_000n };
const STEPS: OnChainProof = {
  kind: 'steps',
  proveAccumulates: 3_500_000_000n,
  dataBytes: 1_080_000n,
  checkAccumulates: 49_000_000_000n,
};

const asked = (onChainProof: OnChainProof, changes: Partial<Question> = {}): Question => ({
  ...QUESTION,
  onChain: true,
  ...changes,
  program: { ...QUESTION.program, ...changes.program, onChainProof },
});

const optionOf = (question: Question, route: RouteName) =>
  unwrap(plan(question)).options.find((option) => option.route === route)!;

const unpublished = { ...QUESTION.program, published: false };

test('a small program that a contract relies on, in a hurry: a proof that is checked at once', () => {
  // Cover for so much would cost more than the proof.
  const valueMicroUsd = 5_000n * USD;
  const question = asked(CHECKED, { valueMicroUsd, latencyMilliseconds: HOUR / 4n });
  const given = unwrap(plan(question));
  assert.equal(given.chosen, 'checked-proof');
  const { terms } = checkedProof(question);
  assert.deepEqual([terms!.windowSeconds, terms!.expectedLossMicroUsd, terms!.attackMicroUsd], [0n, 1n, null]);
  // 3.25 M gas at 1 gwei and $3,000, and a second of a machine at most.
  assert.ok(totalMicroUsd(terms!) >= 9_750_000n && totalMicroUsd(terms!) < 9_751_000n);
  assert.ok(given.reasons.some((reason) => reason.includes('nobody has to watch')));
  // With time to wait the window is cheaper: re-execution, where program and input are public.
  assert.equal(unwrap(plan(asked(CHECKED, { latencyMilliseconds: 2n * HOUR }))).chosen, 'optimistic');
});

test('a large program whose weights nobody has published: by steps, with what is fetched and done for a check counted', () => {
  const question = asked(STEPS, { program: unpublished });
  const given = unwrap(plan(question));
  assert.equal(given.chosen, 'proof-steps');
  const { terms } = proofSteps(question);
  assert.ok(terms!.bondMicroUsd > 0n && terms!.windowSeconds > 0n && terms!.clockSeconds > 0n);
  assert.ok(given.reasons.some((reason) => reason.includes('has to have the data')));
  // Carrying out all steps takes seconds in which a liar is not found, fetching the data less than the weights.
  const plain = optimistic(asked(STEPS)).terms!;
  assert.ok(terms!.bondMicroUsd >= plain.bondMicroUsd);
  const slower = proofSteps(asked({ ...STEPS, checkAccumulates: 10n ** 13n }, { program: unpublished })).terms!;
  assert.ok(slower.windowSeconds > terms!.windowSeconds && totalMicroUsd(slower) > totalMicroUsd(terms!));
});

test('where the program is public the run is repeated, by whoever can and by watchers for a contract', () => {
  const { machine } = QUESTION.market.watchers;
  assert.equal(unwrap(plan(asked(STEPS, { onChain: false, ownMachine: machine }))).chosen, 'rerun');
  assert.equal(unwrap(plan(asked(STEPS))).chosen, 'optimistic');
});

test('what nobody counted, and what the other contract judges is refused with its reason', () => {
  for (const route of ['checked-proof', 'proof-steps'] as const) {
    const other: OnChainProof = route === 'checked-proof' ? STEPS : CHECKED;
    assert.match(optionOf(QUESTION, route).objections.join(), /Nobody said/);
    assert.equal(optionOf(asked(other), route).terms, null);
    assert.equal(optionOf(asked(other), route).objections.length, 1);
  }
});

test('what hides is never checked whole, and is claimed by steps where a contract relies on it', () => {
  for (const [privacy, words] of [
    ['private-weights', /needed by nobody, and they stay hidden\./],
    ['private-input', /and the input stays hidden\./],
    ['private-both', /they stay hidden, and so does the input\./],
  ] as const) {
    assert.match(optionOf(asked(CHECKED, { privacy }), 'checked-proof').objections.join(), /hide nothing/);
    const given: Plan = unwrap(plan(asked(STEPS, { privacy, program: unpublished })));
    assert.equal(given.chosen, 'proof-steps');
    assert.match(given.reasons.join('\n'), words);
    assert.match(optionOf(asked(STEPS, { privacy }), 'zero-knowledge').objections.join(), /hides anything whole/);
  }
});

test('numbers out of their range are refused by their field', () => {
  for (const [field, proof] of [
    ['proveAccumulates', { ...CHECKED, proveAccumulates: -1n }],
    ['gas', { ...CHECKED, gas: -1n }],
    ['dataBytes', { ...STEPS, dataBytes: -1n }],
    ['checkAccumulates', { ...STEPS, checkAccumulates: 10n ** 19n }],
  ] as const) {
    const refused = plan(asked(proof));
    assert.equal(refused.ok ? 'planned' : refused.problem.field, `program.onChainProof.${field}`);
  }
});

const mlp = (widths: readonly number[]) => mlpProgram(widths, randomLayers(widths, 1));

/** A program whose output is the place of the largest score. */
const choosing = (): CheckedProgram => {
  const { inputs, constants, nodes, outputs } = mlp([8, 4]);
  const scores = inputs.length + constants.length;
  return unwrap(
    checkProgram({
      ...{ inputs, constants, states: [] },
      nodes: [...nodes, { form: { op: 'argmax', x: scores }, dtype: 'i32', stage: null }],
      outputs: outputs.map((output) => ({ ...output, value: scores + 1 })),
    }),
  );
};

test('what it takes is counted from the program, and the gas is above all that was measured', async () => {
  const small = unwrap(await onChainProofFacts(mlp([16, 8])));
  assert.equal(small.kind, 'checked');
  assert.equal(unwrap(await onChainProofFacts(mlp([16, 8]), undefined, 'steps')).kind, 'steps');
  const large = unwrap(await onChainProofFacts(mlp([100, 48, 7])));
  assert.ok(large.kind === 'steps' && large.dataBytes > 0n && large.checkAccumulates > large.proveAccumulates);
  // The same small program by steps, of which there are more where more is hidden.
  const [weights, both] = [
    unwrap(await onChainProofFacts(mlp([16, 8]), { proofs: 2, input: false })),
    unwrap(await onChainProofFacts(mlp([16, 8]), { proofs: 2, input: true })),
  ];
  assert.ok(weights.kind === 'steps' && both.kind === 'steps' && both.checkAccumulates > weights.checkAccumulates);
  const unfit = await onChainProofFacts(choosing());
  assert.equal(unfit.ok ? 'counted' : unfit.problem.code, 'proof.unsupported');
  const report = readFileSync(join(import.meta.dirname, '../../../../../contracts/gas-report.md'), 'utf8');
  const rows = [...report.matchAll(/ProofVerifier\.verify, ([0-9 →]+), [0-9,]+ bytes: all +\| +([0-9,]+) \|/g)];
  assert.ok(rows.length >= 3);
  for (const [, widths, gas] of rows) {
    const facts = unwrap(await onChainProofFacts(mlp(widths!.split(' → ').map(Number))));
    assert.ok(facts.kind === 'checked' && facts.gas >= BigInt(gas!.replaceAll(',', '')), widths);
  }
});

test('estimates of bound constants are those of the commitment that contracts take', async () => {
  const program = mlp([16, 8]);
  const [bound, hiding] = [
    unwrap(await estimate(program, { hideWeights: true, proofs: 0 })),
    unwrap(await estimate(program, { hideWeights: true })),
  ];
  assert.ok(bound.proofBytes < hiding.proofBytes);
});
