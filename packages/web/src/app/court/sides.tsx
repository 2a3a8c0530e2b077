import type { AnalystReport, CourtCase, Market } from '@surety/sdk/page';
import { dollars, percent } from '../../ui/amount.ts';
import { sentence } from '../../ui/wording.ts';
import { readerName } from '../market/analyst-card.tsx';
import { AccountName } from '../runs/account-name.tsx';
import { verdictName } from './outcome-choice.tsx';

const reportsFor = (market: Market | null, outcome: number): readonly AnalystReport[] =>
  (market?.evidence ?? []).flatMap(({ evidence }) => {
    if (evidence.kind !== 'analyst-report' || evidence.probabilityPpm === null) return [];
    const first = evidence.probabilityPpm >= 500_000;
    return (outcome === 0) === first && outcome < 2 ? [evidence as AnalystReport] : [];
  });

const bondsOn = (of: CourtCase, outcome: number): bigint =>
  of.rungs.filter((rung) => rung.outcome === outcome).reduce((sum, rung) => sum + BigInt(rung.bondMicroUsd), 0n);

/** Outcomes that somebody stands for or says something about, the proposed one first. */
const sidesOf = (of: CourtCase): readonly number[] => [
  ...new Set([
    of.rungs[0]?.outcome ?? 0,
    ...of.rungs.flatMap(({ outcome }) => (outcome === null ? [] : [outcome])),
    ...of.pots.map(({ outcome }) => outcome),
    ...of.statements.map(({ outcome }) => outcome),
  ]),
];

const Report = ({ report }: { report: AnalystReport }) => (
  <li>
    <p>
      <strong>{readerName(report)}</strong>{' '}
      <span class="quiet">
        {percent(report.probabilityPpm ?? 0)} for the first outcome. {report.reasons[0] ?? ''}
      </span>
    </p>
    {report.didNotSee.length > 0 && <p class="small quiet">Did not look at: {report.didNotSee.join('; ')}</p>}
  </li>
);

const Side = ({ of, market, outcome }: { of: CourtCase; market: Market | null; outcome: number }) => {
  const said = of.statements.filter((statement) => statement.outcome === outcome);
  const reports = reportsFor(market, outcome);
  return (
    <section class="side" aria-label={`For “${verdictName(of.claim.outcomes, outcome)}”`}>
      <h3>{sentence(verdictName(of.claim.outcomes, outcome))}</h3>
      <p class="small quiet">
        {dollars(bondsOn(of, outcome))} in bonds
        {of.rungs[0]?.outcome === outcome ? ' · proposed by a panel of AI jurors' : ''}
      </p>
      <ul class="list side-list">
        {said.map(({ account, reason, at }) => (
          <li key={`${account} ${at}`}>
            <p class="inert">{reason}</p>
            <p class="small quiet">
              says <AccountName address={account} />
            </p>
          </li>
        ))}
        {reports.map((report) => (
          <Report key={report.analyst} report={report} />
        ))}
      </ul>
      {said.length + reports.length === 0 && <p class="empty">Nobody has said anything for this yet.</p>}
    </section>
  );
};

/** What speaks for each outcome, side by side. Text and numbers only: nothing in it is live. */
export const Sides = ({ of, market }: { of: CourtCase; market: Market | null }) => (
  <section class="sheet stack" aria-labelledby="sides">
    <h2 id="sides">What speaks for each</h2>
    <div class="sides">
      {sidesOf(of).map((outcome) => (
        <Side key={outcome} of={of} market={market} outcome={outcome} />
      ))}
    </div>
    <p class="small quiet">
      None of this proves the answer: reports come from programs that looked at what they say and nothing else, and
      statements from people with money in the case. Nothing here can be clicked or opened.
    </p>
  </section>
);
