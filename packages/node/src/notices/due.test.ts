import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CaseSummary, CourtJuror } from '@surety/protocol';
import { SAMPLES } from '../http/testing/samples.ts';
import { dueNotices } from './due.ts';

const URL_OF_PAGE = 'https://court.example';
const FROM = 1_800_000_000;
const UNTIL = FROM + 72 * 3_600;
const [of] = (SAMPLES.cases.output as { readonly cases: readonly CaseSummary[] }).cases;

const duty: CourtJuror['duties'][number] = {
  caseId: of!.caseId,
  plainWords: 'Is this a scam? Answers: yes or no.',
  round: 3,
  todo: 'commit',
  from: FROM,
  until: UNTIL,
  feeMicroUsd: '2000000',
  lockMicroUsd: '2000000',
};

const titleAt = (now: number, over: Partial<typeof duty> = {}): string | undefined =>
  dueNotices(URL_OF_PAGE, { duties: [{ ...duty, ...over }], cases: [] }, now)[0]?.title;

test('a seat: drawn, then the window is open, then it is soon over, then it is no news', () => {
  assert.equal(titleAt(FROM - 1), 'You were drawn: Is this a scam?');
  assert.equal(titleAt(FROM), 'Vote: Is this a scam?');
  assert.equal(titleAt(UNTIL - 6 * 3_600 - 1), 'Vote: Is this a scam?');
  assert.equal(titleAt(UNTIL - 6 * 3_600), 'Soon over: Vote: Is this a scam?');
  assert.equal(titleAt(UNTIL), undefined);
  const open = { todo: 'open' } as const;
  assert.equal(titleAt(FROM - 1, open), undefined);
  assert.equal(titleAt(FROM, open), 'Open your vote: Is this a scam?');
  assert.equal(titleAt(UNTIL - 1, open), 'Soon over: Open your vote: Is this a scam?');
  assert.equal(titleAt(FROM, { todo: 'done' }), undefined);
  // Of a short window, its last quarter.
  assert.equal(titleAt(FROM + 74, { until: FROM + 100 }), 'Vote: Is this a scam?');
  assert.equal(titleAt(FROM + 75, { until: FROM + 100 }), 'Soon over: Vote: Is this a scam?');
});

test('each stage of a duty and each turn of a case is a notice of its own, about one subject', () => {
  const at = (now: number) => dueNotices(URL_OF_PAGE, { duties: [duty], cases: [] }, now)[0]!;
  const stages = [at(FROM - 1), at(FROM), at(UNTIL - 1)];
  assert.equal(new Set(stages.map(({ id }) => id)).size, 3);
  assert.deepEqual([...new Set(stages.map(({ subject }) => subject))], [`duty:${of!.caseId}`]);
  assert.deepEqual(
    stages.map(({ urgent }) => urgent),
    [false, false, true],
  );
  const turns = [of!, { ...of!, phase: 'round', round: 1 } as const];
  const ids = turns.map((turn) => dueNotices(URL_OF_PAGE, { duties: [], cases: [turn] }, FROM)[0]!);
  assert.notEqual(ids[0]!.id, ids[1]!.id);
  assert.deepEqual([...new Set(ids.map(({ subject }) => subject))], [`case:${of!.caseId}`]);
  assert.ok(ids.every(({ link }) => link === `${URL_OF_PAGE}/#/case/${of!.caseId}`));
});
