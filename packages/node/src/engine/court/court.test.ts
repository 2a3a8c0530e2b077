/** Cases over a real journal, under a clock that the test turns: AI jurors first, people last, and the books always balance. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Analyst } from '@surety/analysts';
import {
  OUTCOME,
  parseStatement,
  type QuestionClaim,
  type Receipt,
  type ReceiptPredicate,
  unwrap,
  verifyEvidence,
} from '@surety/core';
import { type Case, commitmentOf, readingOf } from '@surety/court';
import type { Context } from '../context.ts';
import { accountStream, caseStream, marketStream, mustTransfer } from '../ledger.ts';
import { LIFE_OPERATOR, type Life, personOf, startLife } from '../life.fixture.ts';
import { actByPasskey } from '../passkeys/act.ts';
import { createTestPasskey } from '../passkeys/authenticator.fixture.ts';
import { type PasskeyState, passkeyStream } from '../passkeys/game.ts';
import { makePasskey } from '../passkeys/make.ts';
import { CHALLENGE_SECONDS, CLOSES_AT } from '../question.fixture.ts';
import { latestReceipt } from '../receipts.ts';
import { close, convene, stateOf } from '../resolve.ts';
import { announce, conclude, settle } from '../settle.ts';
import { publicStreams } from '../streams.ts';
import { actInCourt, type CourtAction } from './act.ts';
import type { CaseState } from './case-state.ts';
import { COURT_FEED } from './feed.ts';
import { findCase, findJuror, listCases, openCases } from './handlers.ts';
import { REGISTRY_STREAM, type Registry } from './registry.ts';
import { stakeOwn } from './stake-own.ts';
import { tend } from './tend.ts';

const NO_NOTICES = { set: () => assert.fail(), remove: () => assert.fail() };
const PEOPLE = Array.from({ length: 60 }, (_, i) => personOf(i));
const [CHALLENGER, DEFENDER, PASSER_BY] = [personOf(60), personOf(61), personOf(62)];
const STAKE = 20_000_000n;
const FROM = { remote: '192.0.2.1' };
/** Less than a seat of a person locks: what is left of a stake, or is from before there was a least one. */
const CRUMB = 1_999_999n;

/** A juror of the court that reads sites, has a family of its own, and thinks the same of each. */
const jurorThat = (i: number, probabilityPpm: number | null): Analyst => {
  const reading = {
    probabilityPpm,
    saw: ['the name'],
    didNotSee: ['the page'],
    reasons: [{ text: `Juror ${i} has looked.` }],
    facts: {},
    program: `surety/court-${i}@${'ab'.repeat(32)}`,
  };
  const read = async () => reading;
  const [needs, reads, answers] = [['name'] as const, ['site'] as const, ['scam']];
  return {
    id: `court-${i}`,
    view: 'A stand-in.',
    family: `family ${i}`,
    needs,
    trainedOn: [`data ${i}`],
    reads,
    answers,
    read,
  };
};
/** Three of four are sure that nothing is a scam; they come into play only where they have stakes. */
const COURT_JURORS = [20_000, 20_000, null, 20_000].map((ppm, i) => jurorThat(i, ppm));

let life: Life;
before(async () => {
  life = await startLife('court-test', [...PEOPLE, CHALLENGER, DEFENDER, PASSER_BY], COURT_JURORS);
  life.clock.now = 1_000;
  const limits = { scope: 'judge,challenge', limitMicroUsd: 10_000_000_000n, expiresAt: CLOSES_AT * 2, nonce: 1 };
  for (const account of [...PEOPLE, CHALLENGER, DEFENDER, PASSER_BY]) {
    const event = { kind: 'delegated', sessionKey: '04', at: 1, ...limits } as const;
    await mustTransfer(life.host, [{ stream: accountStream(account), event }]);
  }
  for (const account of PEOPLE)
    await act(account, { type: 'surety/action/stake/v1', amountMicroUsd: STAKE.toString() });
  await stakeOf(PASSER_BY, PASSER_BY, CRUMB, 1_000);
});
after(() => life.end());

