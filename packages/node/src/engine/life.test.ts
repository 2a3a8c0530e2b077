/** A question's life over a real journal: no wait is without an end. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type ErrorCode, type QuestionClaim, SuretyError } from '@surety/core';
import type { Host } from '../journal/host.ts';
import type { AccountState } from './account.ts';
import type { Context } from './context.ts';
import { type Life, startLife } from './life.fixture.ts';
import { ASKER, CHALLENGE_SECONDS, CLOSES_AT } from './question.fixture.ts';
import { type QuestionState, questionValue } from './question.ts';
import { close, convene, giveUp, RECORD_SECONDS, stateOf } from './resolve.ts';
import { gradeQuestion, SCORES_STREAM, type Scores } from './scores.ts';
import { announce, conclude, settle } from './settle.ts';

let life: Life;
let host: Host;
let context: Context;
let open: Life['open'];
let booksBalance: Life['booksBalance'];
let accountOf: (address: string) => Promise<AccountState>;
before(async () => {
  life = await startLife('life-test');
  ({ host, context, open, booksBalance, accountOf } = life);
});
after(() => life.end());

const refusedWith = (code: ErrorCode, work: Promise<unknown>): Promise<void> =>
  assert.rejects(work, (error) => error instanceof SuretyError && error.code === code);

test('on a panel sit only those who read what is asked; where nobody does, it needs people', async () => {
  const token = { kind: 'token', chainId: 1, address: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48' } as const;
  const judged = async (nonce: string, over: Partial<QuestionClaim>): Promise<QuestionState> => {
    const claimId = await open(nonce, over);
    life.clock.now = CLOSES_AT;
    await close(context, claimId);
    await convene(context, claimId);
    await announce(context, claimId);
    life.clock.now = CLOSES_AT + CHALLENGE_SECONDS;
    await settle(context, claimId);
    return booksBalance(claimId);
  };
  const votersOf = ({ evidence }: QuestionState): string[] =>
    evidence.flatMap((piece) => (piece.evidence.kind === 'juror-vote' ? [piece.evidence.juror] : []));
  const genuine = { subject: { ...token, symbol: 'USDC' }, predicate: 'genuine', outcomes: ['genuine', 'fake'] };
  const decided = await judged('a', genuine);
  assert.deepEqual(votersOf(decided), ['tokens-wallets', 'tokens-superchain', 'tokens-aave']);
  assert.equal(decided.decision?.outcome, 0);
  const address = { kind: 'address', chainId: 1, address: token.address } as const;
  const undecided = await judged('b', { subject: address });
  assert.deepEqual(votersOf(undecided), []);
  assert.equal(undecided.decision?.outcome, null);
  assert.match(JSON.stringify(undecided.decision?.decidedBy), /No juror .* needs people/);
});

test('a deadline that comes early is tried again; the panel votes once however often it is called', async () => {
  const claimId = await open('1');
  await refusedWith('market.before-deadline', close(context, claimId));
  life.clock.now = CLOSES_AT;
  await Promise.all([close(context, claimId), close(context, claimId)]);
  await Promise.all([convene(context, claimId), convene(context, claimId), convene(context, claimId)]);
  const state = await booksBalance(claimId);
  const voters = state.evidence.flatMap(({ evidence }) => (evidence.kind === 'juror-vote' ? [evidence.juror] : []));
  assert.equal(new Set(voters).size, voters.length);
  assert.equal(state.audit?.drawn, true);
  assert.equal(state.decision?.by, 'panel');
  await announce(context, claimId);
  await refusedWith('question.too-early', settle(context, claimId));
  life.clock.now = CLOSES_AT + CHALLENGE_SECONDS;
  await Promise.all([settle(context, claimId), settle(context, claimId)]);
  await Promise.all([conclude(context, claimId), conclude(context, claimId)]);
  const final = await booksBalance(claimId);
  assert.equal(questionValue(final), 0n);
  assert.deepEqual(
    final.receipts.map(({ status }) => status),
    ['provisional', 'final'],
  );
  await gradeQuestion(context, final);
  await gradeQuestion(context, final);
  assert.equal((await stateOf(context, claimId)).graded, 'unaudited');
  assert.equal((await host.state<Scores>(SCORES_STREAM)).players.size, 0);
});

test('a record that never comes ends undecided too, at its own time and not before', async () => {
  const rule = { kind: 'official', source: 'a court', url: 'https://court.example.com/' } as const;
  const claimId = await open('3', { rule });
  const before = (await accountOf(ASKER)).balanceMicroUsd;
  life.clock.now = CLOSES_AT;
  await close(context, claimId);
  await convene(context, claimId);
  assert.equal((await stateOf(context, claimId)).phase, 'closed');
  await refusedWith('question.too-early', giveUp(context, claimId));
  life.clock.now = CLOSES_AT + RECORD_SECONDS;
  await giveUp(context, claimId);
  await announce(context, claimId);
  await conclude(context, claimId);
  const final = await booksBalance(claimId);
  assert.equal(final.phase, 'final');
  assert.equal((await accountOf(ASKER)).balanceMicroUsd, before + 50_000n);
});
