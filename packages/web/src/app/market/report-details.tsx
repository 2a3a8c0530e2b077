import type { AnalystReport } from '@surety/sdk/page';

const Items = ({ title, items, empty }: { title: string; items: readonly string[]; empty: string }) => (
  <div>
    <h4>{title}</h4>
    {items.length === 0 ? (
      <p class="quiet">{empty}</p>
    ) : (
      <ul>
        {items.map((item, index) => (
          <li key={`${index} ${item}`}>{item}</li>
        ))}
      </ul>
    )}
  </div>
);

/** Name and digest of a program, the digest shortened. */
const programWords = (program: string): string => program.replace(/(@[0-9a-f]{10})[0-9a-f]+$/, '$1…');

/** What a report rests on, and what it leaves out. */
export const ReportDetails = ({ report }: { report: AnalystReport }) => (
  <details>
    <summary>
      What it saw and did not see<span class="visually-hidden">: {report.analyst}</span>
    </summary>
    <div class="analyst-detail">
      {report.reasons.length > 1 && <Items title="Why" items={report.reasons} empty="" />}
      <Items title="Saw" items={report.saw} empty="Nothing it could use." />
      <Items title="Did not see" items={report.didNotSee} empty="It names nothing, which is itself worth doubting." />
    </div>
    <p class="small quiet mono" title={report.program}>
      {programWords(report.program)}
    </p>
  </details>
);
