import assert from 'node:assert/strict';
import { test } from 'node:test';
import { splitmix } from '../../packages/court/test/random.ts';
import { capture, rulingChances } from './closed-form.ts';
import { simulate } from './run.ts';
import { familyVotes } from './votes.ts';
import { alike, disputesOnly, worldOf } from './world.ts';

test('a majority of the seats by 30 % of the jurors: 0.216 of 3, 0.126 of 7, 0.0095 of 31', () => {
  assert.deepEqual(
    [3, 7, 31].map((seats) => Number(capture(seats, 0.3).toPrecision(3))),
    [0.216, 0.126, 0.00954],
  );
});

test('panels drawn from the model rule as the closed form says, alone and with a common cause', () => {
  for (const correlation of [0, 0.3]) {
    const world = worldOf(alike(7, 0.6, 0.8), correlation);
    const exact = rulingChances(7, 4, world.families[0]!.chances[0], correlation);
    assert.ok(Math.abs(exact.right + exact.wrong + exact.none - 1) < 1e-12);
    const random = splitmix(7);
    const seen = { right: 0, wrong: 0, none: 0 };
    const panels = 20_000;
    for (let i = 0; i < panels; i += 1) {
      const votes = [...familyVotes(world, random, 0).values()];
      const [right, wrong] = [0, 1].map((outcome) => votes.filter((vote) => vote === outcome).length) as [
        number,
        number,
      ];
      seen[right + wrong < 4 || right === wrong ? 'none' : right > wrong ? 'right' : 'wrong'] += 1;
    }
    for (const kind of ['right', 'wrong', 'none'] as const) {
      const deviation = Math.sqrt((exact[kind] * (1 - exact[kind])) / panels);
      assert.ok(Math.abs(seen[kind] / panels - exact[kind]) < 4 * deviation, `${kind} at ${correlation}`);
    }
  }
});

test('measured votes are played as they were measured', () => {
  const patterns = [
    { votes: '++0', counts: [3, 0] },
    { votes: '000', counts: [1, 2] },
    { votes: '--+', counts: [0, 2] },
  ] as const;
  const world = worldOf(alike(3, 1, 1), 0, patterns);
  const random = splitmix(1);
  const seen = new Map<string, number>();
  for (let i = 0; i < 4_000; i += 1) {
    const said = [...familyVotes(world, random, i % 2).values()].join();
    seen.set(`${i % 2} ${said}`, (seen.get(`${i % 2} ${said}`) ?? 0) + 1);
  }
  assert.deepEqual([...seen.keys()].sort(), ['0 0,0,252', '0 252,252,252', '1 1,1,0', '1 252,252,252']);
  assert.ok(Math.abs(seen.get('0 0,0,252')! - 1_500) < 80);
});

test('a simulated court of jurors who are always sure and right leaves no error and calls nobody', () => {
  const { wrong, people, undecided, disputed } = simulate(disputesOnly(worldOf(alike(9, 1, 1), 0), 60), 3);
  assert.deepEqual({ wrong, people, undecided, disputed }, { wrong: 0, people: 0, undecided: 0, disputed: 1 });
  const never = simulate(disputesOnly(worldOf(alike(9, 0, 1), 0), 30), 3);
  assert.equal(never.people + never.undecided, 1, 'and of jurors who never are, people or nobody decide');
});