/** A stake that is there, whatever the least is. */
const stakeOf = (from: string, account: string, amountMicroUsd: bigint, at: number): Promise<unknown> =>
  mustTransfer(life.host, [
    {
      stream: accountStream(from),
      event: { kind: 'sent', amountMicroUsd, to: { stream: REGISTRY_STREAM, purpose: 'juror-stake' }, at },
    },
    { stream: REGISTRY_STREAM, event: { kind: 'staked', account, amountMicroUsd, at } },
  ]);

let nonces = 0;
type Body = CourtAction extends infer A
  ? A extends CourtAction
    ? Omit<A, 'account' | 'chainId' | 'operator' | 'nonce' | 'expiresAt'>
    : never
  : never;

const actionOf = (account: string, body: Body): CourtAction => {
  nonces += 1;
  const common = { account, chainId: 31_337, operator: LIFE_OPERATOR, expiresAt: life.clock.now + 60 };
  return { ...body, ...common, nonce: nonces.toString(16).padStart(32, '0') } as CourtAction;
};
const tryAct = (account: string, body: Body) => actInCourt(life.context, actionOf(account, body), '04', FROM);
const act = async (account: string, body: Body) => unwrap(await tryAct(account, body));
const codeOf = async (account: string, body: Body): Promise<string> => {
  const done = await tryAct(account, body);
  return done.ok ? 'done' : done.problem.code;
};

const gameOf = async (claimId: string): Promise<Case> => (await life.host.state<CaseState>(caseStream(claimId))).game!;

/** Does what is due now, until nothing is; what follows a decision of the court is done too. */
const settled = async (claimId: string): Promise<Case> => {
  for (let seq = -1; ; ) {
    await tend(life.context, claimId);
    const state = await life.host.state<CaseState>(caseStream(claimId));
    if (state.seq === seq) break;
    seq = state.seq;
  }
  await announce(life.context, claimId);
  await conclude(life.context, claimId);
  await life.booksBalance(claimId);
  return gameOf(claimId);
};

const at = async (claimId: string, now: number): Promise<Case> => {
  life.clock.now = now;
  return settled(claimId);
};

/** A question that its panel has answered. */
const answered = async (nonce: string, over: Partial<QuestionClaim> = {}): Promise<string> => {
  const claimId = await life.open(nonce, over);
  life.clock.now = CLOSES_AT;
  await close(life.context, claimId);
  await convene(life.context, claimId);
  await announce(life.context, claimId);
  return claimId;
};

const challenge = async (claimId: string, account = CHALLENGER) => {
  const { decision } = await stateOf(life.context, claimId);
  const outcome = 1 - decision!.outcome!;
  const body = { type: 'surety/action/challenge/v1', marketId: claimId, reason: 'Look again.', outcome } as const;
  return { outcome, result: await act(account, { ...body, amountMicroUsd: '900000000' }) };
};

const predicateOf = async (claimId: string): Promise<ReceiptPredicate> => {
  const receipt: Receipt = unwrap(await latestReceipt(life.context, await stateOf(life.context, claimId)));
  return unwrap(parseStatement(receipt)).predicate;
};

/** From the challenge to the window in which people can be called: built-in jurors that had a part in the answer sit on no panel. */
const withoutAi = async (claimId: string): Promise<Case> => {
  let game = await settled(claimId);
  for (const round of [1, 2]) {
    assert.deepEqual([game.phase.kind, game.rounds.length], ['round', round]);
    const { opensAt, drawEndsAt, commitEndsAt } = game.rounds.at(-1)!;
    await at(claimId, opensAt + Math.floor((drawEndsAt - opensAt) / 2));
    await at(claimId, drawEndsAt);
    game = await at(claimId, commitEndsAt);
  }
  assert.ok(game.phase.kind === 'appealable');
  return game;
};

const salt = `0x${'ab'.repeat(32)}`;

