/** Many accounts, copies of one model, and a party that holds nearly all stake. */
import { type Candidate, drawSeats, seedOf } from '../../packages/court/src/index.ts';
import { account, ais, hashOf, people, USD } from '../../packages/court/test/support.ts';
import type { Figure } from '../figure.ts';
import { held, stated } from './cases.ts';

const DRAWS = 1_500;

type Kind = 'ai' | 'people';

const seatsOf = (kind: Kind, seats: number, pool: readonly Candidate[], barred = new Set<string>()): string[][] =>
  Array.from({ length: DRAWS }, (_, i) =>
    drawSeats(
      {
        seed: seedOf(hashOf(`identities ${i}`), hashOf('identities'), 1),
        candidates: pool,
        jurors: kind,
        seats,
        lockMicroUsd: 0n,
        operators: 'distinct',
        barred,
        staleClusters: new Set(),
      },
      [],
      seats,
      0,
    ).drawn.map(({ juror }) => juror),
  );

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** A tenth of all stake of people in one account, in ten, in a hundred, in a thousand. */
const sybils = (): Figure[] =>
  [1, 10, 100, 1_000].map((accounts) => {
    const stake = 40_000n * USD;
    const mine = Array.from(
      { length: accounts },
      (_, i): Candidate => ({
        ...people(1)[0]!,
        juror: account(`sybil ${i}`),
        weight: stake / BigInt(accounts),
      }),
    );
    const names = new Set(mine.map(({ juror }) => juror));
    const panels = seatsOf('people', 31, [...people(360, 1_000n), ...mine]);
    const seats = mean(panels.map((panel) => panel.filter((juror) => names.has(juror)).length));
    return held(
      `10 % of people's stake in ${accounts} account${accounts > 1 ? 's' : ''}: seats of 31`,
      seats,
      'seats',
      '<= 3.3',
      seats <= 3.3,
      'its share is 3.1: splitting gains no more than that; without stake or a uniqueness finding the weight is 0',
    );
  });

/** Fifty jurors that run one program under operators of their own, beside ten honest families. */
const copies = (): Figure[] => {
  const cluster = 11;
  const mine = Array.from(
    { length: 50 },
    (_, i): Candidate => ({
      ...ais(1)[0]!,
      juror: account(`copy ${i}`),
      operator: `copier ${i}`,
      cluster,
    }),
  );
  const names = new Set(mine.map(({ juror }) => juror));
  const seats = (pool: readonly Candidate[]): number =>
    Math.max(
      ...seatsOf('ai', 7, [...ais(10), ...pool]).map((panel) => panel.filter((juror) => names.has(juror)).length),
    );
  const apart = seats(mine.map((one, i) => ({ ...one, cluster: 12 + i })));
  return [
    held(
      '50 copies of one AI juror, known to be one cluster: most seats of 7',
      seats(mine),
      'seats',
      '= 1',
      seats(mine) === 1,
    ),
    stated(
      'the same, each believed to be a family of its own: most seats of 7',
      apart,
      'seats',
      'what measured correlation of errors prevents',
    ),
  ];
};

/** A party of the case that also holds most of the stake is barred, and spends tickets. */
const emptied = (): Figure[] =>
  [0.5, 0.9, 0.97, 0.99].map((share) => {
    const weight = BigInt(Math.round((40_000 * share) / (1 - share))) * USD;
    const whale = { ...people(1)[0]!, juror: account('whale'), weight };
    const panels = seatsOf('people', 15, [whale, ...people(400)], new Set([whale.juror]));
    return stated(
      `a party with ${100 * share} % of the stake, barred: seats of 15 that are filled`,
      mean(panels.map((panel) => panel.length)),
      'seats',
      'fewer than 8 votes are no ruling: undecided, refunded',
    );
  });

export const identities = (): Figure[] => [...sybils(), ...copies(), ...emptied()];
