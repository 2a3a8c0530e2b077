import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectLists } from '../training/sources.ts';
import { conflictOf } from './panel.ts';
import { purePlayers } from './players.ts';

const FITTED = ['charmodel', 'stackmodel', 'look-alikes', 'structure-rules'];

test('a juror that knows a list which players were fitted to sits against none of them', () => {
  const fitted = purePlayers.filter(({ id }) => FITTED.includes(id));
  assert.equal(fitted.length, FITTED.length, purePlayers.map(({ id }) => id).join(', '));
  for (const { source } of projectLists()) {
    const juror = { id: 'lists', family: 'site-list', trainedOn: [source.name] };
    for (const player of fitted)
      assert.equal(conflictOf(juror, player)?.what, source.name, `${player.id}: ${source.name}`);
  }
});