/** Everybody on the panel votes and opens; `outcomeOf` says how the i-th votes, `null` for not at all. */
const peopleVote = async (claimId: string, outcomeOf: (i: number) => number | null): Promise<Case> => {
  let game = await settled(claimId);
  const { opensAt, drawEndsAt, number } = game.rounds.at(-1)!;
  game = await at(claimId, opensAt + Math.floor((drawEndsAt - opensAt) / 2));
  const { seats, commitEndsAt } = game.rounds.at(-1)!;
  assert.equal(seats.length, game.terms.policy.rounds[number - 1]!.seats);
  life.clock.now = drawEndsAt;
  const votes = seats.map(({ juror }, i) => ({
    juror,
    outcome: outcomeOf(i),
    reason: `Reason ${i} of round ${number}.`,
  }));
  const cast = votes.flatMap((vote) => (vote.outcome === null ? [] : [{ ...vote, outcome: vote.outcome }]));
  for (const { juror, outcome, reason } of cast) {
    const commitment = commitmentOf(game.terms, number, juror, { outcome, reading: readingOf(reason), salt });
    await act(juror, { type: 'surety/action/vote/v1', marketId: claimId, commitment });
  }
  life.clock.now = commitEndsAt;
  for (const { juror, outcome, reason } of cast)
    await act(juror, { type: 'surety/action/open-vote/v1', marketId: claimId, outcome, reason, salt });
  return settled(claimId);
};

test('a challenge holds the answer; where no panel can be had and the challenger calls no people, it stands and every bond is back', async () => {
  const claimId = await answered('1');
  const before = (await life.accountOf(CHALLENGER)).balanceMicroUsd;
  const partly = { type: 'surety/action/challenge/v1', marketId: claimId, reason: 'No.', outcome: 1 } as const;
  const { decision } = await stateOf(life.context, claimId);
  const against = { ...partly, outcome: 1 - decision!.outcome! };
  const first = await act(CHALLENGER, { ...against, amountMicroUsd: '50000' });
  assert.deepEqual(first, { kind: 'challenge', marketId: claimId, takenMicroUsd: '50000', missingMicroUsd: '250000' });
  const standing = { ...against, outcome: decision!.outcome!, amountMicroUsd: '50000' };
  assert.equal(await codeOf(CHALLENGER, standing), 'court.standing-outcome');
  assert.equal(await codeOf(CHALLENGER, { ...against, amountMicroUsd: '2999' }), 'court.bond-short');
  const rest = await act(PASSER_BY, { ...against, amountMicroUsd: '900000' });
  assert.deepEqual(rest, { kind: 'challenge', marketId: claimId, takenMicroUsd: '250000', missingMicroUsd: '0' });
  life.clock.now = CLOSES_AT + CHALLENGE_SECONDS;
  await settle(life.context, claimId);
  assert.equal((await stateOf(life.context, claimId)).phase, 'decided');
  const { phase } = await withoutAi(claimId);
  assert.ok('endsAt' in phase);
  const game = await at(claimId, phase.endsAt);
  assert.deepEqual(game.phase, { kind: 'final', outcome: decision!.outcome });
  const state = await stateOf(life.context, claimId);
  assert.deepEqual([state.phase, state.decision?.by, state.audited], ['final', 'court', false]);
  assert.deepEqual([state.decision?.outcome, state.decision?.decidedBy], [decision!.outcome, decision!.decidedBy]);
  assert.equal((await life.accountOf(CHALLENGER)).balanceMicroUsd, before);
  assert.ok(state.receipts.every(({ status }) => status !== 'overturned'));
  const { decidedBy, evidence } = await predicateOf(claimId);
  assert.equal(decidedBy.kind, 'panel');
  const record = evidence.find((piece) => piece.kind === 'court-record');
  assert.deepEqual(
    record?.rounds.map(({ ruling }) => ruling),
    [null, null],
    'the receipt says who was asked',
  );
});

