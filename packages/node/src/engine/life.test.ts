/** A question's life over a real journal, under a clock that the test turns: no wait is without an end. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pureJurors } from '@surety/analysts';
import {
  addressOfSecretKey,
  type ErrorCode,
  ed25519PublicKey,
  idOf,
  type QuestionClaim,
  SuretyError,
} from '@surety/core';
import { createHost, type Host } from '../journal/host.ts';
import { type TemporaryPostgres, temporaryPostgres } from '../processes/temporary.ts';
import { type AccountState, accountValue } from './account.ts';
import type { Context } from './context.ts';
import { endCover } from './cover.ts';
import { registerGames } from './index.ts';
import { accountStream, marketStream, mustTransfer } from './ledger.ts';
import { createReceiptLog } from './log.ts';
import { ASKER, askedEvent, CHALLENGE_SECONDS, CLOSES_AT, challengeBy, claimOf, TRADER } from './question.fixture.ts';
import { type QuestionState, questionValue } from './question.ts';
import { close, convene, giveUp, PEOPLE_SECONDS, stateOf } from './resolve.ts';
import { gradeQuestion, SCORES_STREAM, type Scores } from './scores.ts';
import { announce, conclude, settle } from './settle.ts';

const KEY = new Uint8Array(32).fill(5);
const OPERATOR = addressOfSecretKey(KEY);
const FUNDED = 1_000_000_000n;

let database: TemporaryPostgres;
let host: Host;
let context: Context;
let now = CLOSES_AT - 1;

before(async () => {
  database = await temporaryPostgres();
  const onError = (cause: unknown): void => assert.fail(String(cause));
  host = await createHost({ databaseUrl: database.databaseUrl, node: 'life-test', onError });
  registerGames(host);
  context = {
    config: { auditOneIn: 1, challengeSeconds: CHALLENGE_SECONDS },
    host,
    log: createReceiptLog(host, 'surety.test/life', KEY),
    network: { chainId: 31_337, receiptVerifier: TRADER, operator: OPERATOR, environment: 'development' },
    operator: {
      address: OPERATOR,
      issuerSecretKey: KEY,
      dsseSecretKey: KEY,
      dsseKey: ed25519PublicKey(KEY),
      logKey: ed25519PublicKey(KEY),
      name: 'test operator',
    },
    players: [],
    jurors: pureJurors.map((analyst, i) => ({ analyst, account: `0x${i}` })),
    mayJudge: () => true,
    reading: () => ({ nowSeconds: now }),
    beacon: async () => 'beacon',
    now: () => now,
    onError,
  } as unknown as Context;
  let id = 0;
  for (const address of [ASKER, TRADER, OPERATOR]) {
    id += 1;
    const deposited = { kind: 'deposited', depositId: `${id}`, amountMicroUsd: FUNDED, at: 1 } as const;
    await mustTransfer(host, [{ stream: accountStream(address), event: deposited }]);
  }
  const bond = { kind: 'bond-posted', amountMicroUsd: FUNDED / 2n, at: 1 } as const;
  await mustTransfer(host, [{ stream: accountStream(OPERATOR), event: bond }]);
});
after(async () => {
  await host.close();
  await database.stop();
});

const accountOf = (address: string): Promise<AccountState> => host.state<AccountState>(accountStream(address));

const refusedWith = (code: ErrorCode, work: Promise<unknown>): Promise<void> =>
  assert.rejects(work, (error) => error instanceof SuretyError && error.code === code);

/** Opens a question of its own for each test. */
const open = async (nonce: string, over: Partial<QuestionClaim> = {}): Promise<string> => {
  now = CLOSES_AT - 1;
  const claim: QuestionClaim = { ...claimOf(), nonce: nonce.repeat(32), ...over };
  const stream = marketStream(idOf(claim));
  const amountMicroUsd = BigInt(claim.budgetMicroUsd);
  const to = { stream, purpose: 'subsidy' };
  const asked = { ...askedEvent(claim), feeRecipient: OPERATOR } as ReturnType<typeof askedEvent>;
  await mustTransfer(host, [
    { stream: accountStream(claim.asker), event: { kind: 'sent', amountMicroUsd, to, at: now } },
    { stream, event: asked },
  ]);
  return idOf(claim);
};

