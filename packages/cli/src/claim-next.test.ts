import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Acted, nextCommand } from './claim-next.ts';

const ME = '0xAB';
const CLAIM: Acted = {
  state: 'open',
  turn: null,
  windowEndsAt: 100,
  openDisputes: 0,
  proved: false,
  byClock: false,
  proofRequired: false,
  doubted: false,
  provider: '0xCD',
  program: { held: true },
  disputed: [],
};
const TURN = { side: 'provider', before: 200, otherSeconds: 9 } as const;

test('the next step depends on whose claim it is, what is held, and the time', () => {
  const cases: readonly (readonly [Partial<Acted>, now: number, RegExp])[] = [
    [{}, 100, /^To check it, run "surety watch"/],
    [{ program: { held: false } }, 100, /--programs DIR/],
    [{}, 101, /^Its provider/],
    [{ provider: '0xab' }, 100, /^It is yours: keep/],
    [{ provider: '0xab' }, 101, /makes it final and frees the bond/],
    [{ provider: '0xab', proofRequired: true }, 100, /without its proof/],
    [{ provider: '0xab', proofRequired: true }, 101, /annuls it and frees the bond/],
    [{ proofRequired: true }, 101, /provider or requester annuls it/],
    [{ turn: TURN, disputed: [{ challenger: '0xab', turn: TURN }] }, 150, /^You dispute it/],
    [{ turn: TURN, disputed: [{ challenger: '0xEE', turn: TURN }] }, 150, /^To check it/],
  ];
  for (const [over, now, words] of cases) assert.match(nextCommand({ ...CLAIM, ...over }, now, ME) ?? '', words);
  for (const state of ['final', 'void', 'annulled'] as const)
    assert.equal(nextCommand({ ...CLAIM, state }, 100, ME), null);
  assert.match(nextCommand(CLAIM, 100, null) ?? '', /^To check it/);
});