test('a challenge that nobody fills leaves the answer as it was', async () => {
  const claimId = await answered('2');
  const { decision } = await stateOf(life.context, claimId);
  const body = { type: 'surety/action/challenge/v1', marketId: claimId, reason: 'No.' } as const;
  await act(CHALLENGER, { ...body, outcome: 1 - decision!.outcome!, amountMicroUsd: '3000' });
  const before = (await life.accountOf(CHALLENGER)).balanceMicroUsd;
  assert.equal((await stateOf(life.context, claimId)).contested, true);
  await at(claimId, CLOSES_AT + CHALLENGE_SECONDS);
  const state = await stateOf(life.context, claimId);
  assert.deepEqual([state.phase, state.decision?.by, state.contested], ['final', 'panel', false]);
  assert.equal((await life.accountOf(CHALLENGER)).balanceMicroUsd, before + 3_000n);
  assert.equal(await codeOf(CHALLENGER, { ...body, outcome: 0, amountMicroUsd: '50000' }), 'court.wrong-phase');
});

test('fifteen people overturn an answer; the winner has the bond back and half of the loser’s, each vote its fee', async () => {
  const claimId = await answered('3');
  const money = async (account: string): Promise<bigint> => (await life.accountOf(account)).balanceMicroUsd;
  const [challenger, operator] = [await money(CHALLENGER), await money(LIFE_OPERATOR)];
  const { outcome } = await challenge(claimId);
  await withoutAi(claimId);
  const call = {
    type: 'surety/action/challenge/v1',
    marketId: claimId,
    reason: 'People must see it.',
    outcome,
  } as const;
  await act(CHALLENGER, { ...call, amountMicroUsd: '900000000' });
  const ruled = await peopleVote(claimId, (i) =>
    i < 10 ? outcome : i < 13 ? 1 - outcome : i === 13 ? OUTCOME.abstain : null,
  );
  assert.ok(ruled.phase.kind === 'appealable' && ruled.phase.ruling === outcome);
  const game = await at(claimId, ruled.phase.endsAt);
  assert.deepEqual(game.phase, { kind: 'final', outcome });
  const state = await stateOf(life.context, claimId);
  assert.deepEqual(
    [state.phase, state.decision?.by, state.audited, state.decision?.outcome],
    ['final', 'court', true, outcome],
  );
  assert.ok(state.receipts.some(({ status }) => status === 'overturned'));
  // Bond of the answer: 100,000; half of it is the challenger's, the rest repays what the panels cost him.
  assert.equal(await money(LIFE_OPERATOR), operator - 100_000n);
  const fees = 15n * 2_000_000n;
  const earned = 10n * 2_000_000n;
  // A rung is rounded down.
  assert.equal(await money(CHALLENGER), challenger + 50_000n - earned + 50_000n - 1n);
  assert.ok(earned < fees);
  const seats = game.rounds.at(-1)!.seats;
  const { stakeMicroUsd, duties } = unwrap(await findJuror(life.context, [claimId], seats[0]!.juror));
  assert.deepEqual([BigInt(stakeMicroUsd), duties], [STAKE, []]);
  const wrong = unwrap(await findJuror(life.context, [claimId], seats[11]!.juror));
  assert.equal(BigInt(wrong.stakeMicroUsd), STAKE - 2_000_000n);
  assert.equal(wrong.lockedMicroUsd, '0');
  const absent = unwrap(await findJuror(life.context, [claimId], seats[14]!.juror));
  assert.equal(BigInt(absent.stakeMicroUsd), STAKE - 1_000_000n);
});