const booksBalance = async (claimId: string): Promise<QuestionState> => {
  const state = await stateOf(context, claimId);
  let total = questionValue(state);
  for (const address of [ASKER, TRADER, OPERATOR]) total += accountValue(await accountOf(address));
  assert.equal(total, 3n * FUNDED);
  return state;
};

const challenge = async (claimId: string): Promise<void> => {
  const stream = marketStream(claimId);
  const { receipts } = await stateOf(context, claimId);
  const event = { ...challengeBy(TRADER, now), receiptId: receipts[0]!.receiptId } as ReturnType<typeof challengeBy>;
  const to = { stream, purpose: 'challenge-bond' };
  await mustTransfer(host, [
    { stream: accountStream(TRADER), event: { kind: 'sent', amountMicroUsd: 100_000n, to, at: now } },
    { stream, event },
  ]);
};

test('on a panel sit only those who read what is asked; where nobody does, it needs people', async () => {
  const token = { kind: 'token', chainId: 1, address: '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48' } as const;
  const judged = async (nonce: string, over: Partial<QuestionClaim>): Promise<QuestionState> => {
    const claimId = await open(nonce, over);
    now = CLOSES_AT;
    await close(context, claimId);
    await convene(context, claimId);
    await announce(context, claimId);
    now = CLOSES_AT + CHALLENGE_SECONDS;
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
  now = CLOSES_AT;
  await Promise.all([close(context, claimId), close(context, claimId)]);
  await Promise.all([convene(context, claimId), convene(context, claimId), convene(context, claimId)]);
  const state = await booksBalance(claimId);
  const voters = state.evidence.flatMap(({ evidence }) => (evidence.kind === 'juror-vote' ? [evidence.juror] : []));
  assert.equal(new Set(voters).size, voters.length);
  assert.deepEqual(state.audit, { drawn: true, beacon: 'beacon' });
  assert.equal(state.decision?.by, 'panel');
  await announce(context, claimId);
  await refusedWith('question.too-early', settle(context, claimId));
  now = CLOSES_AT + CHALLENGE_SECONDS;
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

test('a challenge on which nobody rules ends undecided: all is refunded, and nothing counts as overturned', async () => {
  const claimId = await open('2');
  now = CLOSES_AT;
  await close(context, claimId);
  await convene(context, claimId);
  await announce(context, claimId);
  const [before, operator] = await Promise.all([stateOf(context, claimId), accountOf(OPERATOR)]);
  assert.notEqual(before.receipts[0]?.promise, null);
  assert.ok(operator.covers.has(claimId));
  await challenge(claimId);
  now += CHALLENGE_SECONDS;
  await settle(context, claimId);
  assert.equal((await stateOf(context, claimId)).phase, 'decided');
  await refusedWith('question.too-early', giveUp(context, claimId));
  now = CLOSES_AT + PEOPLE_SECONDS;
  await giveUp(context, claimId);
  await giveUp(context, claimId);
  await announce(context, claimId);
  await conclude(context, claimId);
  const final = await booksBalance(claimId);
  assert.deepEqual([final.phase, final.decision?.by, final.costMicroUsd], ['final', 'clock', 0n]);
  assert.ok(final.receipts.every(({ status }) => status !== 'overturned'));
  assert.equal(final.receipts.at(-1)?.promise, null);
  now = CLOSES_AT + 7 * 86_400 + 1;
  await endCover(context, claimId);
  assert.ok(!(await accountOf(OPERATOR)).covers.has(claimId));
});

test('a record that never comes ends undecided too, at its own time and not before', async () => {
  const rule = { kind: 'official', source: 'a court', url: 'https://court.example.com/' } as const;
  const claimId = await open('3', { rule });
  const before = (await accountOf(ASKER)).balanceMicroUsd;
  now = CLOSES_AT;
  await close(context, claimId);
  await convene(context, claimId);
  assert.equal((await stateOf(context, claimId)).phase, 'closed');
  await refusedWith('question.too-early', giveUp(context, claimId));
  now = CLOSES_AT + PEOPLE_SECONDS;
  await giveUp(context, claimId);
  await announce(context, claimId);
  await conclude(context, claimId);
  const final = await booksBalance(claimId);
  assert.equal(final.phase, 'final');
  assert.equal((await accountOf(ASKER)).balanceMicroUsd, before + 50_000n);
});
