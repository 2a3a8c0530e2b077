/**
 * `disputes`: wrong claims over all operators on a local chain, each played to its end between the best that a liar can do and
 * the watcher; true claims attacked by whatever somebody may think of; and what deciding steps and answers cost
 * (`disputes-gas`). `SURETY_BENCH_CASES` says how many lies are told, 10,000 unless set.
 */
import { performance } from 'node:perf_hooks';
import type { OpName } from '@surety/programs';
import { KINDS } from './disputes/claims.ts';
import { type Played, playRounds, type Tally } from './disputes/rounds.ts';
import { openCourt } from './disputes-gas/court.ts';
import { gasFigures } from './disputes-gas.ts';
import type { Figure } from './figure.ts';

const CASES = Number(process.env.SURETY_BENCH_CASES ?? 10_000);
const DECIDING_GAS = 300_000;
const LAYER_TRANSACTIONS = 4;
/** Sums of more terms may take more. */
const LONG_SUM = 2_048;
const OPERATORS = 15;

type Given = Partial<Pick<Figure, 'goal' | 'holds' | 'peer'>>;

const figure = (name: string, value: number | null, unit: string, given: Given = {}): Figure => ({
  name,
  value,
  unit,
  goal: '',
  holds: null,
  peer: '',
  ...given,
});

const atMost = (value: number | null, limit: number): Given => ({
  goal: `<= ${limit}`,
  holds: value === null ? null : value <= limit,
});

const most = (list: readonly number[]): number | null =>
  list.length === 0 ? null : list.reduce((a, b) => Math.max(a, b));

const median = (list: readonly number[]): number | null => [...list].sort((a, b) => a - b)[list.length >> 1] ?? null;

const countsOf = <K>(list: readonly K[]): ReadonlyMap<K, number> => {
  const counts = new Map<K, number>();
  for (const each of list) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
};

/** How often each number occurs, in words. */
const spread = (list: readonly number[]): string =>
  [...countsOf(list)]
    .sort(([a], [b]) => a - b)
    .map(([n, count]) => `${n}: ${count}`)
    .join(', ');

const won = ({ played, attacks, broken }: Tally): Figure[] => {
  const lost = played.filter(({ end }) => end === 'lost').length;
  const kinds = countsOf(played.map(({ kind }) => kind));
  const rarest = Math.min(...KINDS.map((kind) => kinds.get(kind) ?? 0));
  const sum = (of: (attack: Tally['attacks'][number]) => number): number =>
    attacks.reduce((n, each) => n + of(each), 0);
  return [
    figure('lies won by the honest side', played.length - lost, 'lies', {
      goal: `= ${played.length}`,
      holds: lost === 0,
      peer: `${KINDS.length} kinds, each at least ${rarest} times`,
    }),
    figure(
      'of them by the clock, where the liar has no answer',
      played.filter(({ end }) => end === 'clock').length,
      'lies',
    ),
    figure('true claims attacked, and final in the end', attacks.length, 'claims', {
      peer: `by ${sum(({ proofs }) => proofs)} proofs, ${sum(({ disputes }) => disputes)} disputes, ${sum(({ questions }) => questions)} questions`,
    }),
    figure('anything that should not have happened, money counted each round', broken.length, 'times', {
      goal: '= 0',
      holds: broken.length === 0,
    }),
  ];
};

/** What was wrong, by operator: how often, and what deciding it cost. */
const byOperator = (played: readonly Played[]): Figure[] => {
  const decided = played.filter(({ op, end }) => op !== null && end === 'refuted');
  const ops = [...countsOf(decided.map(({ op }) => op as OpName))].sort(([a], [b]) => a.localeCompare(b));
  const rows = ops.map(([op, count]) => {
    const gas = decided.filter((game) => game.op === op).map(({ deciding }) => deciding);
    const value = most(gas);
    return figure(`deciding step, ${op}: most`, value, 'gas', {
      ...atMost(value, DECIDING_GAS),
      peer: `${count} times, median ${median(gas)}`,
    });
  });
  const others = played.filter(({ op, end }) => op === null && end === 'refuted').map(({ deciding }) => deciding);
  return [
    figure('operators decided about', ops.length, 'operators', {
      goal: `= ${OPERATORS}`,
      holds: ops.length === OPERATORS,
    }),
    ...rows,
    figure('deciding step, lists, links, slices and stacks: most', most(others), 'gas', {
      ...atMost(most(others), DECIDING_GAS),
      peer: `${others.length} times, median ${median(others)}`,
    }),
  ];
};

