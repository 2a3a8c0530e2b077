import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ENCLAVE, inMarket, QUESTION, questions } from '../../test/questions.ts';
import { checkQuestion } from './check-question.ts';
import { plan, type Question } from './index.ts';

const { market, rules } = QUESTION;

test('a number out of its range is refused by its field', () => {
  const machine = { macsPerSecond: 0n, bytesPerSecond: 1_000n, microUsdPerHour: 0n };
  const cases: readonly (readonly [string, Question])[] = [
    ['valueMicroUsd', { ...QUESTION, valueMicroUsd: -1n }],
    ['budgetMicroUsd', { ...QUESTION, budgetMicroUsd: 1n << 128n }],
    ['program.weightBytes', { ...QUESTION, program: { ...QUESTION.program, weightBytes: 10n ** 19n } }],
    ['rules.mostQuestions', { ...QUESTION, rules: { ...rules, mostQuestions: 1.5 } }],
    ['ownMachine.macsPerSecond', { ...QUESTION, ownMachine: machine }],
    ['market.chain.passPpm', inMarket({ chain: { ...market.chain, passPpm: 999 } })],
    ['market.chain.censorMicroUsdPerSecond', inMarket({ chain: { ...market.chain, censorMicroUsdPerSecond: 0n } })],
    ['market.watchers.checkPpm', inMarket({ watchers: { ...market.watchers, checkPpm: 1_000_001 } })],
    ['market.watchers.count', inMarket({ watchers: { ...market.watchers, count: Number.NaN } })],
    ['market.enclave.brokenPpm', inMarket({ enclave: { ...ENCLAVE, brokenPpm: -1 } })],
    ['rules.burnPpm', { ...QUESTION, rules: { ...rules, burnPpm: 750_000 } }],
    ['rules.rewardPpm', { ...QUESTION, rules: { ...rules, rewardPpm: Number.POSITIVE_INFINITY } }],
  ];
  for (const [field, question] of cases) {
    const refused = plan(question);
    assert.ok(!refused.ok, field);
    assert.equal(refused.problem.code, 'input.out-of-range');
    assert.equal(refused.problem.field, field);
    assert.ok(refused.problem.limit !== undefined && refused.problem.next !== '');
  }
});

test('questions within their ranges have no problem', () => {
  fc.assert(fc.property(questions, (question) => checkQuestion(question) === null));
});
