/**
 * Where what stood stands: how people and errors move with what nothing measured here says (people, how many proposals are wrong, what
 * is asked about) and with jurors who are other than the measured ones.
 */
import { simulate } from '../../lab/court/run.ts';
import { alike, disputesOnly, UMA, type World, worldOf } from '../../lab/court/world.ts';
import type { Figure } from '../figure.ts';
import { under } from './beliefs.ts';
import { calledFor } from './calls.ts';
import { plain } from './figures.ts';

/** Played for each point. */
const DISPUTES = 600;

const FAMILIES = 9;

const figure = (name: string, value: number, unit: string): Figure => plain(name, value, unit, `${DISPUTES} disputes`);

/** People and errors of a world whose requests are disputed as UMA's are. */
const played = (name: string, world: World): Figure[] => {
  const { people, wrong } = simulate(disputesOnly(under(world, 'stands'), DISPUTES), 27);
  const percent = (share: number): number => 100 * UMA.disputed * share;
  return [
    figure(`stands, ${name}: reach people`, percent(people), '% of requests'),
    figure(`stands, ${name}: wrong`, percent(wrong), '% of requests'),
  ];
};

/** Every wrong proposal is challenged, and right ones as in the register: what is left wrong is misjudged, and not unseen. */
const hiddenTruth = (world: World, wrong: number): Figure[] => {
  const disputed = UMA.disputed + wrong * (1 - UMA.disputed);
  const rules = {
    undecided: world,
    'stands, 2 times': calledFor(world, 2),
    'stands, 7 times': calledFor(world, 7),
  };
  return Object.entries(rules).flatMap(([rule, under]) => {
    const sum = simulate(disputesOnly(under, DISPUTES, wrong / disputed), 28);
    const name = `${rule}, ${100 * wrong} % of proposals wrong and challenged`;
    return [
      figure(`${name}: reach people`, 100 * disputed * sum.people, '% of requests'),
      figure(`${name}: left wrong`, 100 * (disputed / wrong) * sum.wrong, '% of these'),
    ];
  });
};

export const robust = (world: World): Figure[] => [
  ...[0.75, 0.85, 0.95].flatMap((accuracy) =>
    played(`people ${100 * accuracy} % right`, { ...world, people: { ...world.people, accuracy } }),
  ),
  ...[0.001, 0.01, 0.1].flatMap((wrong) => hiddenTruth(world, wrong)),
  ...[0.75, 0.95].flatMap((accuracy) =>
    [0, 0.7].flatMap((correlation) =>
      played(
        `families 80 % sure, ${100 * accuracy} % right, ρ = ${correlation}`,
        worldOf(alike(FAMILIES, 0.8, accuracy), correlation),
      ),
    ),
  ),
];
