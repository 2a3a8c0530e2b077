import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jurors, players } from './index.ts';
import { pureJurors } from './jurors/jurors.ts';
import { conflictOf, eligibleJurors, speaksTo, voteOf } from './panel.ts';
import { purePlayers } from './players.ts';

const party = (id: string, over: object = {}) => ({ id, family: `f:${id}`, trainedOn: [`d:${id}`], ...over });

test('built-in jurors share nothing with built-in players', () => {
  assert.deepEqual(eligibleJurors(purePlayers, pureJurors), pureJurors);
});

test('no built-in juror shares anything with any built-in player, readers of network and chain included', () => {
  assert.deepEqual(eligibleJurors(players(), jurors()), jurors());
});

test('sites have ten jurors of ten families, tokens and messages three each, addresses none', () => {
  const panel = (kind: 'site' | 'token' | 'message' | 'address' | 'contract', predicate: string) =>
    pureJurors.filter((juror) => speaksTo(juror, { predicate, subject: { kind } }));
  for (const [kind, predicate, families] of [
    ['site', 'scam', 10],
    ['token', 'genuine', 3],
    ['message', 'scam', 3],
  ] as const) {
    assert.equal(new Set(panel(kind, predicate).map(({ family }) => family)).size, families, kind);
  }
  assert.deepEqual(panel('address', 'scam'), []);
  assert.deepEqual(panel('contract', 'scam'), []);
  assert.deepEqual(panel('token', 'scam'), [], 'a list says what a token is, not whether it is honest');
});

test('a shared family, data set or key excludes, and is named', () => {
  const player = party('p', { keyId: 'k' });
  assert.equal(conflictOf(party('j'), player), null);
  assert.equal(conflictOf(party('j', { family: 'f:p' }), player)?.shared, 'family');
  assert.equal(conflictOf(party('j', { trainedOn: ['x', 'd:p'] }), player)?.what, 'd:p');
  assert.equal(conflictOf(party('j', { keyId: 'k' }), player)?.shared, 'key');
  assert.equal(conflictOf(party('p'), party('p', { family: 'z' }))?.shared, 'id');
});

test('votes only above L/(L+G), exactly', () => {
  const vote = (probabilityPpm: number | null, ratio?: number) => voteOf({ probabilityPpm }, ratio);
  assert.deepEqual(
    [vote(900_000), vote(900_001), vote(100_000), vote(99_999), vote(null)],
    [null, 'scam', null, 'not-scam', null],
  );
  assert.deepEqual([vote(500_000, 1), vote(500_001, 1)], [null, 'scam']);
});
