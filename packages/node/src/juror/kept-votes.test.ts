import assert from 'node:assert/strict';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readingOf } from '@surety/court';
import { createKeptVotes, type KeptVote, type SeatKey } from './kept-votes.ts';

const home = mkdtempSync(join(tmpdir(), 'surety-votes-'));
after(() => rmSync(home, { recursive: true }));

const word = (digit: string): `0x${string}` => `0x${digit.repeat(64)}`;
const SEAT: SeatKey = {
  ...{ chainId: 31337, court: `0x${'aa'.repeat(20)}`, caseId: 7n, question: word('1') },
  ...{ round: 1, juror: `0x${'Bb'.repeat(20)}` },
};
const vote = (salt: string): KeptVote => ({
  ...{ vote: 1, grounds: 'because', reading: readingOf('because') as `0x${string}` },
  ...{ salt: word(salt), why: 'because' },
});

test('the first vote of a seat is kept for ever, by whichever process', () => {
  const votes = createKeptVotes(home);
  assert.equal(votes.find(SEAT), null);
  assert.equal(votes.keep(SEAT, vote('3')).salt, word('3'));
  assert.equal(
    createKeptVotes(home).keep({ ...SEAT, juror: SEAT.juror.toLowerCase() as never }, vote('4')).salt,
    word('3'),
  );
  assert.equal(createKeptVotes(home).find(SEAT)?.salt, word('3'));
  for (const other of [
    { ...SEAT, round: 2 },
    { ...SEAT, caseId: 8n },
    { ...SEAT, chainId: 1 },
    { ...SEAT, question: word('5') },
  ])
    assert.equal(votes.find(other), null);
  assert.deepEqual(globSync('**/*.new', { cwd: home }), [], 'nothing is left lying about');
});

test('half a file is no vote, and never replaced by another one', () => {
  const votes = createKeptVotes(home);
  votes.keep({ ...SEAT, round: 3 }, vote('6'));
  const [file = ''] = globSync('**/3-*.json', { cwd: home });
  writeFileSync(join(home, file), '{"vote":1');
  assert.throws(() => votes.find({ ...SEAT, round: 3 }), /holds no vote/);
  assert.throws(() => votes.keep({ ...SEAT, round: 3 }, vote('7')), /holds no vote/);
});
