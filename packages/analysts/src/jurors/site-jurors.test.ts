import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ordinary } from '../../training/synthetic.ts';
import { conflictOf, voteOf } from '../panel.ts';
import { purePlayers } from '../players.ts';
import { KNOWN_SITES } from './known-sites.ts';
import { siteJurors } from './site-jurors.ts';

const votes = (host: string, ratio: number) =>
  siteJurors.map((juror) => voteOf(juror.readSync({ kind: 'site', host }), ratio));

test('no juror clears a site that it does not know, at any ratio: an honest look can be picked', () => {
  const names = [...ordinary(150, 4_321), 'metamask-labs.io', 'uniswapresearch.com', 'northgate.de'];
  for (const host of names) assert.equal(votes(host, 1).includes('not-scam'), false, host);
});

test('all but the linear model of runs clear a well-known site, at the default ratio', () => {
  for (const host of [KNOWN_SITES[0]!, 'uniswap.org', 'app.aave.com']) {
    const cleared = siteJurors.filter((_, i) => votes(host, 9)[i] === 'not-scam').map(({ id }) => id);
    assert.equal(cleared.length, siteJurors.length - 1, `${host}: ${cleared.join(', ')}`);
    assert.equal(votes(host, 9).includes('scam'), false, host);
  }
});

test('further families share no part of training data with each other, and nothing with a player', () => {
  const shared = new Set(['dawsbot/eth-labels#jurors', 'surety/known-sites', 'polkadot-js/phishing 2025-Q3']);
  const own = siteJurors.flatMap(({ trainedOn }) => trainedOn.filter((source) => !shared.has(source)));
  assert.equal(new Set(own).size, own.length);
  for (const juror of siteJurors)
    for (const player of purePlayers) assert.equal(conflictOf(juror, player), null, `${juror.id}, ${player.id}`);
});
