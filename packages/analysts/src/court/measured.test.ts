import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Subject } from '@surety/core';
import { siteJurors } from '../jurors/site-jurors.ts';
import { tokenJurors } from '../jurors/token-jurors.ts';
import { COURT_MEASURED, clusterOf } from './measured.ts';

const SUBJECTS: Readonly<Record<string, Subject>> = {
  sites: { kind: 'site', host: 'a.com' },
  tokens: { kind: 'token', chainId: 1, address: '0x0000000000000000000000000000000000000000' },
};

test('what was measured is what sits: every juror of sites and tokens, by its very program', () => {
  for (const [kind, jurors] of [
    ['sites', siteJurors],
    ['tokens', tokenJurors],
  ] as const) {
    const programs = Object.fromEntries(jurors.map((juror) => [juror.id, juror.readSync(SUBJECTS[kind]!).program]));
    assert.deepEqual(COURT_MEASURED.sets[kind]?.programs, programs, `${kind}: npm run bench -- selective`);
  }
});

test('counts are within the questions, every juror is in one cluster, and no two clusters are closer than the threshold', () => {
  for (const set of Object.values(COURT_MEASURED.sets)) {
    for (const rows of Object.values(set.votes))
      for (const [, badBad, badGood, goodBad, goodGood] of rows)
        assert.ok(badBad! + badGood! <= set.bad && goodBad! + goodGood! <= set.good);
    assert.equal(
      set.patterns.reduce((sum, [, bad, good]) => sum + bad + good, 0),
      set.bad + set.good,
    );
    assert.deepEqual(set.clusters.flat().sort(), [...set.jurors].sort());
    set.correlationPermille.forEach((row, a) => {
      row.forEach((phi, b) => {
        const together = set.clusters.some((c) => c.includes(set.jurors[a]!) && c.includes(set.jurors[b]!));
        assert.ok(together || (phi ?? 0) <= COURT_MEASURED.clusterThresholdPermille);
      });
    });
  }
});

test('sites have eight voices, more than a panel of seven seats; what was not measured has none', () => {
  const voices = new Set(siteJurors.map(({ id }) => clusterOf('sites', id)));
  assert.equal(voices.size, 8);
  assert.equal(clusterOf('sites', 'juror-grams'), clusterOf('sites', 'juror-words'));
  assert.equal(clusterOf('sites', 'somebody-else'), null);
  assert.equal(clusterOf('tokens', 'juror-grams'), null);
});
