/** The planner's numbers of the Arbiter are those of its contract, its development terms and its gas report. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DEVELOPMENT_TERMS } from '../../chain/src/plan.ts';
import { ARBITER_RULES } from '../src/planner/index.ts';

const read = (file: string): string => readFileSync(join(import.meta.dirname, '../../../contracts', file), 'utf8');

test('limits of windows, clocks and questions', () => {
  const source = read('src/arbiter/Arbiter.sol');
  const constant = (name: string): bigint => {
    const [, count, unit] = new RegExp(`constant ${name} = (\\d+)( days)?;`).exec(source)!;
    return BigInt(count!) * (unit === undefined ? 1n : 86_400n);
  };
  const rules = ARBITER_RULES;
  assert.equal(rules.leastWindowSeconds, constant('MIN_WINDOW_SECONDS'));
  assert.equal(rules.mostWindowSeconds, constant('MAX_WINDOW_SECONDS'));
  assert.equal(rules.leastClockSeconds, constant('MIN_CLOCK_SECONDS'));
  assert.equal(rules.mostClockSeconds, constant('MAX_CLOCK_SECONDS'));
  assert.equal(BigInt(rules.mostQuestions), constant('MAX_QUESTIONS'));
});

test('shares of a bond, and the least bond of a development chain', () => {
  const { leastBondMicroUsd, rewardPpm, burnPpm } = ARBITER_RULES;
  const { stakePpm: _, ...terms } = DEVELOPMENT_TERMS;
  assert.deepEqual({ leastBondMicroUsd, rewardPpm, burnPpm }, terms);
});

test('no call costs more gas than the planner takes it for', () => {
  const report = read('gas-report.md');
  const gas = (call: string): bigint => {
    const row = report.split('\n').find((line) => line.startsWith(`| Arbiter.${call} `))!;
    return BigInt(row.split('|')[2]!.replaceAll(',', '').trim());
  };
  const limits = ARBITER_RULES.gas;
  const claim = gas('claim (first of a requester)');
  assert.ok(claim + gas('finalise') <= limits.claimAndFinalise);
  assert.ok(claim + gas('prove') <= limits.claimAndProve);
  assert.ok(gas('reserveCover') <= limits.reserveCover);
  // Six questions find step, node, chunk and the place in a long sum; 300,000 is the goal for the deciding step.
  const first = gas('dispute') + gas('answer of 1,024 bytes (first): gas paid for');
  const further = gas('ask') + gas('answer of 1,024 bytes (next): gas paid for');
  assert.ok(first + 5n * further + 300_000n <= limits.dispute);
});
