/** What waiting for a beacon adds: never nothing. Schedules as their makers publish them; no beacon is asked here. */
import { unwrap } from '@surety/core';
import { beaconDelay, roundAfter, type Schedule } from '@surety/proofs/statistical';
import { Random } from '../../packages/programs/test/random.ts';
import { seedOf } from '../../packages/proofs/test/statistical.ts';
import type { Figure } from '../figure.ts';

const COMMITMENTS = 10_000;

const SCHEDULES: readonly (Schedule & { readonly name: string })[] = [
  { name: 'drand quicknet, every 3 s', genesisSeconds: 1_692_803_367, periodSeconds: 3, firstRound: 1 },
  { name: 'drand default, every 30 s', genesisSeconds: 1_595_431_050, periodSeconds: 30, firstRound: 1 },
  { name: 'block hashes, every 12 s', genesisSeconds: 1_663_224_179, periodSeconds: 12, firstRound: 15_537_394 },
];

/** Mean and longest delay over commitments at any second. */
export const beacons = (): Figure[] =>
  SCHEDULES.map(({ name, ...schedule }) => {
    const random = new Random(3);
    const delays = Array.from({ length: COMMITMENTS }, () => {
      const committed = 1_800_000_000 + random.int(0, 1_000_000);
      const { round, atSeconds } = roundAfter(schedule, committed);
      return unwrap(beaconDelay({ source: name, round, value: seedOf(round), atSeconds }, committed));
    });
    const mean = delays.reduce((a, b) => a + b, 0) / delays.length;
    const most = delays.reduce((a, b) => Math.max(a, b), 0);
    return {
      name: `wait from commitment to beacon, ${name}`,
      value: mean,
      unit: 's',
      goal: '> 0, counted',
      holds: delays.every((delay) => delay > 0),
      peer: `mean; ${most} s at most, beside what filling a batch and spreading the value take`,
    };
  });
