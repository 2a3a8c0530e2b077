/** The chart of `docs/charts/selective.svg`: coverage against accuracy, and what the site jurors' probabilities are worth. */
import { type Axis, COLOURS, label, panel, picture } from '../../lab/chart/panel.ts';
import type { Curve, Point } from './curve.ts';
import type { Reliability } from './errors.ts';

/** The published figure that issue 6 names: share of questions answered, and of the answers right, in percent. */
export const PUBLISHED = { coverage: 47, accuracy: 97.87 } as const;

/** Fewer than one in a hundred questions make no point of a line. */
const LEAST_WEIGHT = 0.01;

const percent = (title: string, from: number, step: number): Axis => ({
  title,
  from,
  to: 100,
  scale: 'linear',
  ticks: Array.from({ length: Math.round((100 - from) / step) + 1 }, (_, i) => ({
    at: from + i * step,
    label: `${from + i * step}`,
  })),
});

const PANEL_STYLES = [
  { colour: COLOURS.orange, dash: '9 5' },
  { colour: COLOURS.green, dash: '3 3' },
  { colour: COLOURS.blue },
  { colour: COLOURS.purple, dash: '12 3 3 3' },
] as const;

type Known = Point & { readonly accuracy: number };
const known = ({ points }: Curve): Known[] => points.filter((point): point is Known => point.accuracy !== null);

export type SetCurves = {
  readonly title: string;
  readonly jurors: readonly Curve[];
  readonly panels: readonly Curve[];
};

export const selectiveChart = (
  sets: readonly SetCurves[],
  reliability: readonly { readonly name: string; readonly bins: readonly Reliability[] }[],
): string => {
  const LOWEST = 60;
  const coverage = percent('questions decided, %', 0, 20);
  const accuracy = percent('right, %', LOWEST, 10);
  const box = (i: number) => ({ left: 80 + i * 440, top: 110, width: 350, height: 280 });
  const above = (value: number): number => Math.max(LOWEST, value);
  const curves = sets.map(({ title, jurors, panels }, i) => {
    const draw = panel(box(i), coverage, accuracy);
    return [
      draw.frame(title),
      ...jurors.map((curve) =>
        draw.line(
          known(curve).map((point) => [point.coverage, above(point.accuracy)]),
          { colour: COLOURS.grey, dash: '1 3' },
        ),
      ),
      ...panels.flatMap((curve, k) => {
        const style = PANEL_STYLES[k % PANEL_STYLES.length]!;
        const points = known(curve);
        const edge = (end: 'low' | 'high') => points.map((p) => [p.coverage, above(p.accuracyInterval[end])] as const);
        return [
          draw.area([...edge('low'), ...edge('high').reverse()], style.colour),
          draw.line(
            points.map((point) => [point.coverage, above(point.accuracy)]),
            style,
          ),
          draw.key([box(i).left + 128, box(i).top + 190 + 22 * k], curve.name, style),
        ];
      }),
      draw.dot([PUBLISHED.coverage, PUBLISHED.accuracy], COLOURS.black, true),
      draw.note([PUBLISHED.coverage, PUBLISHED.accuracy], 'published', COLOURS.black),
    ].join('\n');
  });
  const last = panel(box(sets.length), percent('stated, %', 50, 10), percent('found, %', 0, 20));
  const calibrated = [
    last.frame('Sites: what a stated probability is worth'),
    last.line(
      [
        [50, 50],
        [100, 100],
      ],
      { colour: COLOURS.black, dash: '4 4' },
    ),
    ...reliability.map(({ bins }) =>
      last.line(
        bins
          .filter((bin) => bin.weight >= LEAST_WEIGHT && bin.statedPercent >= 50)
          .map((bin) => [bin.statedPercent, bin.foundPercent]),
        { colour: COLOURS.grey },
      ),
    ),
  ].join('\n');
  return picture(
    80 + 440 * (sets.length + 1),
    470,
    'Coverage against accuracy of the built-in jurors and their panels',
    [
      label(
        80,
        34,
        'Each line runs over the ratio of loss to gain, from 1 (right) to 99 (left); shaded: 95 % intervals',
        {
          more: ' class="note"',
        },
      ),
      label(80, 56, 'Dotted: each juror by itself', { more: ` fill="${COLOURS.grey}" class="note"` }),
      ...curves,
      calibrated,
    ],
  );
};
