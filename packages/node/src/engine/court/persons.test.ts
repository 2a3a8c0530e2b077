/** People drawn by person: tokens of a real issuer, one ticket each, nothing locked, and a receipt that shows no more than they do. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  blindMessage,
  concatBytes,
  finishToken,
  fromHex,
  parseStatement,
  personChallenge,
  refuse,
  toHex,
  tokenInput,
  unwrap,
  verifyEvidence,
} from '@surety/core';
import { type Case, commitmentOf, readingOf } from '@surety/court';
import { developmentIssuer } from '../../persons/development-issuer.ts';
import type { Context } from '../context.ts';
import { accountStream, caseStream, mustTransfer } from '../ledger.ts';
import { LIFE_OPERATOR, type Life, personOf, startLife } from '../life.fixture.ts';
import { CLOSES_AT } from '../question.fixture.ts';
import { latestReceipt } from '../receipts.ts';
import { close, convene, stateOf } from '../resolve.ts';
import { announce, conclude } from '../settle.ts';
import { actInCourt, type CourtAction } from './act.ts';
import type { CaseState } from './case-state.ts';
import { findCase, findJuror } from './handlers.ts';
import { candidatesFor, OUT_SECONDS } from './panel.ts';
import { isShownTo, REGISTRY_STREAM, type Registry } from './registry.ts';
import { tend } from './tend.ts';

const PEOPLE = Array.from({ length: 40 }, (_, i) => personOf(i));
const [CHALLENGER, RICH, UNSHOWN] = [personOf(60), personOf(61), personOf(62)];
const ALL = [...PEOPLE, CHALLENGER, RICH, UNSHOWN];

const home = mkdtempSync(join(tmpdir(), 'persons-'));
const { issuer, extensions } = developmentIssuer(home);
const FROM = { remote: '192.0.2.1' };

let life: Life;
let context: Context;

before(async () => {
  life = await startLife('persons-test', ALL);
  context = { ...life.context, persons: issuer };
  life.clock.now = 1_000;
  const limits = { scope: 'judge,challenge', limitMicroUsd: 10_000_000_000n, expiresAt: CLOSES_AT * 4, nonce: 1 };
  for (const account of ALL)
    await mustTransfer(life.host, [
      { stream: accountStream(account), event: { kind: 'delegated', sessionKey: '04', at: 1, ...limits } },
    ]);
});
after(async () => {
  await life.end();
  rmSync(home, { recursive: true });
});

let nonces = 0;
const act = (account: string, body: object, within = context) => {
  nonces += 1;
  const nonce = nonces.toString(16).padStart(32, '0');
  const common = { account, chainId: 31_337, operator: LIFE_OPERATOR, expiresAt: life.clock.now + 60, nonce };
  return actInCourt(within, { ...body, ...common } as CourtAction, '04', FROM);
};
const did = async (account: string, body: object) => unwrap(await act(account, body));
const codeOf = async (account: string, body: object, within = context): Promise<string> => {
  const done = await act(account, body, within);
  return done.ok ? 'done' : done.problem.code;
};

/** As a wallet gets it: by the issuer's own paths. */
const tokenOf = async (account: string, court = LIFE_OPERATOR): Promise<string> => {
  const challenge = personChallenge({ issuer: issuer.name, chainId: 31_337, court, account });
  const nonce = new Uint8Array(32).fill(account.charCodeAt(5));
  const secrets = { salt: new Uint8Array(48).fill(1), blind: new Uint8Array(256).fill(2) };
  const asked = unwrap(blindMessage(tokenInput(nonce, challenge, issuer.key), issuer.key, secrets));
  const body = concatBytes(new Uint8Array([0, 2]), issuer.key.id.subarray(-1), asked.blinded);
  const request = new Request('http://node.example/', { method: 'POST', body: Buffer.from(body) });
  const answer = await extensions[1]!.handle(request, FROM.remote);
  assert.equal(answer.headers.get('content-type'), 'application/private-token-response');
  return toHex(unwrap(finishToken(asked, new Uint8Array(await answer.arrayBuffer()), issuer.key)));
};

const show = (token: string) => ({ type: 'surety/action/show-person/v1', token }) as const;

const gameOf = async (claimId: string): Promise<Case> => (await life.host.state<CaseState>(caseStream(claimId))).game!;

const settled = async (claimId: string, now = life.clock.now): Promise<Case> => {
  life.clock.now = now;
  for (let seq = -1; ; ) {
    await tend(context, claimId);
    const state = await life.host.state<CaseState>(caseStream(claimId));
    if (state.seq === seq) break;
    seq = state.seq;
  }
  await announce(context, claimId);
  await conclude(context, claimId);
  await life.booksBalance(claimId);
  return gameOf(claimId);
};

