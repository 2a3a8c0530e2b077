import type { Market } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { dollarsExact, percent, shares } from '../../ui/amount.ts';
import { ago } from '../../ui/time.ts';
import { outcomeWords } from '../../ui/wording.ts';
import { now } from '../state/clock.ts';
import { wallet } from '../state/wallet.ts';
import type { Trade } from './trade.ts';

const SHORT = 8;

/** Whose trade it is: a player's name, you, or the start of an address. */
const traderName = (market: Market, account: string): string => {
  if (account === wallet.value?.address) return 'You';
  return market.players.find((player) => player.account === account)?.label ?? `${account.slice(0, 8)}…`;
};

const tradeWords = (market: Market, trade: Trade): string => {
  const sold = trade.deltaMicroShares < 0n;
  const size = sold ? -trade.deltaMicroShares : trade.deltaMicroShares;
  return `${sold ? 'sold' : 'bought'} ${shares(size)} ${outcomeWords(market.claim.outcomes, trade.outcome)}`;
};

const Row = ({ market, trade }: { market: Market; trade: Trade }) => {
  const received = trade.costMicroUsd < 0n;
  const [price] = trade.probabilitiesPpm;
  return (
    <li>
      <span>
        <span class="trade-who">{traderName(market, trade.account)}</span>{' '}
        <span class={`side-${trade.outcome === 0 ? 'first' : 'other'}`}>{tradeWords(market, trade)}</span>{' '}
        <span class="quiet">
          for {received ? '+' : ''}
          {dollarsExact(received ? -trade.costMicroUsd : trade.costMicroUsd)}
        </span>
      </span>
      <span class="trade-move">
        {price !== undefined && (
          <>
            <span aria-hidden="true">→ </span>
            <span class="visually-hidden">price after: </span>
            {percent(price)}
          </>
        )}
      </span>
      <span class="trade-when">{ago(trade.at, now.value)}</span>
    </li>
  );
};

/** Every trade, newest first. */
export const TradeFeed = ({ market, trades }: { market: Market; trades: readonly Trade[] }) => {
  const [all, setAll] = useState(false);
  const open = market.status === 'open';
  const shown = all ? trades : trades.slice(0, SHORT);
  return (
    <section class="trades" aria-labelledby="trades">
      <header class="section-head">
        <h2 id="trades">Trades</h2>
        <p class="small quiet">
          {market.tradeCount > 0 &&
            `${market.tradeCount} ${open ? 'so far' : 'in all'}; the arrow is the price of “${outcomeWords(market.claim.outcomes, 0)}” after it`}
        </p>
      </header>
      {trades.length === 0 ? (
        <p class="empty">
          {open
            ? 'No trade yet. The price stands where it opened.'
            : 'Nobody traded: the price never left where it opened.'}
        </p>
      ) : (
        <ol class="list sheet sheet-tight trade-list">
          {shown.map((trade) => (
            <Row key={trade.seq} market={market} trade={trade} />
          ))}
        </ol>
      )}
      {trades.length > SHORT && (
        <button type="button" class="button button-plain" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${trades.length - SHORT} more`}
        </button>
      )}
    </section>
  );
};
