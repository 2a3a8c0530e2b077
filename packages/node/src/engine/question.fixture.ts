/** Questions for tests: a claim, and ways to bring one to a phase. */
import { idOf, type QuestionClaim, SuretyError, unwrap } from '@surety/core';
import { claimFromReading, parseQuestion, plainWords } from '@surety/intent';
import { initialQuestion, type QuestionEvent, type QuestionState, stepQuestion } from './question.ts';

export const NOW = 1_800_000_000;
export const CLOSES_AT = NOW + 600;
export const CHALLENGE_SECONDS = 300;
export const ASKER = '0x00000000219ab540356cBB839Cbe05303d7705Fa';
export const OPERATOR = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
export const TRADER = '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2';

export const claimOf = (question = 'Is uniswap-claim-rewards.app a scam?'): QuestionClaim => {
  const reading = unwrap(parseQuestion(question, { now: NOW }));
  const nonce = '0'.repeat(32);
  return unwrap(
    claimFromReading(reading, { asker: ASKER, budgetMicroUsd: 50_000n, closesAt: CLOSES_AT, nonce, now: NOW }),
  );
};

export const askedEvent = (claim: QuestionClaim): QuestionEvent => ({
  kind: 'asked',
  claim,
  plainWords: plainWords(claim),
  feePpm: 0,
  feeRecipient: OPERATOR,
  challengeSeconds: CHALLENGE_SECONDS,
  at: NOW,
});

/** The state after events, each of which must be accepted. */
export const after = (state: QuestionState, ...events: readonly QuestionEvent[]): QuestionState =>
  events.reduce((before, event) => {
    const step = stepQuestion(before, event);
    if (step.kind === 'refused') throw new SuretyError(step.problem);
    return step.state;
  }, state);

export const codeOf = (state: QuestionState, event: QuestionEvent): string => {
  const step = stepQuestion(state, event);
  return step.kind === 'refused' ? step.problem.code : 'accepted';
};

export const opened = (claim: QuestionClaim = claimOf()): QuestionState =>
  after(initialQuestion(idOf(claim)), askedEvent(claim));

export const byPanel = (outcome: number | null, at: number): QuestionEvent => ({
  kind: 'resolved',
  outcome,
  decidedBy:
    outcome === null
      ? { kind: 'undecided', reason: 'It needs people.' }
      : { kind: 'panel', votesFor: 2, votesAgainst: 0, abstained: 1, audited: false },
  by: 'panel',
  at,
});

export const byPeople = (outcome: number | null, at: number): QuestionEvent => ({
  kind: 'resolved',
  outcome,
  decidedBy: outcome === null ? { kind: 'undecided', reason: 'Nobody can tell.' } : { kind: 'people', note: 'Seen.' },
  by: 'people',
  at,
});

export const RECEIPT_ID = 'd'.repeat(64);

export const receiptEvent = (stage: string, outcome: number | null, at: number): QuestionEvent => ({
  kind: 'receipt',
  receiptId: RECEIPT_ID,
  stage,
  status: 'provisional',
  outcome,
  promise: null,
  receipt: {},
  at,
});

/** Closed, decided by its panel, its receipt issued. */
export const decided = (outcome: number | null, state: QuestionState = opened()): QuestionState =>
  after(
    state,
    { kind: 'closed', at: CLOSES_AT },
    byPanel(outcome, CLOSES_AT),
    receiptEvent('decided', outcome, CLOSES_AT),
  );

export const contestedAt = (at: number): QuestionEvent => ({ kind: 'contested', at });

/** What a panel of the court decided, AI jurors unless said otherwise. */
export const byCourt = (outcome: number | null, at: number, jurors: 'ai' | 'people' = 'ai'): QuestionEvent => ({
  kind: 'resolved',
  outcome,
  decidedBy:
    outcome === null
      ? { kind: 'undecided', reason: 'No panel could decide.' }
      : { kind: 'court', round: 1, jurors, said: 'outcome', votesFor: 2, votesAgainst: 1, silent: 0 },
  by: 'court',
  at,
});
