import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLAIM, EVIDENCE, FINAL, ISSUED_AT, NOW, PROGRAMS, sampleReceipt, TRUST } from '../../test/sample.ts';
import { claimIdOf } from '../claim-shape.ts';
import { addressOfSecretKey } from '../eip712/sign.ts';
import type { CourtRecord, CourtRound, CourtSeat } from '../evidence.ts';
import { parseEvidence } from '../evidence-shape.ts';
import type { ReceiptPredicate } from '../receipt.ts';
import { pluralityOf } from '../votes.ts';
import { verifyEvidence } from './evidence.ts';
import { overClaims } from './over-claim.ts';
import { verifyReceipt } from './verify-receipt.ts';

const juror = (i: number): string => addressOfSecretKey(new Uint8Array(32).fill(i + 1));
const READING = 'ab'.repeat(32);

const seat = (i: number, outcome: number | null, ai: boolean): CourtSeat => ({
  juror: juror(i),
  operator: ai ? 'somebody' : null,
  family: ai ? `family ${i}` : null,
  vote: outcome === null ? 'abstained' : 'cast',
  outcome,
  reading: READING,
});

const BEACON = { randomness: 'cd'.repeat(32), source: 'chain' } as const;
const AI: CourtRound = {
  jurors: 'ai',
  quorum: 2,
  beacon: BEACON,
  seats: [seat(0, 0, true), seat(1, null, true)],
  ruling: null,
};
const PEOPLE: CourtRound = {
  jurors: 'people',
  quorum: 2,
  beacon: BEACON,
  seats: [
    seat(2, 1, false),
    seat(3, 1, false),
    seat(4, 0, false),
    { ...seat(5, null, false), vote: 'absent', reading: null },
  ],
  ruling: 1,
};
const RECORD: CourtRecord = {
  kind: 'court-record',
  caseId: claimIdOf(CLAIM),
  proposed: 0,
  rounds: [AI, PEOPLE],
  at: ISSUED_AT,
};

const find = (record: CourtRecord) =>
  verifyEvidence(CLAIM, record, { issuedAt: ISSUED_AT } as Parameters<typeof verifyEvidence>[2]);

test('a tie, too few votes and no votes are no ruling', () => {
  assert.deepEqual(
    [pluralityOf([], 1), pluralityOf([1], 2), pluralityOf([0, 1], 2), pluralityOf([0, 1, 1], 3), pluralityOf([255], 1)],
    [null, null, null, 1, 255],
  );
});

test('a record is recounted, and says no more than its votes', () => {
  const found = find(RECORD);
  assert.equal(found.holds, 'not-shown');
  assert.match(found.summary, /round 1, 2 AI jurors of one operator: no ruling \(1 votes, 2 needed\)/);
  assert.match(found.summary, /round 2, 4 people: “not scam”, 2 of 3 votes/);
  assert.ok(found.assumes.some((what) => what.includes('block')));
  assert.deepEqual(overClaims(found), []);
});

const inRound = (round: number, change: Partial<CourtRound>): CourtRecord => ({
  ...RECORD,
  rounds: RECORD.rounds.with(round, { ...RECORD.rounds[round]!, ...change }),
});

test('what contradicts itself is refuted', () => {
  const { seats } = PEOPLE;
  const cases: readonly (readonly [what: string, record: CourtRecord])[] = [
    ['another claim', { ...RECORD, caseId: '00'.repeat(32) }],
    ['an outcome that was proposed and is none', { ...RECORD, proposed: 7 }],
    ['a vote for an outcome that is none', inRound(1, { seats: seats.with(2, { ...seats[2]!, outcome: 9 }) })],
    ['a ruling that the votes do not give', inRound(1, { ruling: 0 })],
    ['a ruling without its quorum', inRound(0, { ruling: 0 })],
    ['a quorum that is missed', inRound(1, { quorum: 4 })],
    ['a panel that nothing drew', inRound(1, { beacon: null })],
    ['AI jurors after people', { ...RECORD, rounds: [PEOPLE, AI] }],
    ['one juror in two rounds', inRound(1, { seats: seats.with(2, { ...seats[2]!, juror: juror(0) }) })],
    ['one family on two seats', inRound(0, { seats: [AI.seats[0]!, { ...AI.seats[1]!, family: 'family 0' }] })],
    ['an AI juror without a family', inRound(0, { seats: [AI.seats[0]!, { ...AI.seats[1]!, family: null }] })],
    ['a person with an operator', inRound(1, { seats: seats.with(2, { ...seats[2]!, operator: 'x' }) })],
  ];
  for (const [what, record] of cases) {
    assert.equal(find(record).holds, 'refuted', what);
    assert.deepEqual(overClaims(find(record)), [], what);
  }
});

