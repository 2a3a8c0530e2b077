import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type AnalystReport, encode, type Json } from '@surety/core';
import fc from 'fast-check';
import { questionGame } from './games.ts';
import {
  ASKER,
  after,
  askedEvent,
  byCourt,
  byPanel,
  byPeople,
  CHALLENGE_SECONDS,
  CLOSES_AT,
  claimOf,
  codeOf,
  contestedAt,
  decided,
  NOW,
  OPERATOR,
  opened,
  receiptEvent,
  TRADER,
} from './question.fixture.ts';
import {
  initialQuestion,
  needsPeople,
  QUESTION_LIMITS,
  type QuestionEvent,
  type QuestionState,
  questionInflow,
  questionValue,
  settlementOf,
  stepQuestion,
} from './question.ts';

const report = (reason: string, over: Partial<AnalystReport> = {}): AnalystReport => ({
  kind: 'analyst-report',
  analyst: 'somebody',
  program: 'some/model@1.0',
  input: null,
  probabilityPpm: 700_000,
  saw: [],
  didNotSee: [],
  reasons: [reason],
  at: NOW,
  ...over,
});

const evidenceBy = (by: string, id: string, evidence = report(id)): QuestionEvent => ({
  kind: 'evidence',
  evidenceId: id,
  by,
  evidence,
  nonce: `${by}/${id}`,
  at: NOW,
});

const fund = (account: string, amountMicroUsd: bigint): QuestionEvent => ({
  kind: 'funded',
  account,
  amountMicroUsd,
  at: NOW,
});

const account = fc.constantFrom(ASKER, OPERATOR, TRADER);
const micro = fc.bigInt({ min: -2n, max: 5_000_000n });
const at = fc.integer({ min: NOW, max: CLOSES_AT + 3 * CHALLENGE_SECONDS });
const outcome = fc.option(fc.integer({ min: -1, max: 2 }), { nil: null });
const nonce = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const order = fc.oneof(
  fc.record({
    kind: fc.constantFrom('buy' as const, 'sell' as const),
    outcome: fc.integer({ min: -1, max: 2 }),
    sharesMicroShares: fc.bigInt({ min: -1n, max: 400_000n }),
  }),
  fc.record({
    kind: fc.constant('to-probability' as const),
    outcome: fc.integer({ min: 0, max: 1 }),
    probabilityPpm: fc.integer({ min: 0, max: 1_000_000 }),
  }),
);

const event: fc.Arbitrary<QuestionEvent> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(askedEvent(claimOf())) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('funded' as const), account, amountMicroUsd: micro, at }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('returned' as const), account, amountMicroUsd: micro, at }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('traded' as const), account, order, nonce, at }) },
  { weight: 2, arbitrary: fc.tuple(account, nonce).map(([by, id]) => evidenceBy(by, id)) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('closed' as const), at }) },
  { weight: 3, arbitrary: fc.tuple(outcome, at).map(([said, when]) => byPanel(said, when)) },
  { weight: 3, arbitrary: fc.tuple(outcome, at).map(([said, when]) => byPeople(said, when)) },
  { weight: 1, arbitrary: at.map((when): QuestionEvent => ({ ...byPanel(null, when), by: 'clock' }) as QuestionEvent) },
  { weight: 2, arbitrary: at.map((when) => receiptEvent('decided', 0, when)) },
  { weight: 4, arbitrary: at.map(contestedAt) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('uncontested' as const), at }) },
  { weight: 3, arbitrary: fc.tuple(outcome, at).map(([said, when]) => byCourt(said, when)) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('settled' as const), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('graded' as const), audited: fc.boolean(), at }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('audit-drawn' as const),
      drawn: fc.boolean(),
      beacon: fc.constant('b'),
      at,
    }),
  },
);

const bytesOf = (state: QuestionState): string => Buffer.from(encode(questionGame.encodeState(state))).toString();

