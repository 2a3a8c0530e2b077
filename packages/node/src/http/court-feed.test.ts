import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ok } from '@surety/core';
import type { CaseSummary, CourtJuror } from '@surety/protocol';
import { courtFeeds } from './court-feed.ts';
import { SAMPLES } from './testing/samples.ts';

const [sample] = (SAMPLES.cases.output as { readonly cases: readonly CaseSummary[] }).cases;
const JUROR = (SAMPLES.juror.output as CourtJuror).address;

const feeds = (cases: readonly CaseSummary[], duties: CourtJuror['duties'] = []) =>
  courtFeeds({
    handlers: {
      cases: async () => ok({ cases: [...cases], next: null }),
      juror: async ({ params: { address } }) =>
        ok({ address, stakeMicroUsd: '0', lockedMicroUsd: '0', since: null, person: null, duties: [...duties] }),
    },
    now: () => 1_800_000_000,
  });

const get = async (path: string, ...parts: Parameters<typeof feeds>): Promise<Response> => {
  const [all, own] = feeds(...parts);
  return (path === '/court.atom' ? all! : own!).handle(new Request(`http://node.example${path}`), '192.0.2.1');
};

test('a case is an entry that a reader shows again at every turn, and text stays text', async () => {
  const words = 'Is <b>this</b> & "that"\u0007 a scam? Answers: yes or no.';
  const response = await get('/court.atom', [{ ...sample!, plainWords: words, phase: 'appealable', round: 2 }]);
  assert.match(response.headers.get('content-type') ?? '', /^application\/atom\+xml/);
  const xml = await response.text();
  assert.match(
    xml,
    /<title>Is &#60;b&#62;this&#60;\/b&#62; &#38; &#34;that&#34; a scam\? It can be appealed\.<\/title>/,
  );
  assert.match(xml, new RegExp(`<id>http://node.example/#/case/${sample!.caseId}\\?appealable-2</id>`));
  assert.match(xml, /<updated>2023-11-14T22:13:20\.000Z<\/updated>/);
  assert.doesNotMatch(xml, /<b>|Answers/);
});

test('a juror is told what to do from when until when; nobody else’s address is a feed', async () => {
  const duty = {
    caseId: sample!.caseId,
    plainWords: 'Is it?',
    round: 3,
    todo: 'open',
    from: 1_700_000_000,
    until: 1_700_086_400,
    feeMicroUsd: '2000000',
    lockMicroUsd: '2000000',
  } as const;
  const xml = await (await get(`/court/${JUROR}.atom`, [], [duty])).text();
  assert.match(xml, /<title>Open your vote: Is it\?<\/title>/);
  assert.match(xml, /Round 3, from 2023-11-14T22:13:20\.000Z until 2023-11-15T22:13:20\.000Z/);
  for (const path of ['/court/me.atom', `/court/${JUROR}`, '/court/0x12.atom'])
    assert.equal((await get(path, [])).status, 404);
  assert.match(await (await get('/court.atom', [])).text(), /<updated>2027-01-15T08:00:00\.000Z<\/updated>/);
});
