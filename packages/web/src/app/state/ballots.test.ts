import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ballotsFor, dropBallot, dropBallots, keepBallot, randomHex, readBallot } from './ballots.ts';

const ballot = (salt: string, juror?: string) => ({
  ...{ marketId: '07', round: 3, outcome: 1, reason: 'It asks for a seed phrase.', salt },
  ...(juror === undefined ? {} : { juror }),
});

test('each account of a browser has its own ballots: the reason of one would make the other’s vote a copy', () => {
  // Here is no storage: it says so, and keeps them while the page is open.
  for (const each of [ballot('1', '0xa'), ballot('2', '0xb'), ballot('3', '0xa'), ballot('4')])
    assert.equal(keepBallot(each), false);
  const salts = (juror?: string) => ballotsFor('07', 3, juror).map(({ salt }) => salt);
  assert.deepEqual([salts('0xa'), salts('0xb'), salts()], [['3', '1'], ['2'], ['4']]);
  assert.deepEqual([ballotsFor('07', 4, '0xa'), ballotsFor('08', 3, '0xa')], [[], []]);
  dropBallot({ salt: '3' });
  assert.deepEqual([salts('0xa'), salts('0xb')], [['1'], ['2']]);
  dropBallots('07', 3);
  assert.deepEqual([salts('0xa'), salts()], [[], []]);
});

test('a file is a ballot or nothing', () => {
  const of = ballot('1', '0xa');
  assert.deepEqual(readBallot(JSON.stringify(of)), of);
  for (const wrong of [
    '',
    '{',
    'null',
    '[]',
    JSON.stringify({ ...of, round: '3' }),
    JSON.stringify({ ...of, juror: 1 }),
  ])
    assert.equal(readBallot(wrong), null, wrong);
  assert.match(randomHex(8), /^[0-9a-f]{16}$/);
  assert.notEqual(randomHex(8), randomHex(8));
});
