import type { Quote } from '@surety/sdk/page';
import { dollarsExact, percent, shares } from '../../ui/amount.ts';
import type { Loaded } from '../loaded.ts';
import { totalOf } from './filled.ts';

type Props = {
  readonly quote: Loaded<Quote>;
  readonly words: string;
  readonly before: number;
  readonly outcome: number;
};

/** What the order would buy, pay and do, before anything is signed. */
export const QuoteLine = ({ quote, words, before, outcome }: Props) => {
  if (quote.kind === 'loading') return <p class="small quiet">Asking for a price…</p>;
  if (quote.kind === 'failed') return <p class="small field-problem">{quote.problem.message}</p>;
  const { deltaMicroShares, feeMicroUsd, probabilitiesPpm } = quote.value;
  return (
    <dl class="leaders small">
      <div>
        <dt>You get</dt>
        <dd>{shares(deltaMicroShares)} shares</dd>
      </div>
      <div>
        <dt>If it is {words}, they pay</dt>
        <dd>
          {dollarsExact(deltaMicroShares)}{' '}
          <span class="quiet">({dollarsExact(BigInt(deltaMicroShares) - totalOf(quote.value))} gain)</span>
        </dd>
      </div>
      {feeMicroUsd !== '0' && (
        <div>
          <dt>Fee, included</dt>
          <dd>{dollarsExact(feeMicroUsd)}</dd>
        </div>
      )}
      <div>
        <dt>Price</dt>
        <dd>
          {percent(before)} → {percent(probabilitiesPpm[outcome] ?? 0)}
        </dd>
      </div>
    </dl>
  );
};
