import type { Market } from '@surety/sdk/page';
import { dollars } from '../../ui/amount.ts';
import { moment } from '../../ui/time.ts';
import { decisionWords } from '../ask/decision-words.ts';

/** What was agreed when the question was asked. */
export const Terms = ({ market }: { market: Market }) => (
  <section class="terms-box" aria-labelledby="terms">
    <h2 id="terms" class="eyebrow">
      As agreed
    </h2>
    <dl class="leaders small">
      <div>
        <dt>Subsidy, paid by the asker</dt>
        <dd>{dollars(market.subsidyMicroUsd)}</dd>
      </div>
      <div>
        <dt>Traded</dt>
        <dd>{dollars(market.volumeMicroUsd)}</dd>
      </div>
      <div>
        <dt>Closes</dt>
        <dd>{moment(market.closesAt)}</dd>
      </div>
      <div>
        <dt>Decided by</dt>
        <dd>{moment(market.resolvesBy)}</dd>
      </div>
    </dl>
    <p class="small quiet">{decisionWords(market.claim.rule)}</p>
    <p class="small quiet mono block" title={market.marketId}>
      {market.marketId.slice(0, 20)}…
    </p>
  </section>
);