/** A case in which people have been called: no AI juror has a stake here. */
const called = async (nonce: string): Promise<{ readonly claimId: string; readonly outcome: number }> => {
  const claimId = await life.open(nonce);
  life.clock.now = CLOSES_AT;
  await close(context, claimId);
  await convene(context, claimId);
  await announce(context, claimId);
  const outcome = 1 - (await stateOf(context, claimId)).decision!.outcome!;
  const pay = {
    type: 'surety/action/challenge/v1',
    marketId: claimId,
    outcome,
    reason: 'Look.',
    amountMicroUsd: '900000000',
  };
  await did(CHALLENGER, pay);
  let game = await settled(claimId);
  while (game.phase.kind === 'round') {
    const { opensAt, drawEndsAt, commitEndsAt } = game.rounds.at(-1)!;
    await settled(claimId, opensAt + Math.floor((drawEndsAt - opensAt) / 2));
    await settled(claimId, drawEndsAt);
    game = await settled(claimId, commitEndsAt);
  }
  await did(CHALLENGER, pay);
  return { claimId, outcome };
};

const drawn = async (claimId: string): Promise<Case> => {
  const { opensAt, drawEndsAt } = (await settled(claimId)).rounds.at(-1)!;
  const game = await settled(claimId, opensAt + Math.floor((drawEndsAt - opensAt) / 2));
  life.clock.now = drawEndsAt;
  return game;
};

/** The node is there all through a window, but for parts of it (of 24). */
const through = async (claimId: string, from: number, to: number, down: readonly number[] = []): Promise<void> => {
  for (let part = 0; part < 24; part += 1)
    if (!down.includes(part)) await settled(claimId, from + Math.ceil(((to - from) * part) / 24));
};

const SALT = `0x${'ab'.repeat(32)}`;

/** Those of the panel vote and open, as far as the node takes it: @returns the codes of what it refused */
const voteAll = async (
  claimId: string,
  jurors: readonly string[],
  { outcome, within = context, down = [] }: { outcome: number; within?: Context; down?: readonly number[] },
): Promise<ReadonlySet<string>> => {
  const codes = new Set<string>();
  const { rounds, terms } = await gameOf(claimId);
  const { number, drawEndsAt, commitEndsAt, revealEndsAt } = rounds.at(-1)!;
  const reasonOf = (juror: string): string => `I am ${juror}.`;
  for (const juror of jurors) {
    const commitment = commitmentOf(terms, number, juror, { outcome, reading: readingOf(reasonOf(juror)), salt: SALT });
    codes.add(await codeOf(juror, { type: 'surety/action/vote/v1', marketId: claimId, commitment }, within));
  }
  await through(claimId, drawEndsAt, commitEndsAt, down);
  await settled(claimId, commitEndsAt);
  for (const juror of jurors) {
    const opening = { marketId: claimId, outcome, reason: reasonOf(juror), salt: SALT };
    codes.add(await codeOf(juror, { type: 'surety/action/open-vote/v1', ...opening }, within));
  }
  await through(claimId, commitEndsAt, revealEndsAt);
  await settled(claimId, revealEndsAt);
  return codes;
};

/** Runs a case out: nobody goes on. */
const ended = async (claimId: string): Promise<void> => {
  for (let { phase } = await gameOf(claimId); 'endsAt' in phase; { phase } = await gameOf(claimId))
    await settled(claimId, phase.endsAt);
};

const outOf = async (accounts: readonly string[]): Promise<readonly string[]> => {
  const { jurors } = await life.host.state<Registry>(REGISTRY_STREAM);
  return accounts.filter((account) => jurors.find((one) => one.account === account)?.person?.missed !== undefined);
};

test('the directory names the key, and what is no request of it is refused', async () => {
  const listed = await (await extensions[0]!.handle(new Request('http://node.example/'), FROM.remote)).json();
  assert.deepEqual(listed, {
    'issuer-request-uri': '/development/person-tokens',
    'token-keys': [{ 'token-type': 2, 'token-key': Buffer.from(issuer.key.spki).toString('base64url') }],
  });
  const last = issuer.key.id.at(-1)!;
  const modulus = issuer.key.spki.subarray(81, 337);
  for (const body of [
    new Uint8Array(10),
    concatBytes(new Uint8Array([0, 1, last]), new Uint8Array(256)),
    concatBytes(new Uint8Array([0, 2, last ^ 1]), new Uint8Array(256)),
    concatBytes(new Uint8Array([0, 2, last]), modulus),
  ]) {
    const request = new Request('http://node.example/', { method: 'POST', body: Buffer.from(body) });
    assert.equal((await extensions[1]!.handle(request, FROM.remote)).status, 422);
  }
  assert.equal(developmentIssuer(home).issuer.keyId, issuer.keyId, 'the key is kept');
});

