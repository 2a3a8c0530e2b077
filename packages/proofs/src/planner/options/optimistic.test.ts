import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, inMarket, QUESTION, USD } from '../../../test/questions.ts';
import { censoringCostMicroUsd } from '../window.ts';
import { optimistic } from './optimistic.ts';

const { market } = QUESTION;
const FREE_CHAIN = { ...market.chain, weiPerGas: 0n };
const IDLE = { ...market.watchers.machine, microUsdPerHour: 0n };
const SMALL = { ...QUESTION, valueMicroUsd: 0n };

test('nothing at stake, and gas for nothing: the least bond of the deployment', () => {
  assert.equal(
    optimistic(inMarket({ chain: FREE_CHAIN }, SMALL)).terms!.bondMicroUsd,
    QUESTION.rules.leastBondMicroUsd,
  );
});

test('nothing at stake, but gas: half of the reward, the other being copied, pays for a dispute and the checks', () => {
  // 2.5 M gas at 1 gwei and $3,000; 2.5 checks of a micro-dollar, a little more since one time in 32 nobody looks.
  assert.equal(optimistic(SMALL).terms!.bondMicroUsd, 4n * 2n * 7_500_000n + 4n * 6n);
});

test('nothing at stake but a run of $100 that a liar would save: 3/13 of it, four times', () => {
  const provider = { ...market.provider, machine: { ...market.provider.machine, microUsdPerHour: 120_000_000n * USD } };
  const watchers = { ...market.watchers, machine: IDLE };
  const { bondMicroUsd } = optimistic(inMarket({ chain: FREE_CHAIN, provider, watchers }, SMALL)).terms!;
  assert.ok(bondMicroUsd > 92_307_692n && bondMicroUsd < 92_400_000n, `${bondMicroUsd}`);
});

test('a lie stands when too few look, or when one of 33 transactions of two watchers is late', () => {
  assert.equal(optimistic(QUESTION).terms!.standsE18, (3n * 10n ** 18n) / 16n + 2n * 33n * 10n ** 9n);
});

test('at the latest: a run, two late transactions, the window and both clocks', () => {
  const terms = optimistic(QUESTION).terms!;
  const late = 2n * (3n + 197n) * 12_000n;
  assert.equal(terms.latestMilliseconds, 3n + late + 1_000n * (terms.windowSeconds + 2n * terms.clockSeconds));
  assert.equal(terms.latencyMilliseconds, 3n + 2n * (3n + 10n) * 12_000n + 1_000n * terms.windowSeconds);
});

test('the cheapest attack: lying until a lie stands, or censoring where the bond is larger than it need be', () => {
  const waiting = optimistic(QUESTION).terms!;
  const covered = optimistic({ ...QUESTION, latencyMilliseconds: HOUR / 4n }).terms!;
  const censoring = censoringCostMicroUsd(covered.windowSeconds, QUESTION.program, market);
  assert.ok(waiting.attackMicroUsd! < censoring && waiting.attackMicroUsd! < 500_001_000n);
  assert.equal(covered.attackMicroUsd, censoring);
});