test('the reader takes a record, and nothing that is none', () => {
  assert.deepEqual(parseEvidence(RECORD), { ok: true, value: RECORD });
  const wrong: readonly (readonly [field: RegExp, value: unknown])[] = [
    [/^rounds$/, { ...RECORD, rounds: [] }],
    [/outcome/, inRound(1, { seats: [{ ...PEOPLE.seats[0]!, outcome: null }] })],
    [/outcome/, inRound(1, { seats: [{ ...PEOPLE.seats[0]!, outcome: 252 }] })],
    [/juror/, inRound(1, { seats: [{ ...PEOPLE.seats[0]!, juror: 'me' }] })],
    [/proposed/, { ...RECORD, proposed: 100 }],
  ];
  for (const [field, value] of wrong) {
    const read = parseEvidence(value);
    assert.match(read.ok ? 'read' : (read.problem.field ?? ''), field);
  }
});

const COURT = {
  status: 'final',
  finalAfter: ISSUED_AT,
  outcome: 'not scam',
  evidence: [...EVIDENCE, RECORD],
  decidedBy: { kind: 'court', round: 2, jurors: 'people', said: 'outcome', votesFor: 2, votesAgainst: 1, silent: 1 },
} as const satisfies Partial<ReceiptPredicate>;

const verify = async (over: Partial<ReceiptPredicate>) =>
  verifyReceipt(await sampleReceipt(over), { trust: TRUST, now: NOW, programs: PROGRAMS });

test('a receipt says what the court ruled exactly where its record does', async () => {
  const good = await verify(COURT);
  assert.equal(good.verdict, 'trusted', JSON.stringify(good.problems));
  const decision = good.links.output.find(({ source }) => source === 'decision');
  assert.match(decision?.summary ?? '', /ruled “not scam” in round 2: of 4 people, 2 for, 1 against, 1 without a vote/);
  for (const finding of good.links.output) assert.deepEqual(overClaims(finding), []);
  const invalid = {
    ...RECORD,
    rounds: [
      {
        ...PEOPLE,
        seats: PEOPLE.seats.map((one) => (one.outcome === 1 ? { ...one, outcome: 255 } : one)),
        ruling: 255,
      },
    ],
  };
  const special = {
    ...COURT,
    outcome: null,
    evidence: [...EVIDENCE, invalid],
    decidedBy: { ...COURT.decidedBy, round: 1, said: 'invalid' },
  } as const;
  assert.equal((await verify(special)).verdict, 'trusted');
  const lies: readonly Partial<ReceiptPredicate>[] = [
    { ...COURT, outcome: 'scam' },
    { ...COURT, evidence: EVIDENCE },
    { ...COURT, decidedBy: { ...COURT.decidedBy, votesFor: 3 } },
    { ...COURT, decidedBy: { ...COURT.decidedBy, silent: 0 } },
    { ...COURT, decidedBy: { ...COURT.decidedBy, round: 1 } },
    { ...COURT, decidedBy: { ...COURT.decidedBy, jurors: 'ai' } },
    { ...special, decidedBy: { ...special.decidedBy, said: 'undecidable' } },
  ];
  for (const over of lies) assert.equal((await verify(over)).verdict, 'refuted', JSON.stringify(over.decidedBy));
});

test('a ruling stands where later panels have none; a panel’s answer where none has one, and not against a ruling', async () => {
  const later = { ...PEOPLE, seats: PEOPLE.seats.map((one, i) => ({ ...one, juror: juror(i + 20) })) };
  const silent = { ...later, seats: later.seats.slice(0, 1), ruling: null };
  const stood = { ...COURT, evidence: [...EVIDENCE, { ...RECORD, rounds: [...RECORD.rounds, silent] }] };
  const good = await verify(stood);
  assert.equal(good.verdict, 'trusted', JSON.stringify(good.problems));
  const summaryOf = ({ links }: typeof good): string =>
    links.output.find(({ source }) => source === 'decision')?.summary ?? '';
  assert.match(summaryOf(good), /round 2: .*; 1 later without a ruling\.$/);
  const last = { ...stood.decidedBy, round: 3 };
  assert.equal((await verify({ ...stood, decidedBy: last })).verdict, 'refuted');
  const none = { ...RECORD, rounds: [AI] };
  assert.equal((await verify({ ...COURT, evidence: [...EVIDENCE, none] })).verdict, 'refuted');
  const answered = await verify({ ...FINAL, evidence: [...FINAL.evidence, none] });
  assert.equal(answered.verdict, 'trusted', JSON.stringify(answered.problems));
  assert.match(
    summaryOf(answered),
    /A panel decided .* It was challenged, no panel of the court had a ruling, and it stands\./,
  );
  assert.equal((await verify({ ...FINAL, evidence: [...FINAL.evidence, RECORD] })).verdict, 'refuted');
});