test('a token counts for its account alone, and only where tokens are taken', async () => {
  const token = await tokenOf(PEOPLE[0]!);
  assert.equal(await codeOf(PEOPLE[1]!, show(token)), 'court.person-token');
  const elsewhere = await tokenOf(PEOPLE[0]!, CHALLENGER);
  assert.equal(await codeOf(PEOPLE[0]!, show(elsewhere)), 'court.person-token');
  assert.equal(await codeOf(PEOPLE[0]!, show(token), life.context), 'court.no-issuer');
  assert.deepEqual(await did(PEOPLE[0]!, show(token)), { kind: 'show-person', since: life.clock.now });
  const sinceIn = async (within: Context) => unwrap(await findJuror(within, [], PEOPLE[0]!)).person?.since;
  assert.equal(await sinceIn(context), life.clock.now);
  // A receipt that named the issuer otherwise than the token does would be refuted.
  assert.equal(await sinceIn({ ...context, persons: { ...issuer, name: 'renamed.example' } }), null);
  const { jurors } = await life.host.state<Registry>(REGISTRY_STREAM);
  const { person } = jurors.find(({ account }) => account === PEOPLE[0])!;
  assert.ok(isShownTo(person, issuer));
  assert.ok(!isShownTo(person, { ...issuer, keyId: 'ff'.repeat(32) }));
});

test('one ticket each, no lock; who misses is out; the receipt shows persons only to who believes the issuer', async () => {
  for (const account of PEOPLE) await did(account, show(await tokenOf(account)));
  // Money is no ticket here.
  await did(RICH, { type: 'surety/action/stake/v1', amountMicroUsd: '900000000' });
  const { claimId, outcome } = await called('1');
  // Too late for the round that is open.
  life.clock.now += 1;
  await did(UNSHOWN, show(await tokenOf(UNSHOWN)));
  const { seats, commitEndsAt, candidates } = (await drawn(claimId)).rounds.at(-1)!;
  assert.deepEqual(new Set(candidates.map(({ juror }) => juror)), new Set(PEOPLE));
  assert.ok(candidates.every(({ weight }) => weight === 1n));
  assert.equal(seats.length, 15);
  assert.ok(seats.every(({ lockedMicroUsd }) => lockedMicroUsd === 0n));
  const salt = `0x${'ab'.repeat(32)}`;
  const voters = seats
    .slice(0, 13)
    .map(({ juror }, i) => ({ juror, reason: `Reason ${i}.`, outcome: i < 10 ? outcome : 1 - outcome }));
  const game = await gameOf(claimId);
  for (const { juror, reason, outcome: says } of voters) {
    const commitment = commitmentOf(game.terms, 3, juror, { outcome: says, reading: readingOf(reason), salt });
    await did(juror, { type: 'surety/action/vote/v1', marketId: claimId, commitment });
  }
  await through(claimId, (await gameOf(claimId)).rounds.at(-1)!.drawEndsAt, commitEndsAt);
  life.clock.now = commitEndsAt;
  for (const { juror, reason, outcome: says } of voters)
    await did(juror, { type: 'surety/action/open-vote/v1', marketId: claimId, outcome: says, reason, salt });
  const { revealEndsAt } = (await settled(claimId)).rounds.at(-1)!;
  const ruled = await settled(claimId, revealEndsAt);
  assert.ok('endsAt' in ruled.phase);
  const end = await settled(claimId, ruled.phase.endsAt);
  assert.deepEqual(end.phase, { kind: 'final', outcome });

  const view = unwrap(await findCase(context, claimId));
  assert.deepEqual(
    view.rounds.map(({ drawnBy }) => drawnBy),
    ['stake', 'stake', 'person', 'person'],
  );
  const absent = unwrap(await findJuror(context, [], seats[14]!.juror)).person!;
  assert.equal(absent.outUntil, life.clock.now + OUT_SECONDS);
  assert.equal(unwrap(await findJuror(context, [], seats[0]!.juror)).person!.outUntil, null);
  assert.equal(unwrap(await findJuror(life.context, [], seats[0]!.juror)).person, null);

  const { predicate } = unwrap(parseStatement(unwrap(await latestReceipt(context, await stateOf(context, claimId)))));
  const record = predicate.evidence.find(({ kind }) => kind === 'court-record')!;
  assert.ok(record.kind === 'court-record');
  const find = (of: typeof record, personIssuers: Parameters<typeof verifyEvidence>[2]['personIssuers']) =>
    verifyEvidence(predicate.claim, of, { ...predicate, personIssuers } as Parameters<typeof verifyEvidence>[2]);
  const { name, tokenKey } = issuer;
  const believed = find(record, [{ name, tokenKey, environment: 'production' }]);
  assert.ok(believed.proves.some(({ property }) => property === 'uniqueness-of-person'));
  assert.ok(believed.assumes.some((what) => what.includes('one token to each person')));
  for (const issuers of [[], [{ name, tokenKey, environment: 'development' as const }]]) {
    const found = find(record, issuers);
    assert.equal(found.holds, 'not-shown');
    assert.ok(!found.proves.some(({ property }) => property === 'uniqueness-of-person'));
    assert.ok(found.doesNotProve.some((what) => what.includes('that its people are several')));
  }
  const people = record.rounds[2]!;
  const withPeople = (changes: Partial<typeof people>): typeof record => ({
    ...record,
    rounds: record.rounds.with(2, { ...people, ...changes }),
  });
  const [first, second] = people.seats;
  const swapped = people.seats.with(0, { ...first!, token: second!.token! });
  const { token: _, ...bare } = first!;
  for (const changes of [
    { seats: swapped },
    { seats: people.seats.with(0, bare) },
    { persons: { issuer: 'issuer.example', tokenKey } },
    { jurors: 'ai' as const, seats: people.seats.map((seat, i) => ({ ...seat, operator: 'o', family: `f ${i}` })) },
  ])
    assert.equal(find(withPeople(changes), []).holds, 'refuted');
  const { persons: __, ...unnamed } = people;
  assert.equal(find({ ...record, rounds: record.rounds.with(2, unnamed) }, []).holds, 'refuted');
  assert.ok(fromHex(first!.token!).ok);
});

