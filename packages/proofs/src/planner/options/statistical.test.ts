import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { MLP_WIDTHS, mlpProgram, randomLayers } from '../../../../programs/test/networks.ts';
import { QUESTION, USD } from '../../../test/questions.ts';
import { perE18 } from '../../statistical/bound.ts';
import { ASSUMED_MARKET, plan, programFacts, type Question, totalMicroUsd } from '../index.ts';
import { MISSED_E18, statistical } from './statistical.ts';

const PHONE = { macsPerSecond: 20_000_000n, bytesPerSecond: 10n ** 9n, microUsdPerHour: 0n };
const program = { ...QUESTION.program, checkAccumulates: 1_500_000n };
const question: Question = { ...QUESTION, program, ownMachine: PHONE, latencyMilliseconds: 500n };

test('who can check a run in time, but not repeat it, is offered a record', () => {
  const given = unwrap(plan(question));
  assert.equal(given.chosen, 'statistical');
  const { terms } = given.options.find(({ route }) => route === 'statistical')!;
  // Twice 3 ms of a run, 19 ms of fetching, 75 ms of checking.
  assert.equal(terms!.latencyMilliseconds, 6n + 19n + 75n);
  assert.ok(
    given.reasons.some((reason) => reason.includes('1 in 536,870,911')),
    given.reasons.join('\n'),
  );
  assert.equal(totalMicroUsd(terms!), 1n);
  assert.equal(terms!.expectedLossMicroUsd, 1n);
  assert.equal(statistical({ ...question, valueMicroUsd: 10n ** 6n * USD }).terms!.expectedLossMicroUsd, 1_863n);
});

test('who can repeat it in time is not', () => {
  const own = ASSUMED_MARKET.watchers.machine;
  assert.equal(unwrap(plan({ ...question, ownMachine: own, latencyMilliseconds: 10_000n })).chosen, 'rerun');
});

test('what is hidden, unpublished, for a contract or without a machine has no record', () => {
  for (const changes of [
    { privacy: 'private-weights' },
    { privacy: 'private-input' },
    { program: { ...program, published: false } },
    { onChain: true },
    { ownMachine: null },
    { program: QUESTION.program },
  ] as const) {
    assert.equal(statistical({ ...question, ...changes }).terms, null);
  }
});

test('the chance is that of the specification, and the work is counted from the program', () => {
  const facts = programFacts(mlpProgram(MLP_WIDTHS, randomLayers(MLP_WIDTHS, 1)), { steps: 1, published: true });
  // Four layers: (1,536 + 3,072) elements each read and written, 128 multiply-accumulates for one.
  assert.equal(facts.checkAccumulates, 4n * 4_608n * 128n);
  assert.ok(facts.checkAccumulates < facts.multiplyAccumulates / 7n);
  assert.equal(perE18({ numerator: 4n, denominator: 2n ** 31n - 1n }), MISSED_E18);
});
