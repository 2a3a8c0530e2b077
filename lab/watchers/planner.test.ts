/** The planner's formulas against plays that know nothing of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { random } from '../../packages/programs/training/random.ts';
import { deterringBond } from '../../packages/proofs/src/planner/bond.ts';
import { inclusionBlocks } from '../../packages/proofs/src/planner/chain-cost.ts';
import { ARBITER_RULES, ASSUMED_MARKET } from '../../packages/proofs/src/planner/index.ts';
import { missedE18 } from '../../packages/proofs/src/planner/missed.ts';
import { claimCosts } from '../../packages/proofs/src/planner/options/claim-costs.ts';
import { evenWrongPpm, watchingBond } from '../../packages/proofs/src/planner/watching.ts';
import { QUESTION } from '../../packages/proofs/test/questions.ts';
import { breakEvenBond } from './break-even.ts';
import { playClaim } from './claim.ts';
import { evenChecks, leastAudits } from './equilibrium.ts';
import { WORLD } from './grid.ts';
import { standing } from './race.ts';

const watchers = { ...ASSUMED_MARKET.watchers, count: 5, checkPpm: 300_000, silenced: 0 };

test('the bond at which lying is even in play is the least bond, within two percent', () => {
  const world = { ...WORLD, copied: 1, disputeMicroUsd: 0 };
  const bond = breakEvenBond(world, 0.3, 60_000, 5);
  const least = Number(deterringBond(BigInt(world.gainMicroUsd), missedE18(watchers, 3n), ARBITER_RULES)!);
  assert.ok(Math.abs(bond / least - 1) < 0.02, `${bond} beside ${least}`);
});

test('with one silenced and a congested chain, lies stand no more often than the bound says, and nearly as often', () => {
  const chain = ASSUMED_MARKET.chain;
  const blocks = Number(inclusionBlocks(chain));
  const race = { watchers: 5, checks: 0.5, silenced: 1, passes: chain.passPpm / 1e6, blocks, transactions: 3 };
  const stood = standing(race, 40_000, random(6));
  const bound = Number(missedE18({ ...watchers, checkPpm: 500_000, silenced: 1 }, 3n)) / 1e18;
  assert.ok(Math.abs(stood - bound) < 0.01, `${stood} beside ${bound}`);
});

test('the audits that the watching bond stands on are those at which lying stops', () => {
  const checks = evenChecks(WORLD)!;
  const given = { ...watchers, checkPpm: Math.round(checks * 1e6), copiedPpm: 500_000 };
  const audits = BigInt(Math.ceil(leastAudits(WORLD)! * 1e6));
  const check = { checkMicroUsd: BigInt(WORLD.checkMicroUsd), disputeMicroUsd: BigInt(WORLD.disputeMicroUsd) };
  const bond = Number(watchingBond(audits, check, given, ARBITER_RULES));
  assert.ok(Math.abs(bond / WORLD.bondMicroUsd - 1) < 0.001, `${bond}`);
  const wrong = Number(evenWrongPpm(BigInt(WORLD.bondMicroUsd), check, given, ARBITER_RULES));
  assert.ok(Math.abs(wrong / Number(audits) - 1) < 0.001, `${wrong}`);
});

test('what audits cost a claim, by the planner and in play', () => {
  const audits = 0.05;
  const { watchers: facts } = ASSUMED_MARKET;
  const chain = { ...ASSUMED_MARKET.chain, weiPerGas: 0n };
  const market = { ...ASSUMED_MARKET, chain, watchers: { ...facts, auditPpm: audits * 1e6 } };
  const [, , , planned] = claimCosts({ ...QUESTION, market }, BigInt(WORLD.bondMicroUsd), 0n, 'final');
  const draw = random(9);
  const plays = 200_000;
  let paid = 0;
  for (let i = 0; i < plays; i++) {
    paid -= playClaim(WORLD, 'audit', () => draw() < facts.checkPpm / 1e6, draw).auditor;
  }
  const played = (paid / plays) * (audits / (1 - audits));
  assert.equal(planned!.what, 'audits that pay the watchers');
  assert.ok(Math.abs(played / Number(planned!.microUsd) - 1) < 0.01, `${played} beside ${planned!.microUsd}`);
});
