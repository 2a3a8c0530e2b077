/** The chart of `docs/charts/prove-growth.svg`: time, memory and size of proofs by the number of weights. */
import { type Axis, COLOURS, label, panel, picture } from '../../lab/chart/panel.ts';
import type { Growth } from './growth.ts';

const SIZE_AXIS: Axis = {
  title: 'weights',
  from: 5e3,
  to: 2e8,
  scale: 'log',
  ticks: [4, 5, 6, 7, 8].map((power) => ({ at: 10 ** power, label: `10^${power}` })),
};

type Panel = {
  readonly kind: Exclude<keyof Growth, 'weights' | 'commit'>;
  readonly title: string;
  readonly unit: string;
};

const PANELS: readonly Panel[] = [
  { kind: 'prove', title: 'Proving', unit: 'seconds' },
  { kind: 'verify', title: 'Verifying', unit: 'seconds' },
  { kind: 'proofKib', title: 'Size of the proof', unit: 'KiB' },
  { kind: 'peakMib', title: 'Peak memory of the process', unit: 'MiB' },
];

/** Whole powers of ten around all values. */
const axisOf = (values: readonly number[], unit: string): Axis => {
  const from = Math.floor(Math.log10(Math.min(...values)));
  const to = Math.max(Math.ceil(Math.log10(Math.max(...values))), from + 1);
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => ({
    at: 10 ** (from + i),
    label: `${10 ** (from + i) >= 0.001 ? Number((10 ** (from + i)).toPrecision(1)) : `10^${from + i}`}`,
  }));
  return { title: unit, from: 10 ** from, to: 10 ** to, scale: 'log', ticks };
};

export const growthChart = (open: readonly Growth[], hidden: readonly Growth[]): string => {
  const parts = PANELS.map(({ kind, title, unit }, i) => {
    const box = { left: 80 + (i % 2) * 470, top: 90 + Math.floor(i / 2) * 330, width: 370, height: 230 };
    const axis = axisOf(
      [...open, ...hidden].map((row) => row[kind]),
      unit,
    );
    const draw = panel(box, SIZE_AXIS, axis);
    const line = (rows: readonly Growth[], colour: string, filled: boolean): string[] => [
      draw.line(
        rows.map((row) => [row.weights, row[kind]]),
        filled ? { colour } : { colour, dash: '9 5' },
      ),
      ...rows.map((row) => draw.dot([row.weights, row[kind]], colour, filled)),
    ];
    return [draw.frame(title), ...line(open, COLOURS.blue, true), ...line(hidden, COLOURS.orange, false)].join('\n');
  });
  return picture(970, 740, 'Proofs of perceptrons of 10^4 to 10^8 weights: time, size and memory', [
    label(80, 34, '● weights public', { more: ` fill="${COLOURS.blue}" class="note"` }),
    label(230, 34, '○ weights committed to and hidden (proving without the commitment, which is made once)', {
      more: ` fill="${COLOURS.orange}" class="note"`,
    }),
    ...parts,
  ]);
};
