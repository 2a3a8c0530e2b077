import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { ENCLAVE, HOUR, inMarket, QUESTION, USD } from '../../test/questions.ts';
import {
  ASSUMED_MARKET,
  describePlan,
  type Plan,
  plan,
  type Question,
  type RouteName,
  totalMicroUsd,
} from './index.ts';

const planned = (changes: Partial<Question>): Plan => unwrap(plan({ ...QUESTION, ...changes }));
const optionOf = (from: Plan, route: RouteName) => from.options.find((option) => option.route === route)!;
const MACHINE = ASSUMED_MARKET.watchers.machine;

test('a public model on a public input, and a machine that can run it: run it again, and it says so', () => {
  const given = planned({ ownMachine: MACHINE });
  assert.equal(given.chosen, 'rerun');
  assert.deepEqual(given.reasons.slice(0, 2), [
    'Run it again yourself: under $0.01, 1 s 515 ms. No other route that fits costs less.',
    'You can run it yourself: that is exact, and you have to believe nobody.',
  ]);
  assert.equal(optionOf(given, 'optimistic').admissible, true);
});

test('without a machine: a bond of which the burnt part outweighs the lie', () => {
  const given = planned({});
  assert.equal(given.chosen, 'optimistic');
  const terms = optionOf(given, 'optimistic').terms!;
  // 3 of 16 lies are missed, a quarter is burnt: 500 * (3/13) * 4 dollars, and the little that the chain may miss.
  assert.ok(terms.bondMicroUsd >= 461_538_460n && terms.bondMicroUsd < 461_539_000n, `${terms.bondMicroUsd}`);
  assert.equal(terms.windowSeconds, 2_458n);
  assert.equal(terms.coverMicroUsd, 0n);
  assert.ok(given.reasons.some((reason) => reason.startsWith('Looking pays: 1 % of results are taken to be wrong')));
});

test('no time to wait for the window: relied on at once, with cover for all that is at stake', () => {
  const given = planned({ latencyMilliseconds: HOUR / 4n });
  assert.equal(given.chosen, 'optimistic');
  const terms = optionOf(given, 'optimistic').terms!;
  assert.equal(terms.coverMicroUsd, 500n * USD);
  assert.equal(terms.bondMicroUsd, 1_000n * USD);
  assert.ok(terms.latencyMilliseconds <= HOUR / 4n);
  assert.ok(totalMicroUsd(terms) > totalMicroUsd(optionOf(planned({}), 'optimistic').terms!));
});

test('hidden weights or a hidden input leave the enclave alone, where there is one', () => {
  for (const privacy of ['private-weights', 'private-input', 'private-both'] as const) {
    const question = { ...QUESTION, privacy, ownMachine: MACHINE };
    assert.equal(unwrap(plan(question)).chosen, null);
    const given = unwrap(plan(inMarket({ enclave: ENCLAVE }, question)));
    assert.equal(given.chosen, 'enclave');
    assert.equal(optionOf(given, 'optimistic').terms, null);
  }
});

test('an enclave that is cheaper to break than what is at stake is not admissible', () => {
  const given = unwrap(plan(inMarket({ enclave: { ...ENCLAVE, corruptMicroUsd: 499n * USD } })));
  const { admissible, objections, terms } = optionOf(given, 'enclave');
  assert.equal(admissible, false);
  assert.ok(objections.includes('Breaking an enclave costs $499.00, less than the $500.00 at stake.'));
  assert.equal(terms!.expectedLossMicroUsd, 500n * USD);
});

test('a contract cannot run anything itself, whoever deployed it', () => {
  const given = planned({ onChain: true, ownMachine: MACHINE });
  assert.equal(given.chosen, 'optimistic');
  assert.deepEqual(optionOf(given, 'rerun').objections, [
    'A contract relies on the result, and no contract can run the program.',
  ]);
});

test('an unpublished program cannot be watched or run again', () => {
  const given = planned({ program: { ...QUESTION.program, published: false }, ownMachine: MACHINE });
  assert.equal(given.chosen, null);
  assert.equal(optionOf(given, 'rerun').terms, null);
  assert.equal(optionOf(given, 'optimistic').terms, null);
});

