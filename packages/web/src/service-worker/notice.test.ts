import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeOf, readNotice } from './notice.ts';

const ORIGIN = 'https://court.example';

test('a notice is read as it was sent; anything else is shown as that something moved', () => {
  const notice = { id: 'a', title: 'Vote: Is it?', summary: 'Until noon.', link: `${ORIGIN}/#/case/00` };
  assert.deepEqual(readNotice(JSON.stringify(notice)), notice);
  for (const text of ['', 'null', '[]', '{', '{"title":"x"}', JSON.stringify({ ...notice, title: 1 })])
    assert.equal(readNotice(text).title, 'Something moved at the court.', text);
});

test('a notice leads nowhere but to this page', () => {
  assert.equal(placeOf(`${ORIGIN}/#/case/00`, ORIGIN), `${ORIGIN}/#/case/00`);
  assert.equal(new URL(placeOf(`${ORIGIN}//evil.example/`, ORIGIN), ORIGIN).origin, ORIGIN);
  for (const link of ['https://evil.example/#/case/00', '//evil.example/', 'javascript:alert(1)', 'http://['])
    assert.equal(placeOf(link, ORIGIN), '/#/court', link);
});
