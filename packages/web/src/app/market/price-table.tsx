import type { Market } from '@surety/sdk/page';
import { percent } from '../../ui/amount.ts';
import { outcomeWords } from '../../ui/wording.ts';
import type { PricePoint } from './use-market.ts';

const ROWS = 50;

/** The chart's numbers, newest first. */
export const PriceTable = ({ market, history }: { market: Market; history: readonly PricePoint[] }) => {
  const { claim } = market;
  return (
    <details class="chart-table">
      <summary>Show as a table</summary>
      <table class="table table-small">
        <thead>
          <tr>
            <th scope="col">Time</th>
            {claim.outcomes.map((outcome, index) => (
              <th key={outcome} scope="col" class="number">
                {outcomeWords(claim.outcomes, index)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {history
            .slice(-ROWS)
            .reverse()
            .map((point) => (
              <tr key={point.seq}>
                <td>{new Date(point.at * 1000).toLocaleTimeString()}</td>
                {point.probabilitiesPpm.map((ppm, index) => (
                  <td key={claim.outcomes[index]} class="number">
                    {percent(ppm)}
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
      {history.length > ROWS && (
        <p class="small quiet">
          The newest {ROWS} of {history.length} points.
        </p>
      )}
    </details>
  );
};
