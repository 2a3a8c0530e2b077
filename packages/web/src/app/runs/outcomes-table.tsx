import {
  ANNULLED_WORDS,
  type OutcomeColumn,
  outcomeColumns,
  outcomesOf,
  type Run,
  type RunSide,
  SHARE_VERBS,
  type Share,
  SIDE_NAMES,
} from '@surety/sdk/page';
import { dollarsExact } from '../../ui/amount.ts';
import { AccountName } from './account-name.tsx';
import { SplitBar } from './split-bar.tsx';

const Shares = ({ shares }: { shares: readonly Share[] }) =>
  shares.length === 0 ? (
    <span class="quiet">nothing</span>
  ) : (
    <ul class="list">
      {shares.map(({ kind, microUsd, what }) => (
        <li key={what} class={`share-${kind}`}>
          {SHARE_VERBS[kind]}
          <strong>{dollarsExact(microUsd)}</strong>: {what}
        </li>
      ))}
    </ul>
  );

const Row = ({ side, columns }: { side: RunSide; columns: readonly OutcomeColumn[] }) => (
  <tr>
    <th scope="row">
      {SIDE_NAMES[side.side]}
      {side.dispute !== null && ` of dispute ${side.dispute}`}
      {side.account !== null && (
        <span class="small quiet block">
          <AccountName address={side.account} />
        </span>
      )}
    </th>
    {columns.map(([name, of]) => (
      <td key={name} data-name={name}>
        <Shares shares={of(side)} />
      </td>
    ))}
  </tr>
);

/** What each side stands to lose and to gain, or what became of it. */
export const OutcomesTable = ({ run }: { run: Run }) => (
  <section class="sheet outcomes" aria-labelledby="outcomes">
    <h2 id="outcomes">{run.state === 'open' ? 'What each side stands to lose' : 'Who got what'}</h2>
    {run.state === 'annulled' ? (
      <p>{ANNULLED_WORDS}</p>
    ) : (
      <>
        {run.state !== 'final' && <SplitBar run={run} />}
        <table class="table table-small">
          <thead>
            <tr>
              <th scope="col">Side</th>
              {outcomeColumns(run).map(([name]) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {outcomesOf(run)
              .filter(({ ifVoid, ifFinal }) => (run.state === 'final' ? ifFinal : [...ifVoid, ...ifFinal]).length > 0)
              .map((side) => (
                <Row key={`${side.side} ${side.dispute}`} side={side} columns={outcomeColumns(run)} />
              ))}
          </tbody>
        </table>
        <p class="small quiet">
          Each question also prepays the gas of its answer in the chain’s own currency; what is not spent goes back to
          whoever asked.
        </p>
      </>
    )}
  </section>
);
