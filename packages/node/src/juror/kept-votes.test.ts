import assert from 'node:assert/strict';
import fs, { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, mock, test } from 'node:test';
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

test('a vote is opened though the text behind it is not there: one from before texts were kept, or with another text', () => {
  const votes = createKeptVotes(home);
  const { grounds: _, ...before } = vote('8');
  for (const [round, kept] of [
    [4, before],
    [5, { ...before, grounds: 'another text' }],
  ] as const) {
    votes.keep({ ...SEAT, round }, vote('9'));
    const [file = ''] = globSync(`**/${round}-*.json`, { cwd: home });
    writeFileSync(join(home, file), JSON.stringify(kept));
    assert.deepEqual(votes.find({ ...SEAT, round }), { ...before, grounds: null });
  }
});

test('a vote and every folder that was made for it are on the disk before it is said to be kept', () => {
  const fresh = mkdtempSync(join(tmpdir(), 'surety-votes-'));
  const opened = new Map<number, string>();
  const synced: (string | undefined)[] = [];
  const { openSync, fsyncSync } = fs;
  mock.method(fs, 'openSync', (path: string, ...more: [string]) => {
    const handle = openSync(path, ...more);
    opened.set(handle, path);
    return handle;
  });
  mock.method(fs, 'fsyncSync', (handle: number) => {
    synced.push(opened.get(handle));
    fsyncSync(handle);
  });
  syncBuiltinESMExports();
  try {
    createKeptVotes(fresh).keep(SEAT, vote('a'));
  } finally {
    mock.restoreAll();
    syncBuiltinESMExports();
  }
  const [file = ''] = globSync('**/*.json', { cwd: fresh });
  for (const each of [dirname(file), dirname(dirname(file)), 'court-votes', ''])
    assert.ok(synced.includes(join(fresh, each)), each);
  rmSync(fresh, { recursive: true });
});
