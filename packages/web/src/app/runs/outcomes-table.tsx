import { outcomesOf, type Run, type RunSide, type Share } from '@surety/sdk/page';
import { dollarsExact } from '../../ui/amount.ts';
import { AccountName } from './account-name.tsx';
import { SplitBar } from './split-bar.tsx';

const NAMES: Readonly<Record<RunSide['side'], string>> = {
  provider: 'Provider',
  challenger: 'Challenger',
  requester: 'Requester',
  relying: 'Who reserved cover',
  nobody: 'Burnt',
};

const VERBS: Readonly<Record<Share['kind'], string>> = {
  loses: 'loses ',
  gets: 'gets ',
  back: 'gets back ',
  pays: 'pays ',
  burnt: '',
};

const Shares = ({ shares }: { shares: readonly Share[] }) =>
  shares.length === 0 ? (
    <span class="quiet">nothing</span>
  ) : (
    <ul class="list">
      {shares.map(({ kind, microUsd, what }) => (
        <li key={what} class={`share-${kind}`}>
          {VERBS[kind]}
          <strong>{dollarsExact(microUsd)}</strong>: {what}
        </li>
      ))}
    </ul>
  );

const Row = ({ side, columns }: { side: RunSide; columns: readonly Column[] }) => (
  <tr>
    <th scope="row">
      {NAMES[side.side]}
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

type Column = readonly [name: string, of: (side: RunSide) => readonly Share[]];

const columnsOf = ({ state }: Run): readonly Column[] => {
  const isVoid: Column = [state === 'void' ? 'What happened: void' : 'If it is void', ({ ifVoid }) => ifVoid];
  const isFinal: Column = [
    state === 'final' ? 'What happened: final' : 'If it becomes final',
    ({ ifFinal }) => ifFinal,
  ];
  if (state === 'void') return [isVoid];
  return state === 'final' ? [isFinal] : [isVoid, isFinal];
};

/** What each side stands to lose and to gain, or what became of it. */
export const OutcomesTable = ({ run }: { run: Run }) => (
  <section class="sheet outcomes" aria-labelledby="outcomes">
    <h2 id="outcomes">{run.state === 'open' ? 'What each side stands to lose' : 'Who got what'}</h2>
    {run.state === 'annulled' ? (
      <p>Bond and price went back, and so did the stakes. Cover lapsed; its premium is not returned.</p>
    ) : (
      <>
        {run.state !== 'final' && <SplitBar run={run} />}
        <table class="table table-small">
          <thead>
            <tr>
              <th scope="col">Side</th>
              {columnsOf(run).map(([name]) => (
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
                <Row key={`${side.side} ${side.dispute}`} side={side} columns={columnsOf(run)} />
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
