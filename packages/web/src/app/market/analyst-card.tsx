import type { AnalystReport } from '@surety/sdk/page';
import { percent } from '../../ui/amount.ts';
import { sentence } from '../../ui/wording.ts';
import { ReportDetails } from './report-details.tsx';

/** Its probability against the market's, on one line. */
const Stand = ({ ppm, price }: { ppm: number; price: number }) => (
  <svg class="stand" viewBox="0 0 200 14" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="stand-rail" x="0" y="5" width="200" height="4" rx="2" />
    <rect class="stand-bar" x="0" y="5" width={ppm / 5_000} height="4" rx="2" />
    <rect class="stand-price" x={Math.min(198, price / 5_000)} y="0" width="2" height="14" />
  </svg>
);

/** A reader's id as its name. */
export const readerName = (report: AnalystReport): string => sentence(report.analyst.replaceAll('-', ' '));

/** One report with a view: how likely, why, what it saw, what it did not. */
export const AnalystCard = ({ report, ppm, price }: { report: AnalystReport; ppm: number; price: number }) => (
  <li class="analyst sheet">
    <header>
      <h3>{readerName(report)}</h3>
      <p class="analyst-number">{percent(ppm)}</p>
    </header>
    <Stand ppm={ppm} price={price} />
    {report.reasons[0] !== undefined && <p class="analyst-why">{report.reasons[0]}</p>}
    <ReportDetails report={report} />
  </li>
);

/** One report without a view, which is a report all the same. */
export const AbstainedRow = ({ report }: { report: AnalystReport }) => (
  <li class="abstained">
    <p>
      <strong>{readerName(report)}</strong> <span class="quiet">abstained. {report.reasons[0] ?? ''}</span>
    </p>
    <ReportDetails report={report} />
  </li>
);
