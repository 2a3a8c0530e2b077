/** Geometry of the price chart, apart from drawing so that it can be tested. */
import type { PricePoint } from './use-market.ts';

export const WIDTH = 720;
export const HEIGHT = 260;

export type ChartPoint = { readonly x: number; readonly y: number; readonly point: PricePoint };

/**
 * Price points in chart coordinates for one outcome: time runs from the first point to `until`, a
 * probability of 1 is at the top.
 */
export const chartPoints = (history: readonly PricePoint[], outcome: number, until: number): readonly ChartPoint[] => {
  const from = history[0]?.at ?? until;
  const span = Math.max(1, until - from);
  return history.map((point) => ({
    x: Math.min(WIDTH, ((point.at - from) / span) * WIDTH),
    y: HEIGHT * (1 - (point.probabilitiesPpm[outcome] ?? 0) / 1_000_000),
    point,
  }));
};

/** A price holds until the next trade, so the line is steps, ending at the right edge. */
export const stepPath = (points: readonly ChartPoint[]): string => {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const steps = rest.map(({ x, y }) => `H${x.toFixed(1)}V${y.toFixed(1)}`);
  return `M${first.x.toFixed(1)} ${first.y.toFixed(1)}${steps.join('')}H${WIDTH}`;
};

/** The last point at or before `x`. */
export const pointAt = (points: readonly ChartPoint[], x: number): ChartPoint | null => {
  let found: ChartPoint | null = points[0] ?? null;
  for (const point of points) if (point.x <= x) found = point;
  return found;
};