const lengths = (played: readonly Played[]): Figure[] => {
  const refuted = played.filter(({ end }) => end === 'refuted');
  const layer = refuted.filter(({ op, isIterated, isTakenApart }) => op !== null && !isIterated && !isTakenApart);
  const ahead = layer.filter(({ isShownAhead }) => isShownAhead);
  const whole = ahead.filter(({ wrong }) => wrong?.what === 'element');
  const parts = ahead.filter(({ wrong }) => wrong?.what !== 'element');
  const lengthsOf = (games: readonly Played[]): readonly number[] => games.map(({ transactions }) => transactions);
  const row = (name: string, games: readonly Played[], limit: number | null = LAYER_TRANSACTIONS): Figure => {
    const list = lengthsOf(games);
    return figure(`${name}: most`, most(list), 'transactions', {
      ...(limit === null ? {} : atMost(most(list), limit)),
      peer: spread(list),
    });
  };
  const isLong = ({ terms }: Played): boolean => terms! > LONG_SUM;
  const chunks = most(whole.map((game) => game.chunks!));
  const total = refuted.map(({ asked, answers, deciding }) => asked + deciding + answers.reduce((a, b) => a + b, 0));
  const provider = refuted.map(({ answers }) => answers.reduce((a, b) => a + b, 0));
  return [
    row(
      "one layer's dispute, top of the trace shown, value of one chunk",
      whole.filter((game) => game.chunks === 1),
    ),
    row(
      `the same, values of 2 to ${chunks} chunks`,
      whole.filter((game) => game.chunks! > 1),
    ),
    row('the same, sums of more than 2,048 terms, by parts', parts.filter(isLong), null),
    row(
      'the same, shorter sums that read too much for one proof, by parts',
      parts.filter((game) => !isLong(game)),
    ),
    row(
      'all of them, nothing shown with the claim',
      layer.filter((game) => !game.isShownAhead),
      null,
    ),
    row(
      'of a step of several',
      refuted.filter(({ op, isIterated }) => op !== null && isIterated),
      null,
    ),
    row(
      'lists, links, slices and stacks',
      refuted.filter(({ op }) => op === null),
      null,
    ),
    row(
      "one layer's, sums taken apart on purpose",
      refuted.filter(({ op, isIterated, isTakenApart }) => op !== null && !isIterated && isTakenApart),
      null,
    ),
    figure('a whole dispute, both sides: median', median(total), 'gas', { peer: `most ${most(total)}` }),
    figure('of it the provider, whom the challenger prepaid: median', median(provider), 'gas', {
      peer: `most ${most(provider)}`,
    }),
  ];
};

export const run = async (): Promise<Figure[]> => {
  const started = performance.now();
  const tally = await playRounds(CASES, (played) => process.stderr.write(`disputes: ${played} lies\n`));
  const seconds = (performance.now() - started) / 1e3;
  for (const what of tally.broken.slice(0, 20)) process.stderr.write(`disputes: ${what}\n`);
  const { court, parties } = await openCourt();
  try {
    return [
      ...won(tally),
      ...lengths(tally.played),
      ...byOperator(tally.played),
      figure('all games', seconds, 's', { peer: `${tally.transactions} transactions on the chain` }),
      ...(await gasFigures({ provider: parties[0]!, watcher: parties[1]! })),
    ];
  } finally {
    await court.close();
  }
};