test('the receipt carries the record of the court, and a verifier recounts it', async () => {
  const claimId = await answered('4');
  const { outcome } = await challenge(claimId);
  await withoutAi(claimId);
  const call = { type: 'surety/action/challenge/v1', marketId: claimId, reason: 'Look.', outcome } as const;
  await act(CHALLENGER, { ...call, amountMicroUsd: '900000000' });
  const first = await peopleVote(claimId, (i) => (i < 8 ? outcome : 1 - outcome));
  assert.equal(first.phase.kind, 'appealable');
  await act(DEFENDER, { ...call, outcome: 1 - outcome, reason: 'It was right.', amountMicroUsd: '900000000' });
  const last = await peopleVote(claimId, (i) => (i < 20 ? 1 - outcome : outcome));
  assert.deepEqual(last.phase, { kind: 'final', outcome: 1 - outcome });
  const predicate = await predicateOf(claimId);
  assert.deepEqual(predicate.decidedBy, {
    kind: 'court',
    round: 4,
    jurors: 'people',
    said: 'outcome',
    votesFor: 20,
    votesAgainst: 11,
    silent: 0,
  });
  const record = predicate.evidence.find(({ kind }) => kind === 'court-record')!;
  const context = { issuedAt: predicate.issuedAt } as Parameters<typeof verifyEvidence>[2];
  assert.equal(verifyEvidence(predicate.claim, record, context).holds, 'not-shown');
  const seats = last.rounds.flatMap((round) => round.seats.map(({ juror }) => juror));
  assert.equal(new Set(seats).size, seats.length);
  const view = unwrap(await findCase(life.context, claimId));
  assert.deepEqual([view.phase, view.outcome, view.statements.length], ['final', 1 - outcome, 3]);
  assert.equal(view.rounds[2]?.panel.filter(({ reason }) => reason !== null).length, 15);
});

test('a vote that is shown too early is void, and half of its stake is the shower’s; advice binds nobody', async () => {
  const claimId = await answered('5');
  const { outcome } = await challenge(claimId);
  await withoutAi(claimId);
  const call = { type: 'surety/action/challenge/v1', marketId: claimId, reason: 'Look.', outcome } as const;
  await act(CHALLENGER, { ...call, amountMicroUsd: '900000000' });
  let game = await settled(claimId);
  const { opensAt, drawEndsAt } = game.rounds.at(-1)!;
  game = await at(claimId, opensAt + Math.floor((drawEndsAt - opensAt) / 2));
  const { juror } = game.rounds.at(-1)!.seats[0]!;
  const candidates = new Set(game.rounds.at(-1)!.candidates.map((one) => one.juror));
  assert.deepEqual([candidates.size, candidates.has(PASSER_BY)], [PEOPLE.length, false]);
  assert.ok(!game.rounds.at(-1)!.seats.some((seat) => [CHALLENGER, DEFENDER].includes(seat.juror)));
  const duty = unwrap(await findJuror(life.context, [claimId], juror)).duties[0];
  assert.deepEqual([duty?.todo, duty?.round, duty?.from], ['commit', 3, drawEndsAt]);
  const opening = { outcome, reading: readingOf('Mine.'), salt };
  const commitment = commitmentOf(game.terms, 3, juror, opening);
  const vote = { type: 'surety/action/vote/v1', marketId: claimId, commitment } as const;
  assert.equal(await codeOf(juror, vote), 'court.too-early');
  life.clock.now = drawEndsAt;
  assert.equal(await codeOf(PASSER_BY, vote), 'court.not-seated');
  await act(juror, vote);
  assert.equal(await codeOf(juror, vote), 'court.already-voted');
  const show = { type: 'surety/action/show-vote/v1', marketId: claimId, juror, ...opening } as const;
  assert.equal(await codeOf(PASSER_BY, { ...show, salt: `0x${'cd'.repeat(32)}` }), 'court.commitment-differs');
  assert.deepEqual(await act(PASSER_BY, show), { kind: 'show-vote', marketId: claimId, wonMicroUsd: '1000000' });
  const advice = { type: 'surety/action/advise/v1', marketId: claimId, outcome, reason: 'I think so too.' } as const;
  await act(PASSER_BY, advice);
  assert.equal(await codeOf(PASSER_BY, advice), 'court.statements-full');
  const key = createTestPasskey(life.context.pageOrigin(), {
    chainId: 31_337,
    operator: LIFE_OPERATOR,
    expiresAt: life.clock.now + 60,
  });
  const person = unwrap(await makePasskey(life.context, key.made)).account;
  const said = key.assert(actionOf(person, { ...advice, reason: 'Seen before.' }));
  assert.deepEqual(unwrap(await actByPasskey(life.context, NO_NOTICES, said, FROM.remote)), {
    kind: 'advise',
    marketId: claimId,
  });
  assert.equal((await life.host.state<CaseState>(caseStream(claimId))).advice.at(-1)?.account, person);
  assert.equal((await life.host.state<PasskeyState>(passkeyStream(key.passkeyId))).signCount, 1);
  // A stake from before the case is shown first; one that came since stands for nothing yet.
  await act(PEOPLE[0]!, { ...advice, reason: 'With a stake.' });
  await act(DEFENDER, { type: 'surety/action/stake/v1', amountMicroUsd: STAKE.toString() });
  await act(DEFENDER, { ...advice, reason: 'With a new stake.' });
  assert.deepEqual(await act(DEFENDER, { type: 'surety/action/unstake/v1' }), {
    kind: 'unstake',
    returnedMicroUsd: STAKE.toString(),
    lockedMicroUsd: '0',
  });
  const shown = unwrap(await findCase(life.context, claimId)).advice;
  assert.deepEqual(
    shown.map(({ account, standing }) => [account, standing]),
    [
      [PEOPLE[0], 'stake'],
      [PASSER_BY, 'free'],
      [DEFENDER, 'free'],
      [person, 'free'],
    ],
  );
  const { standing } = (await life.host.state<CaseState>(caseStream(claimId))).advice[0]!;
  assert.ok(standing?.kind === 'free' && standing.network !== null);
  const published = await publicStreams(life.host).read(caseStream(claimId), 0, 100);
  assert.deepEqual(
    published.filter(({ kind }) => kind === 'advised').map(({ data }) => (data as { standing?: string }).standing),
    ['free', 'free', 'stake', 'free'],
    'the network that somebody came from is shown to nobody',
  );
  // Refused by the case: then the signature is not counted either.
  const again = await actByPasskey(life.context, NO_NOTICES, key.assert(actionOf(person, advice)), FROM.remote);
  assert.ok(!again.ok && again.problem.code === 'court.statements-full');
  assert.equal((await life.host.state<PasskeyState>(passkeyStream(key.passkeyId))).signCount, 1);
  const listed = unwrap(await listCases(life.context, { state: 'open' }));
  assert.ok(listed.cases.some(({ caseId }) => caseId === claimId));
  const { commitEndsAt } = game.rounds.at(-1)!;
  game = await at(claimId, commitEndsAt);
  assert.equal(game.rounds.at(-1)!.result.kind, 'none');
});

