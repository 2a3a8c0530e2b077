import type { AnalystReport } from '@surety/sdk/page';
import { percent } from '../../ui/amount.ts';
import { sentence } from '../../ui/wording.ts';

const Items = ({ title, items, empty }: { title: string; items: readonly string[]; empty: string }) => (
  <div>
    <h4>{title}</h4>
    {items.length === 0 ? (
      <p class="quiet">{empty}</p>
    ) : (
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    )}
  </div>
);

/** Its probability against the market's, on one line. */
const Stand = ({ ppm, price }: { ppm: number; price: number }) => (
  <svg class="stand" viewBox="0 0 200 14" preserveAspectRatio="none" aria-hidden="true" focusable="false">
    <rect class="stand-rail" x="0" y="5" width="200" height="4" rx="2" />
    <rect class="stand-bar" x="0" y="5" width={ppm / 5_000} height="4" rx="2" />
    <rect class="stand-price" x={Math.min(198, price / 5_000)} y="0" width="2" height="14" />
  </svg>
);

/** Name and digest of a program, the digest shortened. */
const programWords = (program: string): string => program.replace(/(@[0-9a-f]{10})[0-9a-f]+$/, '$1…');

/** One report: how likely, why, what it saw, what it did not. */
export const AnalystCard = ({ report, price }: { report: AnalystReport; price: number }) => (
  <li class="analyst sheet">
    <header>
      <h3>{sentence(report.analyst.replaceAll('-', ' '))}</h3>
      {report.probabilityPpm === null ? (
        <p class="analyst-number analyst-abstains">abstained</p>
      ) : (
        <p class="analyst-number">{percent(report.probabilityPpm)}</p>
      )}
    </header>
    {report.probabilityPpm !== null && <Stand ppm={report.probabilityPpm} price={price} />}
    {report.reasons.length > 0 && <p class="analyst-why">{report.reasons[0]}</p>}
    <details>
      <summary>What it saw and did not see</summary>
      <div class="analyst-detail">
        {report.reasons.length > 1 && <Items title="Why" items={report.reasons} empty="" />}
        <Items title="Saw" items={report.saw} empty="Nothing it could use." />
        <Items title="Did not see" items={report.didNotSee} empty="It names nothing, which is itself worth doubting." />
      </div>
      <p class="small quiet mono" title={report.program}>
        {programWords(report.program)}
      </p>
    </details>
  </li>
);
