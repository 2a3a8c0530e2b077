/** What reaches people, taken apart: who calls them, against which proposal, and what the AI jurors had said. */
import { playRequest } from '../../lab/court/play.ts';
import { poolsOf } from '../../lab/court/pools.ts';
import { randomOf } from '../../lab/court/run.ts';
import { disputesOnly, UMA, type World } from '../../lab/court/world.ts';
import type { Case } from '../../packages/court/src/index.ts';
import { castOf } from '../../packages/court/src/tally.ts';
import type { Figure } from '../figure.ts';
import { plain } from './figures.ts';

/** Played. */
const DISPUTES = 3_000;

/** Rounds of people, and of AI jurors. */
const roundsOf = ({ rounds, terms }: Case, jurors: 'ai' | 'people'): Case['rounds'] =>
  rounds.filter(({ number }) => terms.policy.rounds[number - 1]!.jurors === jurors);

/** What AI jurors showed before people came. */
const shown = (state: Case, truth: number): string => {
  const rounds = roundsOf(state, 'ai');
  if (rounds.some(({ result }) => result.kind === 'ruled')) return 'AI jurors had ruled';
  const cast = rounds.flatMap(({ seats }) => seats).flatMap((seat) => castOf(seat) ?? []);
  if (cast.length === 0) return 'no AI seat had voted';
  if (cast.every((vote) => vote === truth)) return 'AI seats had voted rightly, too few to rule';
  return 'AI seats had voted, some of them wrongly';
};

/** Outcome 0 of a measured site says that it is bad. */
const SAYS = ['bad', 'good'] as const;

/** Percent of requests in which a person is asked, largest part first. */
export const parts = (world: World): Figure[] => {
  const disputed = disputesOnly(world, DISPUTES);
  const pools = poolsOf(disputed);
  const counts = new Map<string, number>();
  for (let i = 0; i < DISPUTES; i += 1) {
    const { state, truth } = playRequest(disputed, pools, randomOf(29, i), i);
    const first = roundsOf(state, 'people')[0];
    if (first === undefined) continue;
    const caller = state.rungs[first.paidBy]!.outcome === truth ? 'right' : 'wrong';
    const name = `who is ${caller}, against “${SAYS[state.rungs[0]!.outcome!]}”; ${shown(state, truth)}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) =>
      plain(
        `${world.policy.unruled}, people called: ${name}`,
        (100 * UMA.disputed * count) / DISPUTES,
        '% of requests',
        `${DISPUTES} disputes`,
      ),
    );
};
