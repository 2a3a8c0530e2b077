/** The chart of `docs/charts/watchers.svg`: with which bonds and audits lying stops paying. */
import { type Axis, COLOURS, type LineStyle, label, type Point, panel, picture } from '../chart/panel.ts';
import { equilibrium, leastAudits } from './equilibrium.ts';
import { BONDS, bonded, type Cell, FOLLOWED, STOPPED, WORLD } from './grid.ts';
import type { World } from './world.ts';

const AUDIT_TICKS = [
  { at: 0.0003, label: '0.03 %' },
  { at: 0.001, label: '0.1 %' },
  { at: 0.01, label: '1 %' },
  { at: 0.1, label: '10 %' },
  { at: 1, label: '100 %' },
];
const BOND_AXIS: Axis = {
  title: 'bond, as a multiple of what a lie gains',
  from: 0.2,
  to: 80,
  scale: 'log',
  ticks: BONDS.map((at) => ({ at, label: at < 1 ? `1/${1 / at}` : `${at}` })),
};
const AUDIT_AXIS: Axis = {
  title: 'audits, share of all claims',
  from: 0.0003,
  to: 1,
  scale: 'log',
  ticks: AUDIT_TICKS,
};

const times = ({ bondMicroUsd, gainMicroUsd }: World): number => bondMicroUsd / gainMicroUsd;

/** The boundary: least audits for every bond at which some are enough, within the axes. */
const boundary = (world: World): Point[] =>
  Array.from({ length: 121 }, (_, i): Point | null => {
    const at = 0.2 * 400 ** (i / 120);
    const audits = leastAudits(bonded(at, world));
    return audits === null || audits < AUDIT_AXIS.from ? null : [at, audits];
  }).filter((point) => point !== null);

const regionPanel = (cells: readonly Cell[]): string => {
  const draw = panel({ left: 75, top: 74, width: 800, height: 350 }, BOND_AXIS, AUDIT_AXIS);
  const line = boundary(WORLD);
  const dear = boundary({ ...WORLD, checkMicroUsd: 200_000 });
  const cheap = boundary({ ...WORLD, checkMicroUsd: 2_000 });
  return [
    draw.area([...line, [80, 1], [line[0]![0], 1]], COLOURS.blue),
    draw.frame('Where lying stops paying'),
    draw.line(dear, { colour: COLOURS.grey, dash: '2 4' }),
    draw.line(line, { colour: COLOURS.blue }),
    draw.line(cheap, { colour: COLOURS.grey, dash: '9 5' }),
    ...cells.map(({ world, learnt }) => draw.dot([times(world), world.audits], COLOURS.blue, learnt.lies < STOPPED)),
    draw.note([6.1, 0.28], 'a check costs 20 % of what a lie gains', COLOURS.grey),
    draw.note([6.1, 0.0316], 'a check costs 2 %', COLOURS.blue),
    draw.note([6.1, 0.0032], 'a check costs 0.2 %', COLOURS.grey),
    label(875, 60, 'simulated at 2 %:  ● nobody lies any more   ○ some still lie', { anchor: 'end' }),
  ].join('\n');
};

const STYLES: readonly LineStyle[] = [
  { colour: COLOURS.black },
  { colour: COLOURS.orange, dash: '9 5' },
  { colour: COLOURS.blue, dash: '2 4' },
  { colour: COLOURS.green, dash: '12 4 2 4' },
  { colour: COLOURS.purple, dash: '5 3' },
];

const liesPanel = (cells: readonly Cell[]): string => {
  const axis: Axis = {
    title: 'claims that are lies',
    from: 0,
    to: 0.5,
    scale: 'linear',
    ticks: [0, 0.1, 0.2, 0.3, 0.4, 0.5].map((at) => ({ at, label: `${Math.round(at * 100)} %` })),
  };
  const draw = panel({ left: 75, top: 520, width: 350, height: 270 }, AUDIT_AXIS, axis);
  const parts = FOLLOWED.map((bond, i) => {
    const style = STYLES[i]!;
    const points = Array.from({ length: 161 }, (_, k): Point => {
      const audits = 0.0003 * (1 / 0.0003) ** (k / 160);
      return [audits, equilibrium({ ...bonded(bond), audits }).lies];
    });
    const dots = cells.filter(({ world }) => times(world) === bond);
    return [
      draw.line(points, style),
      ...dots.map(({ world, learnt }) => draw.dot([world.audits, learnt.lies], style.colour, true)),
      draw.key([90, 606 + 19 * i], `bond of ${bond} × the gain`, style),
    ].join('\n');
  });
  return [draw.frame('Lies that are left: lines exact, dots simulated'), ...parts].join('\n');
};

const CASES: readonly (readonly [name: string, world: World])[] = [
  ['as above', WORLD],
  ['9 of 10 challenges copied', { ...WORLD, copied: 0.9 }],
  ['none copied', { ...WORLD, copied: 0 }],
  ['half of the windows censored', { ...WORLD, censored: 0.5 }],
  ['50 watchers instead of 5', { ...WORLD, watchers: 50 }],
];

const casesPanel = (): string => {
  const ticks = BOND_AXIS.ticks.filter(({ at }) => at === 0.25 || [1, 4, 16, 64].includes(at));
  const draw = panel({ left: 525, top: 520, width: 350, height: 270 }, { ...BOND_AXIS, ticks }, AUDIT_AXIS);
  const parts = CASES.map(([name, world], i) => {
    const style = STYLES[i]!;
    return `${draw.line(boundary(world), style)}\n${draw.key([536, 702 + 19 * i], name, style)}`;
  });
  return [draw.frame('What moves the boundary'), ...parts].join('\n');
};

export const watchersChart = (region: readonly Cell[], followed: readonly Cell[]): string =>
  picture(
    900,
    845,
    'With which bonds and audits lying stops paying: bond against share of audits, share of lies against share of audits, and what moves the boundary',
    [
      label(
        25,
        28,
        'Five watchers; half of the challenges copied; a dispute costs 5 % of what a lie gains; a liar deals with himself.',
      ),
      regionPanel(region),
      liesPanel(followed),
      casesPanel(),
    ],
  );
