/**
 * Calling people against what no panel ruled: what it costs, when it pays, and what reaches people and stays wrong, by the multiple
 * of all bonds that it takes and by what the sides have at stake.
 */
import { simulate } from '../../lab/court/run.ts';
import { disputesOnly, UMA, type World } from '../../lab/court/world.ts';
import { feesOf, POLICIES } from '../../packages/court/src/index.ts';
import type { Figure } from '../figure.ts';
import { under } from './beliefs.ts';
import { plain } from './figures.ts';

/** Played for each point. */
const DISPUTES = 1_000;

const MULTIPLES = [2, 4, 6, 7, 9] as const;
const STAKES_USD = [0, 320, 1_000, 2_000] as const;

const percent = (share: number): number => 100 * UMA.disputed * share;

/** What stood stands, and calling people against it takes so many times all bonds. */
export const calledFor = (world: World, callMultiple: number): World => {
  const stands = under(world, 'stands');
  return { ...stands, policy: { ...stands.policy, callMultiple } };
};

const played = (name: string, world: World): Figure[] => {
  const { people, wrong } = simulate(disputesOnly(world, DISPUTES), 26);
  const peer = `${DISPUTES} disputes`;
  return [
    plain(`${name}: reach people`, percent(people), '% of requests', peer),
    plain(`${name}: wrong`, percent(wrong), '% of requests', peer),
  ];
};

/** What a call takes at the least bond, and how sure one has to be for it to pay by bonds alone. */
const costs = (multiple: number): Figure[] => {
  const { leastBondMicroUsd, rounds } = POLICIES.oracle;
  const bond = Number(leastBondMicroUsd) / 1e6;
  const fees = Number(feesOf(rounds.find(({ jurors }) => jurors === 'people')!)) / 1e6;
  // Proposal and challenge are three times the first bond. Half of the proposal's is shared by challenge and call, as their bonds are.
  const bonds = multiple * 3 * bond;
  const call = bonds + fees;
  const pays = (100 * call) / (call + ((bond / 2) * bonds) / (2 * bond + bonds));
  return [
    plain(`${multiple} times: a call takes`, call, 'USD', `at a least bond of $${bond}`),
    plain(
      `${multiple} times: who only helps to pay gains above`,
      pays,
      '% sure',
      'his part of half of the proposal’s bond',
    ),
  ];
};

export const calls = (world: World): Figure[] => [
  ...MULTIPLES.flatMap((multiple) => [
    ...costs(multiple),
    ...played(`stands, calls at ${multiple} times`, calledFor(world, multiple)),
  ]),
  ...STAKES_USD.flatMap((stakeUsd) =>
    ([2, 7] as const).flatMap((multiple) =>
      played(`stands, ${multiple} times, $${stakeUsd.toLocaleString('en-US')} at stake on each side`, {
        ...calledFor(world, multiple),
        stakeUsd,
      }),
    ),
  ),
];