test('what is done twice, or after a crash, is done once', async () => {
  const claimId = await answered('6');
  const { outcome } = await challenge(claimId);
  await withoutAi(claimId);
  await act(CHALLENGER, {
    type: 'surety/action/challenge/v1',
    marketId: claimId,
    reason: 'Look.',
    outcome,
    amountMicroUsd: '900000000',
  });
  // Whoever stakes after that, in the same second even, comes too late: who can be drawn was written down with the call.
  await act(DEFENDER, { type: 'surety/action/stake/v1', amountMicroUsd: STAKE.toString() });
  assert.equal(await codeOf(CHALLENGER, { type: 'surety/action/stake/v1', amountMicroUsd: '1' }), 'court.registry');
  const ruled = await peopleVote(claimId, () => outcome);
  assert.ok(!ruled.rounds.at(-1)!.candidates.some(({ juror }) => juror === DEFENDER));
  assert.deepEqual(await act(DEFENDER, { type: 'surety/action/unstake/v1' }), {
    kind: 'unstake',
    returnedMicroUsd: STAKE.toString(),
    lockedMicroUsd: '0',
  });
  assert.ok('endsAt' in ruled.phase);
  life.clock.now = ruled.phase.endsAt;
  await Promise.all([tend(life.context, claimId), tend(life.context, claimId), tend(life.context, claimId)]);
  await settled(claimId);
  await settled(claimId);
  const audit = await life.host.audit(caseStream(claimId));
  assert.equal(audit.replayDigest, audit.snapshotDigest);
  assert.equal(
    (await life.host.read(marketStream(claimId), 0, 100)).filter(({ kind }) => kind === 'settled').length,
    1,
  );
});