test('budget, wait and expected loss are limits, and each is named with its number', () => {
  const terms = optionOf(planned({}), 'optimistic').terms!;
  const cost = totalMicroUsd(terms);
  assert.equal(planned({ budgetMicroUsd: cost }).chosen, 'optimistic');
  assert.match(
    optionOf(planned({ budgetMicroUsd: cost - 1n }), 'optimistic').objections.join(),
    /^It costs \$0\.752028, more than the budget of \$0\.752027\.$/,
  );
  assert.equal(planned({ lossLimitMicroUsd: terms.expectedLossMicroUsd }).chosen, 'optimistic');
  assert.match(
    optionOf(planned({ lossLimitMicroUsd: terms.expectedLossMicroUsd - 1n }), 'optimistic').objections.join(),
    /^Its expected loss is /,
  );
  assert.match(optionOf(planned({ latencyMilliseconds: 1n }), 'optimistic').objections.join(), /longer than the 1 ms/);
});

test('nobody who looks: no bond is enough', () => {
  const given = unwrap(plan(inMarket({ watchers: { ...ASSUMED_MARKET.watchers, count: 1 } })));
  assert.deepEqual(optionOf(given, 'optimistic').objections, [
    'Too few watchers check for a lie to be noticed at all, so no bond is enough.',
  ]);
});

test('what needs more than the Arbiter allows, or than a provider has, is refused with both numbers', () => {
  const chain = { ...ASSUMED_MARKET.chain, censorMicroUsdPerSecond: 1n };
  assert.match(
    optionOf(unwrap(plan(inMarket({ chain }))), 'optimistic').objections.join(' '),
    /a window of .* the Arbiter allows 30 d at most\./,
  );
  const provider = { ...ASSUMED_MARKET.provider, largestBondMicroUsd: USD };
  assert.match(
    optionOf(unwrap(plan(inMarket({ provider }))), 'optimistic').objections.join(' '),
    /a bond of \$461.*; the largest that can be had is \$1\.00\./,
  );
});

// A check of a hundred hours costs ten dollars.
const DEAR: Partial<Question> = {
  program: { ...QUESTION.program, multiplyAccumulates: 2_520n * 10n ** 12n },
  budgetMicroUsd: 200n * USD,
  latencyMilliseconds: 300n * HOUR,
};

test('where a check is dear, the bond grows until the lies that make looking pay are few enough', () => {
  const accepting = (lossLimitMicroUsd: bigint) =>
    optionOf(planned({ ...DEAR, lossLimitMicroUsd }), 'optimistic').terms!;
  const [much, little] = [accepting(50n * USD), accepting((5n * USD) / 2n)];
  assert.ok(little.bondMicroUsd > much.bondMicroUsd);
  assert.ok(little.wrongPpm < much.wrongPpm);
  assert.ok(little.expectedLossMicroUsd <= (5n * USD) / 2n && much.expectedLossMicroUsd <= 50n * USD);
  assert.ok(much.wrongPpm > 10_000n, 'more than the faults');
  assert.ok(planned(DEAR).reasons.some((reason) => reason.startsWith('Looking pays only while some lie: ')));
});

test('audits take the place of lies, and are paid for', () => {
  const watched = (auditPpm: number) =>
    optionOf(
      unwrap(plan(inMarket({ watchers: { ...ASSUMED_MARKET.watchers, auditPpm } }, { ...QUESTION, ...DEAR }))),
      'optimistic',
    ).terms!;
  const [none, some] = [watched(0), watched(100_000)];
  assert.ok(some.bondMicroUsd < none.bondMicroUsd);
  assert.ok(totalMicroUsd(some) > totalMicroUsd(none));
});

test('a proof of what is public is named as worse than a run', () => {
  const { admissible, objections } = optionOf(planned({}), 'zero-knowledge');
  assert.equal(admissible, false);
  assert.match(objections.join(), /running the program again beats any proof/);
});

test('the description marks the choice and ends with the reasons', () => {
  const given = unwrap(plan(inMarket({ enclave: ENCLAVE }, { ...QUESTION, ownMachine: MACHINE, privacy: 'public' })));
  const lines = describePlan(given).split('\n');
  assert.equal(lines[0]!.trimStart().split(/\s{2,}/)[0], 'route');
  assert.ok(lines.some((line) => line.startsWith('*  ') && line.includes('$')));
  assert.deepEqual(lines.slice(-given.reasons.length), given.reasons);
});
