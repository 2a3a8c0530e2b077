import type { Market, Problem } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { dollars, shares } from '../../ui/amount.ts';
import { outcomeWords } from '../../ui/wording.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { account } from '../state/account.ts';
import { announce } from '../state/announce.ts';
import { placeOrder } from './place-order.ts';

/** What this browser's account holds here, with a way out while the market is open. */
export const Position = ({ market, onTraded }: { market: Market; onTraded: () => void }) => {
  const [problem, setProblem] = useState<Problem | null>(null);
  const own = account.value?.markets.find(({ marketId }) => marketId === market.marketId);
  if (own === undefined) return null;
  const { claim } = market;
  const held = own.positionsMicroShares.flatMap((amount, outcome) =>
    BigInt(amount) > 0n ? [{ amount, outcome }] : [],
  );
  const sell = async (outcome: number, sharesMicroShares: string): Promise<void> => {
    const sold = await placeOrder(market.marketId, { kind: 'sell', outcome, sharesMicroShares }, 0n);
    setProblem(sold.ok ? null : sold.problem);
    if (sold.ok) announce('Sold.');
    onTraded();
  };
  return (
    <div class="position">
      <h3 class="eyebrow">You hold here</h3>
      <ul class="list">
        {held.map(({ amount, outcome }) => (
          <li key={outcome}>
            <span>
              {shares(amount)} × {outcomeWords(claim.outcomes, outcome)}
            </span>
            {market.status === 'open' && (
              <button type="button" class="button button-plain" onClick={() => void sell(outcome, amount)}>
                Sell all
              </button>
            )}
          </li>
        ))}
        <li>
          <span>Unspent budget</span>
          <span>{dollars(own.budgetMicroUsd)}</span>
        </li>
      </ul>
      {problem !== null && <ProblemNotice problem={problem} />}
    </div>
  );
};
