/** The chart of `docs/charts/court.svg`: what reaches people and what stays wrong, and how both move. */
import { type Axis, COLOURS, type LineStyle, label, type Point, panel, picture } from '../chart/panel.ts';

/** One line of a panel. */
export type Line = { readonly name: string; readonly points: readonly Point[] };

/** The panels, in percent of all requests but where they say otherwise. */
export type CourtChart = {
  readonly peopleByRatio: readonly Line[];
  readonly errorByRatio: readonly Line[];
  readonly peopleByCoverage: readonly Line[];
  readonly errorByAccuracy: readonly Line[];
  readonly errorByBudget: readonly Line[];
  readonly unchallengedByWrong: readonly Line[];
  readonly peopleByBelief: readonly Line[];
  readonly errorByBelief: readonly Line[];
};

const STYLES: readonly LineStyle[] = [
  { colour: COLOURS.blue },
  { colour: COLOURS.orange, dash: '9 5' },
  { colour: COLOURS.green, dash: '2 4' },
];

const ticks = (values: readonly number[], unit = ''): Axis['ticks'] =>
  values.map((at) => ({ at, label: `${at}${unit}` }));

const AXES = {
  ratio: {
    title: 'L/G of the policy: a juror votes only if surer than L/(L+G)',
    from: 0,
    to: 10,
    scale: 'linear',
    ticks: ticks([1, 3, 5, 7, 9]),
  },
  coverage: {
    title: 'how often one AI juror is sure enough to vote',
    from: 0.2,
    to: 1,
    scale: 'linear',
    ticks: ticks([0.2, 0.4, 0.6, 0.8, 1]),
  },
  people: { title: '% of requests', from: 0, to: 0.8, scale: 'linear', ticks: ticks([0, 0.1, 0.2, 0.4, 0.6, 0.8]) },
  accuracy: {
    title: 'how often an AI juror that votes is right',
    from: 0.7,
    to: 1,
    scale: 'linear',
    ticks: ticks([0.7, 0.8, 0.9, 1]),
  },
  error: { title: '% of requests', from: 0, to: 0.15, scale: 'linear', ticks: ticks([0, 0.05, 0.1, 0.15]) },
  budget: {
    title: 'money of the attacker, USD',
    from: 800,
    to: 2e6,
    scale: 'log',
    ticks: [1e3, 1e4, 1e5, 1e6].map((at) => ({ at, label: at.toLocaleString('en-US') })),
  },
  attacked: { title: '% of attacked disputes', from: 0, to: 100, scale: 'linear', ticks: ticks([0, 25, 50, 75, 100]) },
  wrongBelief: {
    title: 'how sure the wrong side is of itself',
    from: 0,
    to: 1,
    scale: 'linear',
    ticks: ticks([0, 0.25, 0.5, 0.75, 1]),
  },
  rightBelief: {
    title: 'how sure the right side is of itself',
    from: 0.45,
    to: 1,
    scale: 'linear',
    ticks: ticks([0.5, 0.6, 0.7, 0.8, 0.9, 1]),
  },
  wrong: {
    title: '% of proposals that are wrong',
    from: 0.08,
    to: 12,
    scale: 'log',
    ticks: ticks([0.1, 0.3, 1, 3, 10]),
  },
  unchallenged: {
    title: '% of requests',
    from: 0.0005,
    to: 10,
    scale: 'log',
    ticks: ticks([0.001, 0.01, 0.05, 0.1, 1, 10]),
  },
} as const satisfies Record<string, Axis>;

const WIDTH = 370;
const HEIGHT = 230;

type Panel = {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
  readonly goal: number | null;
};

const drawn = ({ title, x, y, lines, goal }: Panel, i: number): string => {
  const [left, top] = [80 + (i % 2) * 480, 90 + Math.floor(i / 2) * 380];
  const draw = panel({ left, top, width: WIDTH, height: HEIGHT }, x, y);
  return [
    draw.frame(title),
    ...(goal === null
      ? []
      : [
          draw.line(
            [
              [x.from, goal],
              [x.to, goal],
            ],
            { colour: COLOURS.black, dash: '1 3' },
          ),
        ]),
    ...lines.flatMap(({ points }, n) => {
      // What is below the axis is drawn on it.
      const shown = points.map(([at, value]): Point => [at, Math.min(Math.max(value, y.from), y.to)]);
      return [draw.line(shown, STYLES[n]!), ...shown.map((point) => draw.dot(point, STYLES[n]!.colour, n === 0))];
    }),
    ...lines.map(({ name }, n) => draw.key([left + n * 150 - 40, top + HEIGHT + 62], name, STYLES[n]!)),
  ].join('\n');
};

/** The whole picture. */
export const courtChart = (chart: CourtChart): string =>
  picture(
    970,
    1_570,
    'Simulated court: what reaches people, final errors, attacks, and errors that nobody challenged',
    [
      label(
        80,
        34,
        'Each point is played through the game. Dotted: the goal, 0.1 % for people and 0.05 % for errors. ρ: correlation of votes.',
        {
          more: ' class="note"',
        },
      ),
      ...[
        {
          title: 'Measured jurors: people and undecided',
          x: AXES.ratio,
          y: AXES.people,
          lines: chart.peopleByRatio,
          goal: 0.1,
        },
        { title: 'Measured jurors: final errors', x: AXES.ratio, y: AXES.error, lines: chart.errorByRatio, goal: 0.05 },
        {
          title: 'Disputes that reach people',
          x: AXES.coverage,
          y: AXES.people,
          lines: chart.peopleByCoverage,
          goal: 0.1,
        },
        {
          title: 'Final errors after a dispute',
          x: AXES.accuracy,
          y: AXES.error,
          lines: chart.errorByAccuracy,
          goal: 0.05,
        },
        { title: 'Attacks that succeed', x: AXES.budget, y: AXES.attacked, lines: chart.errorByBudget, goal: null },
        {
          title: 'Wrong and never challenged',
          x: AXES.wrong,
          y: AXES.unchallenged,
          lines: chart.unchallengedByWrong,
          goal: 0.05,
        },
        {
          title: 'No ruling: undecided, or it stands',
          x: AXES.wrongBelief,
          y: AXES.people,
          lines: chart.peopleByBelief,
          goal: 0.1,
        },
        {
          title: 'The same: final errors',
          x: AXES.rightBelief,
          y: AXES.error,
          lines: chart.errorByBelief,
          goal: 0.05,
        },
      ].map(drawn),
    ],
  );
