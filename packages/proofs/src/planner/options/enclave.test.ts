import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ENCLAVE, inMarket } from '../../../test/questions.ts';
import { totalMicroUsd } from '../option.ts';
import { enclave } from './enclave.ts';

const question = inMarket({ enclave: ENCLAVE });

test('off the chain an enclave costs its run and a tenth; on it, the gas of a proof and the wait of one transaction too', () => {
  const [off, on] = [question, { ...question, onChain: true }].map((asked) => enclave(asked).terms!);
  assert.equal(totalMicroUsd(off!), 2n);
  assert.equal(off!.latencyMilliseconds, 4n);
  assert.equal(totalMicroUsd(on!), 2n + 750_000n);
  assert.equal(on!.latencyMilliseconds, 4n + (3n + 10n) * 12_000n);
  assert.equal(on!.latestMilliseconds, 4n + (3n + 197n) * 12_000n);
});

test('whoever holds a broken enclave lies unnoticed: the chance of that is all that is lost', () => {
  const { expectedLossMicroUsd, standsE18, wrongPpm } = enclave(question).terms!;
  assert.equal(wrongPpm, 100n);
  assert.equal(standsE18, 10n ** 18n);
  assert.equal(expectedLossMicroUsd, 50_000n);
});
