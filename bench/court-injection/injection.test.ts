import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pureJurors, siteJurors } from '../../packages/analysts/src/pure.ts';
import { claimOf } from '../../packages/analysts/test/cases.ts';
import { CORPUS, KINDS } from './corpus.ts';
import { askStandIn, caseWith, changedVotes } from './reading.ts';
import { substituteOf } from './substitute.ts';
import { drawn, keepLowest, ruledOn, shareRuled, type Target, voices } from './targets.ts';

const CLAIM = claimOf({ kind: 'site', host: 'uniswap-claim-rewards.app' });
const target = (host: string, ppm: number): Target => ({
  host,
  stated: new Array<number>(siteJurors.length).fill(ppm),
});

test('every kind of trick has several pieces, and none changes a built-in vote', () => {
  for (const kind of KINDS) assert.ok(CORPUS.filter((piece) => piece.kind === kind).length >= 5, kind);
  assert.equal(changedVotes([CLAIM], pureJurors, CORPUS[0]!), 0);
});

test('the stand-ins see what they are meant to see: raw text shows, an obeying model is won over, a repeating one is not', async () => {
  const piece = CORPUS.find(({ kind }) => kind === 'unseen')!;
  const clean = caseWith(CLAIM, piece);
  const raw = {
    ...clean,
    sides: clean.sides.map((side) => ({ ...side, exhibits: side.exhibits.map((e) => ({ ...e, text: piece.text })) })),
  };
  const [cleaned, uncleaned] = await askStandIn('repeats', [clean, raw]);
  assert.deepEqual([cleaned?.unseen, uncleaned?.unseen], [false, true]);
  const verdicts = CORPUS.filter(({ kind }) => kind === 'fake verdict').map((fake) => caseWith(CLAIM, fake));
  assert.ok((await askStandIn('repeats', verdicts)).every(({ vote }) => vote === 252));
  assert.ok((await askStandIn('obeys', verdicts)).every(({ vote }) => vote === 1));
});

test('panels of three are of three voices, and obedient seats count as votes for clearing', () => {
  assert.ok(voices().length >= 7);
  const sure = target('a.com', 990_000);
  const [three] = drawn(3);
  assert.equal(ruledOn(three!, sure, 9), 1);
  assert.equal(
    shareRuled([sure], drawn(2), 9, (ruled) => ruled > 0, 1),
    1,
  );
  assert.equal(
    shareRuled([target('a.com', 600_000)], drawn(1), 9, (ruled) => ruled < 0, 2),
    1,
  );
});

test('a substitute learns from votes alone, and has nothing to learn where all vote alike', () => {
  const [panel] = drawn(3);
  const asked = Array.from({ length: 60 }, (_, i) =>
    i % 2 === 0 ? target(`claim-airdrop${i}.app`, 990_000) : target(`harbor-bakery${i}.org`, 200_000),
  );
  const substitute = substituteOf(asked, panel!, 9);
  assert.ok(substitute !== null);
  assert.ok(substitute('claim-airdrop999.app') > substitute('harbor-bakery999.org'));
  const [kept] = keepLowest([asked.slice(0, 2)], ({ host }) => substitute(host), 1);
  assert.equal(kept?.host, asked[1]?.host);
  assert.equal(
    substituteOf(
      asked.filter((_, i) => i % 2 === 0),
      panel!,
      9,
    ),
    null,
  );
});