test('over any life: value is what came in, refusals change nothing, a snapshot goes on like the state it was taken of', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(fc.array(event, { minLength: 5, maxLength: 60 }), (events) => {
      const claim = claimOf();
      let state = opened(claim);
      let came = questionInflow(initialQuestion(state.claimId), askedEvent(claim));
      for (const next of events) {
        const before = bytesOf(state);
        const twin = questionGame.decodeState(JSON.parse(before) as Json);
        // What is stepped is what replay will read back.
        const decodedEvent = questionGame.decodeEvent(
          JSON.parse(JSON.stringify(questionGame.encodeEvent(next))) as Json,
        );
        const inflow = questionInflow(state, decodedEvent);
        const step = stepQuestion(state, decodedEvent);
        const other = stepQuestion(twin, decodedEvent);
        assert.equal(bytesOf(state), before);
        assert.equal(other.kind, step.kind);
        if (step.kind === 'refused') continue;
        assert.ok(other.kind === 'accepted');
        assert.equal(bytesOf(other.state), bytesOf(step.state));
        state = step.state;
        came += inflow;
        reached.add(`${state.phase}${state.contested ? '+contested' : ''}`);
        assert.equal(questionValue(state), came);
      }
    }),
    { numRuns: 300, seed: 7 },
  );
  for (const phase of ['open', 'closed', 'decided', 'decided+contested', 'final']) assert.ok(reached.has(phase), phase);
});

test('settling pays out everything, to whom the answer says', () => {
  const traded = after(opened(), fund(TRADER, 1_000_000n), {
    kind: 'traded',
    account: TRADER,
    order: { kind: 'buy', outcome: 0, sharesMicroShares: 60_000n },
    nonce: 'a',
    at: NOW,
  });
  for (const said of [0, 1, null]) {
    const state = decided(said, traded);
    const held = questionValue(state);
    const payments = settlementOf(state);
    assert.equal(
      payments.reduce((sum, { amountMicroUsd }) => sum + amountMicroUsd, 0n),
      held,
    );
    const settled = after(state, { kind: 'settled', at: CLOSES_AT + CHALLENGE_SECONDS });
    assert.equal(questionValue(settled), 0n);
    if (said === null) assert.equal(settled.costMicroUsd, 0n);
  }
});

test('what is before the court waits for it, and only the court decides it', () => {
  const late = CLOSES_AT + CHALLENGE_SECONDS;
  const state = decided(0);
  assert.equal(codeOf(state, contestedAt(late)), 'question.wrong-phase');
  assert.equal(codeOf(decided(null), contestedAt(CLOSES_AT)), 'question.wrong-phase');
  assert.equal(codeOf(state, byCourt(1, CLOSES_AT)), 'question.wrong-phase');
  const contested = after(state, contestedAt(CLOSES_AT + 1));
  assert.ok(needsPeople(contested));
  const others = [
    contestedAt(CLOSES_AT + 2),
    byPeople(1, late),
    { ...byPanel(null, late), by: 'clock' } as QuestionEvent,
  ];
  for (const event of [...others, { kind: 'settled', at: late } as const])
    assert.equal(codeOf(contested, event), 'question.wrong-phase');
  for (const outcome of [0, 1, null]) {
    const ruled = after(contested, byCourt(outcome, late));
    assert.equal(ruled.audited, false);
    assert.equal(codeOf(ruled, byCourt(outcome, late)), 'question.wrong-phase');
    assert.equal(questionValue(after(ruled, { kind: 'settled', at: late })), 0n);
  }
  assert.equal(after(contested, byCourt(1, late, 'people')).audited, true);
  const back = after(contested, { kind: 'uncontested', at: late });
  assert.equal(codeOf(back, { kind: 'uncontested', at: late }), 'question.wrong-phase');
  assert.equal(back.decision?.by, 'panel');
  assert.equal(questionValue(after(back, { kind: 'settled', at: late })), 0n);
});

