import type { Market } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { percent } from '../../ui/amount.ts';
import { moment } from '../../ui/time.ts';
import { outcomeWords, sentence } from '../../ui/wording.ts';
import { now } from '../state/clock.ts';
import { type ChartPoint, chartPoints, HEIGHT, pointAt, stepPath, WIDTH } from './chart-scale.ts';
import { PriceTable } from './price-table.tsx';
import type { PricePoint } from './use-market.ts';

const GRID = [0, 25, 50, 75, 100] as const;

type Props = { readonly market: Market; readonly history: readonly PricePoint[]; readonly prices: readonly number[] };

const clockTime = (at: number): string =>
  new Date(at * 1000).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The probability of the first outcome over time, as steps; the same numbers stand in a table below. */
export const PriceChart = ({ market, history, prices }: Props) => {
  const [looking, setLooking] = useState<ChartPoint | null>(null);
  const { claim } = market;
  const closed = market.status !== 'open';
  const last = history.at(-1)?.at ?? now.value;
  const until = closed ? Math.max(last, market.closesAt) : Math.max(last + 1, Math.min(now.value, market.closesAt));
  const points = chartPoints(history, 0, until);
  const path = stepPath(points);
  const name = sentence(outcomeWords(claim.outcomes, 0));
  const first = history[0];
  const look = (event: PointerEvent): void => {
    const frame = (event.currentTarget as Element).getBoundingClientRect();
    setLooking(pointAt(points, ((event.clientX - frame.left) / frame.width) * WIDTH));
  };
  const shown = looking ?? points.at(-1) ?? null;
  return (
    <section class="chart sheet" aria-labelledby="chart-title">
      <header class="section-head">
        <h2 id="chart-title">Probability: {name.toLowerCase()}</h2>
        <p class="chart-reading small" aria-hidden="true">
          {shown !== null && (
            <>
              <strong>{percent(shown.point.probabilitiesPpm[0] ?? 0)}</strong>{' '}
              {looking === null ? (closed ? 'at the end' : 'now') : `at ${clockTime(shown.point.at)}`}
            </>
          )}
        </p>
      </header>
      <figure>
        <div class="chart-frame" onPointerMove={look} onPointerLeave={() => setLooking(null)}>
          <svg
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={`${name}: started at ${percent(first?.probabilitiesPpm[0] ?? 500_000)}, now ${percent(prices[0] ?? 0)}, after ${market.tradeCount} trades. The numbers are in the table below.`}
          >
            {GRID.map((line) => (
              <line
                key={line}
                class={line === 50 ? 'grid grid-middle' : 'grid'}
                x1={0}
                x2={WIDTH}
                y1={HEIGHT * (1 - line / 100)}
                y2={HEIGHT * (1 - line / 100)}
              />
            ))}
            {points.length > 0 && (
              <>
                <path class="chart-area" d={`${path}V${HEIGHT}H${points[0]?.x ?? 0}Z`} />
                <path class="chart-line" d={path} />
              </>
            )}
            {looking !== null && <line class="chart-cursor" x1={looking.x} x2={looking.x} y1={0} y2={HEIGHT} />}
          </svg>
          <ul class="list chart-scale" aria-hidden="true">
            {GRID.map((line) => (
              <li key={line} style={{ bottom: `${line}%` }}>
                {line} %
              </li>
            ))}
          </ul>
        </div>
        <figcaption class="chart-times small quiet">
          <span>{first === undefined ? '' : moment(first.at)}</span>
          <span>{closed ? 'closed' : 'now'}</span>
        </figcaption>
      </figure>
      <PriceTable market={market} history={history} />
    </section>
  );
};
