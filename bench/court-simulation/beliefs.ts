/**
 * What reaches people, and what stays wrong, where no panel rules: undecided, or what stood stands. What the sides believe is
 * nowhere measured (of UMA's disputers 7.1 % were right), so it is swept.
 */
import type { CourtChart, Line } from '../../lab/court/chart.ts';
import { type Summary, simulate } from '../../lab/court/run.ts';
import { disputesOnly, UMA, type World, worldOf } from '../../lab/court/world.ts';
import { jurorsAt } from './jurors.ts';

/** Played for each point. */
export const BELIEF_DISPUTES = 400;

export const RULES = ['undecided', 'stands'] as const;
export type Rule = (typeof RULES)[number];

/** Beliefs of a side lie evenly within so much of their middle. */
const SPREAD = 0.05;
const around = (middle: number): readonly [number, number] => [middle - SPREAD, middle + SPREAD];

/** The measured jurors under a rule. */
export const under = (world: World, unruled: Rule): World => ({ ...world, policy: { ...world.policy, unruled } });

/** A share of disputes as percent of UMA's requests. */
const percent = (share: number): number => 100 * UMA.disputed * share;

const measured = (): World => {
  const { families, correlation, patterns } = jurorsAt(9);
  return worldOf(families, correlation, patterns);
};

const lines = (
  at: readonly number[],
  of: (x: number, world: World) => World,
  value: (sum: Summary) => number,
): Line[] =>
  RULES.map((rule) => ({
    name: rule,
    points: at.map((x) => {
      const world = of(x, under(measured(), rule));
      return [x, percent(value(simulate(disputesOnly(world, BELIEF_DISPUTES), 24)))];
    }),
  }));

/** People, as the wrong side is surer of itself; errors, as the right side is. */
export const beliefs = (): Pick<CourtChart, 'peopleByBelief' | 'errorByBelief'> => ({
  peopleByBelief: lines(
    [0.1, 0.3, 0.5, 0.7, 0.8, 0.9],
    (x, world) => ({ ...world, confidence: { ...world.confidence, wrong: around(x) } }),
    ({ people }) => people,
  ),
  errorByBelief: lines(
    [0.5, 0.6, 0.7, 0.8, 0.9],
    (x, world) => ({ ...world, confidence: { ...world.confidence, right: around(x) } }),
    ({ wrong }) => wrong,
  ),
});

/** One kind of question in both rules: what reaches people, is undecided and is wrong, in percent of requests all of that kind. */
export const byKind = (): readonly { readonly name: string; readonly values: Readonly<Record<string, number>> }[] => {
  const sites = measured();
  // Three token lists are one voice, and gave the answer; so did the readers of messages.
  const kinds = { sites, 'tokens, messages': { ...sites, families: [], patterns: null } } as const;
  return Object.entries(kinds).flatMap(([kind, world]) =>
    RULES.map((rule) => {
      const { people, undecided, wrong } = simulate(disputesOnly(under(world, rule), BELIEF_DISPUTES), 25);
      const values = { 'reach people': percent(people), undecided: percent(undecided), wrong: percent(wrong) };
      return { name: `${kind}, ${rule}`, values };
    }),
  );
};
