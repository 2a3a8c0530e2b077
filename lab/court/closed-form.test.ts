import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitmix } from '../../packages/court/test/random.ts';
import { capture, rulingChances } from './closed-form.ts';
import { panelVotes } from './panel.ts';

test('a majority of the seats by 30 % of the jurors: 0.216 of 3, 0.126 of 7, 0.0095 of 31', () => {
  assert.deepEqual(
    [3, 7, 31].map((seats) => Number(capture(seats, 0.3).toPrecision(3))),
    [0.216, 0.126, 0.00954],
  );
});

test('played panels rule as the closed form says, alone and with a common cause', () => {
  for (const errorCorrelation of [0, 0.3]) {
    const juror = { coverage: 0.6, accuracy: 0.8, errorCorrelation };
    const exact = rulingChances(7, 4, juror);
    const random = splitmix(7);
    const seen = { right: 0, wrong: 0, none: 0 };
    const panels = 20_000;
    for (let i = 0; i < panels; i += 1) {
      const vote = panelVotes(random, { right: 0, wrong: 1, errorCorrelation, doubtCorrelation: 0 });
      const counts = [0, 0];
      for (let seat = 0; seat < 7; seat += 1) {
        const cast = vote(juror);
        if (cast < 2) counts[cast]! += 1;
      }
      const [right, wrong] = counts as [number, number];
      seen[right + wrong < 4 || right === wrong ? 'none' : right > wrong ? 'right' : 'wrong'] += 1;
    }
    for (const kind of ['right', 'wrong', 'none'] as const) {
      const deviation = Math.sqrt((exact[kind] * (1 - exact[kind])) / panels);
      assert.ok(Math.abs(seen[kind] / panels - exact[kind]) < 4 * deviation, `${kind} at ${errorCorrelation}`);
    }
  }
});
