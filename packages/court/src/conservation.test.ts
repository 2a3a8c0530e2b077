import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Schedule } from '../test/schedule.ts';
import { heldMicroUsd } from './index.ts';

test('random lives conserve value after every step, and every one of them ends by its latest end', () => {
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (seed) => {
      const life = new Schedule(seed);
      life.play(120);
      life.finish();
      const { state } = life;
      assert.ok(state);
      const { kind } = state.phase;
      assert.ok(kind === 'final' || kind === 'undecided');
      ends.set(`${kind} ${state.rounds.length}`, (ends.get(`${kind} ${state.rounds.length}`) ?? 0) + 1);
      life.withdrawAll();
      assert.equal(heldMicroUsd(life.state!), life.state!.burntMicroUsd, 'all that is left is burnt');
    }),
    { numRuns: 150, seed: 6 },
  );
  for (const end of ['final 0', 'final 1', 'undecided 2', 'final 4']) assert.ok(ends.has(end), `${end}: ${[...ends]}`);
});
