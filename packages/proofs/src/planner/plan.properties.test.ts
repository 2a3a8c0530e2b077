/** What must hold of every plan, whatever is asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import fc from 'fast-check';
import { questions } from '../../test/questions.ts';
import { burntMicroUsd } from './bond.ts';
import { describePlan, type Plan, plan, type Question, type Terms, totalMicroUsd } from './index.ts';
import { E18 } from './integers.ts';
import { gainMicroUsd } from './options/claim-bond.ts';

const RUNS = { numRuns: 400 };

const planned = (question: Question): Plan => unwrap(plan(question));
const bondTerms = (question: Question): Terms | null =>
  planned(question).options.find(({ route }) => route === 'optimistic')!.terms;
/** Least cost of what fits; `null` where nothing does. */
const price = (question: Question): bigint | null => {
  const { chosen, options } = planned(question);
  return chosen === null ? null : totalMicroUsd(options.find(({ route }) => route === chosen)!.terms!);
};

/** Public, published, and nobody in a hurry: the bond is there whenever somebody looks. */
const open = questions.map(
  (question): Question => ({
    ...question,
    privacy: 'public',
    program: { ...question.program, published: true },
    latencyMilliseconds: 10n ** 15n,
  }),
);

const watchedBy = (question: Question, changes: Partial<Question['market']['watchers']>): Question => ({
  ...question,
  market: { ...question.market, watchers: { ...question.market.watchers, ...changes } },
});

/** Bond of the first is never below that of the second; where the first has none, none is enough for it. */
const notBelow = (more: Question, less: Question): void => {
  const [upper, lower] = [bondTerms(more), bondTerms(less)];
  if (upper === null) return;
  assert.ok(lower !== null && upper.bondMicroUsd >= lower.bondMicroUsd);
};

test('the choice is admissible, and no admissible route is cheaper', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const { chosen, options } = planned(question);
      const fitting = options.filter(({ admissible }) => admissible);
      assert.equal(chosen === null, fitting.length === 0);
      for (const { terms } of fitting) assert.ok(totalMicroUsd(terms!) >= price(question)!);
    }),
    RUNS,
  );
});

test('an admissible route keeps every limit, and one that is not says why', () => {
  fc.assert(
    fc.property(questions, (question) => {
      for (const { admissible, objections, terms } of planned(question).options) {
        assert.equal(admissible, objections.length === 0);
        if (!admissible) continue;
        assert.ok(totalMicroUsd(terms!) <= question.budgetMicroUsd);
        assert.ok(terms!.latencyMilliseconds <= question.latencyMilliseconds);
        assert.ok(terms!.expectedLossMicroUsd <= question.lossLimitMicroUsd);
        assert.ok(terms!.windowSeconds <= question.rules.mostWindowSeconds);
        assert.ok(terms!.bondMicroUsd <= question.market.provider.largestBondMicroUsd);
      }
    }),
    RUNS,
  );
});

test('on the terms of a proof by steps neither lying nor censoring pays either', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const { terms } = planned(question).options.find(({ route }) => route === 'proof-steps')!;
      if (terms === null) return;
      const gain = question.valueMicroUsd;
      assert.ok(burntMicroUsd(terms.bondMicroUsd, question.rules) * (E18 - terms.standsE18) >= gain * terms.standsE18);
      assert.ok(terms.attackMicroUsd! >= gain && terms.windowSeconds > 0n);
    }),
    RUNS,
  );
});

test('on the terms of the bond neither lying nor censoring pays', () => {
  fc.assert(
    fc.property(questions, (question) => {
      const terms = bondTerms(question);
      if (terms === null) return;
      const gain = gainMicroUsd(question);
      assert.ok(burntMicroUsd(terms.bondMicroUsd, question.rules) * (E18 - terms.standsE18) >= gain * terms.standsE18);
      assert.ok(terms.attackMicroUsd! >= gain);
    }),
    RUNS,
  );
});

test('more at stake: never a smaller bond or a shorter window', () => {
  fc.assert(
    fc.property(questions, fc.bigInt(0n, 10n ** 13n), (question, more) => {
      const [less, greater] = [question, { ...question, valueMicroUsd: question.valueMicroUsd + more }].map(bondTerms);
      assert.equal(less === null, greater === null);
      if (!less || !greater) return;
      if (less.coverMicroUsd > 0n === greater.coverMicroUsd > 0n) {
        assert.ok(greater.bondMicroUsd >= less.bondMicroUsd);
        assert.ok(greater.clockSeconds >= less.clockSeconds);
      }
      assert.ok(greater.windowSeconds >= less.windowSeconds);
    }),
    RUNS,
  );
});

test('more who can be silenced: never a smaller bond', () => {
  fc.assert(
    fc.property(open, (question) => {
      const { silenced } = question.market.watchers;
      notBelow(watchedBy(question, { silenced: silenced + 1 }), question);
    }),
    RUNS,
  );
});

test('more watchers, or watchers who check more: never a larger bond, where checks cost nothing', () => {
  fc.assert(
    fc.property(open, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 1_000_000 }), (asked, more, other) => {
      const machine = { ...asked.market.watchers.machine, microUsdPerHour: 0n };
      const question = watchedBy(asked, { machine });
      const { count, checkPpm } = question.market.watchers;
      notBelow(question, watchedBy(question, { count: count + more }));
      notBelow(question, watchedBy(question, { checkPpm: Math.max(checkPpm, other) }));
    }),
    RUNS,
  );
});

test('a larger burnt part: never a larger bond when nobody needs cover', () => {
  fc.assert(
    fc.property(open, fc.integer({ min: 250_000, max: 700_000 }), (question, burnPpm) => {
      const burning = { ...question, rules: { ...question.rules, burnPpm } };
      if (bondTerms(burning)?.coverMicroUsd === 0n) notBelow(question, burning);
    }),
    RUNS,
  );
});

test('more budget, more patience or a larger loss that is accepted: never a dearer choice', () => {
  fc.assert(
    fc.property(questions, fc.bigInt(0n, 10n ** 10n), (question, more) => {
      const before = price(question);
      for (const field of ['budgetMicroUsd', 'latencyMilliseconds', 'lossLimitMicroUsd'] as const) {
        const after = price({ ...question, [field]: question[field] + more });
        if (before !== null) assert.ok(after !== null && after <= before, field);
      }
    }),
    RUNS,
  );
});

test('a slower or dearer chain: never a shorter window, never a cheaper claim', () => {
  fc.assert(
    fc.property(open, fc.integer({ min: 1, max: 60 }), (question, times) => {
      const { chain } = question.market;
      const slower = {
        ...chain,
        blockMilliseconds: chain.blockMilliseconds * BigInt(times),
        weiPerGas: chain.weiPerGas * BigInt(times),
      };
      const [before, after] = [
        bondTerms(question),
        bondTerms({ ...question, market: { ...question.market, chain: slower } }),
      ];
      if (before === null || after === null) return;
      assert.ok(after.windowSeconds >= before.windowSeconds);
      assert.ok(totalMicroUsd(after) >= totalMicroUsd(before));
    }),
    RUNS,
  );
});

test('the same question has the same plan, and every plan can be said', () => {
  fc.assert(
    fc.property(questions, (question) => {
      assert.deepEqual(planned(question), planned(question));
      assert.ok(planned(question).reasons.every((reason) => /[.!]$/.test(reason)));
      assert.ok(describePlan(planned(question)).length > 0);
    }),
    { numRuns: 100 },
  );
});