test('AI jurors that had no part in the answer are drawn, vote where they are sure, and overturn it; no score moves', async () => {
  life.clock.now = 2_000;
  for (const { account } of life.context.jurors.slice(-COURT_JURORS.length))
    await stakeOf(LIFE_OPERATOR, account, 10_000_000n, 2_000);
  const claimId = await answered('7');
  assert.equal((await stateOf(life.context, claimId)).decision?.outcome, 0);
  await challenge(claimId);
  let game = await settled(claimId);
  const { opensAt, drawEndsAt, commitEndsAt } = game.rounds.at(-1)!;
  game = await at(claimId, opensAt + Math.floor((drawEndsAt - opensAt) / 2));
  assert.equal(game.rounds[0]?.seats.length, 3);
  assert.equal(new Set(game.rounds[0]?.seats.map(({ cluster }) => cluster)).size, 3);
  game = await at(claimId, drawEndsAt);
  assert.ok(game.rounds[0]?.seats.every(({ commitment, vote }) => commitment !== null && vote.kind === 'none'));
  game = await at(claimId, commitEndsAt);
  assert.deepEqual(game.rounds[0]?.result, { kind: 'ruled', outcome: 1 });
  assert.ok('endsAt' in game.phase);
  game = await at(claimId, game.phase.endsAt);
  assert.deepEqual(game.phase, { kind: 'final', outcome: 1 });
  const state = await stateOf(life.context, claimId);
  assert.deepEqual([state.phase, state.decision?.by, state.audited], ['final', 'court', false]);
  assert.ok(state.receipts.some(({ status }) => status === 'overturned'));
  const { decidedBy, assumes } = await predicateOf(claimId);
  assert.ok(decidedBy.kind === 'court' && decidedBy.jurors === 'ai');
  assert.ok(assumes.some((what) => what.includes('one operator')));
  const view = unwrap(await findCase(life.context, claimId));
  assert.match(view.rounds[0]?.panel[0]?.reason ?? '', /^Juror \d has looked\.$/);
});

/** The context with other parts, and the jobs that it puts down in order. */
const contextWith = (
  over: Partial<Context>,
  host: Partial<Context['host']> = {},
): { readonly context: Context; readonly wakes: number[] } => {
  const wakes: number[] = [];
  const schedule: Context['host']['schedule'] = async ({ runAt }) => {
    wakes.push(runAt);
  };
  return { context: { ...life.context, host: { ...life.host, schedule, ...host }, ...over }, wakes };
};

test('drand is asked again while its round is not out yet, and one juror that fails holds up no other', async () => {
  const claimId = await answered('8');
  await challenge(claimId);
  let game = await settled(claimId);
  const { beaconAt, opensAt, drawEndsAt, commitEndsAt } = game.rounds[0]!;
  let asked = 0;
  const drand = async (): Promise<string | null> => {
    asked += 1;
    return asked < 3 ? null : `0x${'cd'.repeat(32)}`;
  };
  const drawing = contextWith({ drand });
  for (life.clock.now = beaconAt; (await gameOf(claimId)).rounds[0]!.beacon === null; ) {
    await tend(drawing.context, claimId);
    assert.ok(asked <= 3);
    if (asked < 3) life.clock.now = drawing.wakes.at(-1)!;
  }
  game = await gameOf(claimId);
  assert.equal(game.rounds[0]!.beacon?.source, 'drand');
  assert.ok(life.clock.now < opensAt + (drawEndsAt - opensAt) / 2);
  life.clock.now = drawEndsAt;
  const [first] = game.rounds[0]!.seats;
  const fails = async (): Promise<never> => assert.fail('This juror cannot read.');
  const jurors = life.context.jurors.map((seat) =>
    seat.account === first!.juror ? { ...seat, analyst: { ...seat.analyst, read: fails } } : seat,
  );
  const voting = contextWith({ jurors });
  await assert.rejects(tend(voting.context, claimId), /cannot read/);
  const committed = async () => (await gameOf(claimId)).rounds[0]!.seats.map(({ commitment }) => commitment !== null);
  assert.deepEqual(await committed(), [false, true, true]);
  assert.deepEqual(voting.wakes, [commitEndsAt]);
  await tend(life.context, claimId);
  assert.deepEqual(await committed(), [true, true, true]);
});