test('people have the last word, also that nobody can tell; the panel and the clock speak once', () => {
  const state = decided(0);
  assert.equal(codeOf(state, byPanel(1, CLOSES_AT)), 'question.wrong-phase');
  assert.equal(codeOf(state, { ...byPanel(null, CLOSES_AT), by: 'clock' } as QuestionEvent), 'question.wrong-phase');
  const withdrawn = after(state, byPeople(null, CLOSES_AT + 1));
  assert.equal(withdrawn.decision?.outcome, null);
  const final = after(withdrawn, { kind: 'settled', at: CLOSES_AT + 1 });
  assert.equal(codeOf(final, byPeople(null, CLOSES_AT + 2)), 'question.wrong-phase');
  assert.equal(codeOf(final, byPeople(7, CLOSES_AT + 2)), 'question.wrong-phase');
  assert.equal(codeOf(final, byPanel(1, CLOSES_AT + 2)), 'question.wrong-phase');
  const later = after(final, byPeople(1, CLOSES_AT + 3));
  assert.ok(later.decision?.late && later.decision.outcome === 1);
  assert.equal(later.phase, 'final');
});

test('a question with a named record waits closed, and the clock can end it', () => {
  const closed = after(opened(), { kind: 'closed', at: CLOSES_AT });
  assert.equal(codeOf(closed, { ...byPanel(0, CLOSES_AT), by: 'clock' } as QuestionEvent), 'question.wrong-phase');
  const over = after(closed, { ...byPanel(null, CLOSES_AT), by: 'clock' } as QuestionEvent);
  assert.equal(questionValue(after(over, { kind: 'settled', at: CLOSES_AT })), 0n);
  assert.ok(!over.audited);
});

test('evidence from outside comes from those with money in the market, and leaves room for the votes', () => {
  const open = opened();
  assert.equal(codeOf(open, evidenceBy(TRADER, 'x')), 'market.unknown-account');
  let state = after(open, fund(TRADER, 1n));
  const long = report('x'.repeat(1_000), { input: 'y'.repeat(QUESTION_LIMITS.pieceBytes) });
  assert.equal(codeOf(state, evidenceBy(TRADER, 'long', long)), 'question.evidence-full');
  for (let i = 0; i < QUESTION_LIMITS.evidenceEach; i += 1) state = after(state, evidenceBy(TRADER, `${i}`));
  assert.equal(codeOf(state, evidenceBy(TRADER, 'one more')), 'question.evidence-full');
  for (let i = 0; i < QUESTION_LIMITS.evidence; i += 1) {
    const by = `0x${i}`;
    const funded = after(state, fund(by, 1n));
    const step = stepQuestion(funded, evidenceBy(by, `of ${i}`));
    state = step.kind === 'accepted' ? step.state : funded;
  }
  assert.equal(state.evidence.length, QUESTION_LIMITS.outsideEvidence);
  const vote: QuestionEvent = { kind: 'evidence', evidenceId: 'v', by: 'juror', evidence: report('v'), at: CLOSES_AT };
  const closed = after(state, { kind: 'closed', at: CLOSES_AT });
  assert.equal(codeOf(closed, vote), 'accepted');
  assert.equal(codeOf(closed, evidenceBy(ASKER, 'late')), 'question.wrong-phase');
});

test('an action counts once, a receipt once for each stage, a grade once for each kind', () => {
  const trade: QuestionEvent = {
    kind: 'traded',
    account: TRADER,
    order: { kind: 'buy', outcome: 0, sharesMicroShares: 1_000n },
    nonce: 'n',
    at: NOW,
  };
  const state = after(opened(), fund(TRADER, 10_000n), trade);
  assert.equal(codeOf(state, trade), 'action.replayed');
  const issued = after(state, receiptEvent('open', null, NOW));
  assert.equal(codeOf(issued, receiptEvent('open', null, NOW)), 'question.wrong-phase');
  assert.equal(codeOf(issued, { kind: 'graded', audited: false, at: NOW }), 'question.wrong-phase');
  const counted = after(decided(0), { kind: 'graded', audited: false, at: NOW });
  assert.equal(codeOf(counted, { kind: 'graded', audited: false, at: NOW }), 'question.wrong-phase');
  assert.equal(codeOf(counted, { kind: 'graded', audited: true, at: NOW }), 'question.wrong-phase');
  const confirmed = after(counted, byPeople(0, CLOSES_AT), { kind: 'graded', audited: true, at: NOW });
  assert.equal(confirmed.graded, 'audited');
});