test('who missed a case is not drawn for the time that it is out, and then is again', async () => {
  const { claimId } = await called('2');
  const game = await drawn(claimId);
  const round = game.rounds.at(-1)!;
  assert.equal(round.candidates.length, PEOPLE.length - 2, 'two were absent');
  const registry = await life.host.state<Registry>(REGISTRY_STREAM);
  const backAt = Math.max(...registry.jurors.map(({ person }) => person?.missed?.at ?? 0)) + OUT_SECONDS;
  const question = await stateOf(context, claimId);
  const countAt = (opensAt: number): number =>
    candidatesFor(context, question, { ...game, rounds: game.rounds.with(-1, { ...round, opensAt }) }, registry).length;
  // With the one who came too late for the first round.
  assert.deepEqual([countAt(backAt - 1), countAt(backAt)], [PEOPLE.length - 1, PEOPLE.length + 1]);
});

test('a node that refuses votes, or was down while they could be given, puts nobody out', async () => {
  const before = await outOf(PEOPLE);
  const refused = await called('3');
  const panel = (await drawn(refused.claimId)).rounds.at(-1)!.seats.map(({ juror }) => juror);
  const problem = { code: 'journal.overloaded', message: 'Not now.', next: 'Try again.' } as const;
  const host = { ...life.host, transact: async () => refuse(problem) };
  const codes = await voteAll(refused.claimId, panel, { outcome: refused.outcome, within: { ...context, host } });
  assert.ok(!codes.has('done'), `${[...codes]}`);
  await ended(refused.claimId);
  assert.deepEqual(await outOf(PEOPLE), before);

  const down = await called('4');
  const all = (await drawn(down.claimId)).rounds.at(-1)!.seats.map(({ juror }) => juror);
  const [late, prompt] = [all.slice(0, 3), all.slice(3)];
  // Most had voted when it went down; the others could not any more.
  await voteAll(down.claimId, prompt, { outcome: down.outcome, down: [14, 15, 16, 17] });
  await ended(down.claimId);
  assert.deepEqual(await outOf(late), []);
  assert.equal((await gameOf(down.claimId)).rounds.at(-1)!.result.kind, 'ruled');

  const there = await called('5');
  const [absent, ...others] = (await drawn(there.claimId)).rounds.at(-1)!.seats.map(({ juror }) => juror);
  await voteAll(there.claimId, others, { outcome: there.outcome });
  await ended(there.claimId);
  assert.deepEqual(await outOf([absent!]), [absent], 'where others could vote all the time, it counts');
});