test('challenges that come at once are counted one after the other', async () => {
  const claimId = await answered('9');
  const { decision } = await stateOf(life.context, claimId);
  const outcome = 1 - decision!.outcome!;
  const body = { type: 'surety/action/challenge/v1', marketId: claimId, reason: 'No.', outcome } as const;
  const all = await Promise.all(
    [CHALLENGER, DEFENDER, personOf(0)].map((account) => tryAct(account, { ...body, amountMicroUsd: '140000' })),
  );
  const taken = all.flatMap((each) =>
    each.ok && each.value.kind === 'challenge' ? [BigInt(each.value.takenMicroUsd)] : [],
  );
  assert.deepEqual(
    all.map((each) => (each.ok ? 'ok' : each.problem.code)),
    ['ok', 'ok', 'ok'],
  );
  assert.deepEqual(taken, [140_000n, 140_000n, 20_000n]);
  await life.booksBalance(claimId);
});

test('a case counts as open, with its money, until everybody is paid', async () => {
  const claimId = await answered('a');
  const { decision } = await stateOf(life.context, claimId);
  const body = { type: 'surety/action/challenge/v1', marketId: claimId, reason: 'No.' } as const;
  await act(CHALLENGER, { ...body, outcome: 1 - decision!.outcome!, amountMicroUsd: '3000' });
  life.clock.now = CLOSES_AT + CHALLENGE_SECONDS;
  await tend(life.context, claimId);
  // The node dies after the answer is free again, and before the first payment.
  const transact: Context['host']['transact'] = async (moves) =>
    moves.some(({ stream }) => stream === caseStream(claimId)) ? assert.fail('killed') : life.host.transact(moves);
  await assert.rejects(tend(contextWith({}, { transact }).context, claimId), /killed/);
  assert.equal((await stateOf(life.context, claimId)).contested, false);
  assert.ok((await openCases(life.context)).has(claimId));
  await settled(claimId);
  assert.ok(!(await openCases(life.context)).has(claimId));
  await settled(claimId);
  const feed = await life.host.read(COURT_FEED, 0, 1_000);
  const ends = feed.filter(
    ({ kind, data }) => kind === 'ended' && (data as { marketId?: string }).marketId === claimId,
  );
  assert.equal(ends.length, 1);
});

test('where the operator cannot stand for its answer, the challenger is told that it is the operator who lacks money', async () => {
  const { balanceMicroUsd } = await life.accountOf(LIFE_OPERATOR);
  const claimId = await answered('b', { budgetMicroUsd: (balanceMicroUsd + 1n).toString() });
  const body = { type: 'surety/action/challenge/v1', marketId: claimId, reason: 'No.', outcome: 255 } as const;
  const refused = await tryAct(CHALLENGER, { ...body, amountMicroUsd: '900000000' });
  assert.equal(refused.ok ? '' : refused.problem.code, 'question.not-challengeable');
  assert.match(refused.ok ? '' : refused.problem.message, /The operator has/);
  assert.equal((await stateOf(life.context, claimId)).contested, false);
});

test('the operator stakes its jurors once, as far as its money goes', async () => {
  const staked = async () => (await life.host.state<Registry>(REGISTRY_STREAM)).jurors.map(({ account }) => account);
  const own = new Set(life.context.jurors.map(({ account }) => account));
  const countOwn = async (): Promise<number> => (await staked()).filter((account) => own.has(account)).length;
  const before = await countOwn();
  const within = (jurorStakeMicroUsd: bigint): Context => ({
    ...life.context,
    config: { ...life.context.config, jurorStakeMicroUsd },
  });
  await stakeOwn(within(0n));
  assert.equal(await countOwn(), before);
  const { balanceMicroUsd } = await life.accountOf(LIFE_OPERATOR);
  await stakeOwn(within(balanceMicroUsd / 2n));
  assert.equal(await countOwn(), before + 2);
  await stakeOwn(within(balanceMicroUsd / 2n));
  assert.equal(await countOwn(), before + 2);
});
