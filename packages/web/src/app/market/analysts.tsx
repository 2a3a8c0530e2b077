import type { AnalystReport, Market } from '@surety/sdk/page';
import { percent } from '../../ui/amount.ts';
import { outcomeWords } from '../../ui/wording.ts';
import { AbstainedRow, AnalystCard } from './analyst-card.tsx';

type Report = { readonly evidenceId: string; readonly report: AnalystReport };

const reportsOf = (market: Market): readonly Report[] =>
  market.evidence.flatMap(({ evidenceId, evidence }) =>
    evidence.kind === 'analyst-report' ? [{ evidenceId, report: evidence as AnalystReport }] : [],
  );

/** Who looked at what, and what they made of it. */
export const Analysts = ({ market, price }: { market: Market; price: number }) => {
  const reports = reportsOf(market);
  const abstained = reports.filter(({ report }) => report.probabilityPpm === null);
  const { claim } = market;
  return (
    <section class="analysts" aria-labelledby="analysts">
      <header class="section-head">
        <h2 id="analysts">Who looked, and at what</h2>
        <p class="small quiet">
          {reports.length > 0 && `${reports.length} report${reports.length === 1 ? '' : 's'}`}
          {reports.length > abstained.length &&
            ` · the notch is the price, ${percent(price)} ${outcomeWords(claim.outcomes, 0)}`}
        </p>
      </header>
      {reports.length === 0 ? (
        <p class="empty">No reader has attached evidence yet. Reports appear here as they arrive.</p>
      ) : (
        <>
          <ul class="list analyst-list">
            {reports.map(({ evidenceId, report }) =>
              report.probabilityPpm === null ? null : (
                <AnalystCard key={evidenceId} report={report} ppm={report.probabilityPpm} price={price} />
              ),
            )}
          </ul>
          {abstained.length > 0 && (
            <ul class="list sheet abstained-list">
              {abstained.map(({ evidenceId, report }) => (
                <AbstainedRow key={evidenceId} report={report} />
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  );
};
