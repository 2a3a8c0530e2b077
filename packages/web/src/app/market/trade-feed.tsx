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

const legWords = (market: Market, leg: Trade['legs'][number]): string => {
  const { claim } = market;
  const sold = leg.sharesMicro < 0n;
  return `${sold ? 'sold' : 'bought'} ${shares(sold ? -leg.sharesMicro : leg.sharesMicro)} ${outcomeWords(claim.outcomes, leg.outcome)}`;
};

const Row = ({ market, trade }: { market: Market; trade: Trade }) => {
  const received = trade.costMicroUsd < 0n;
  return (
    <tr>
      <th scope="row">{traderName(market, trade.account)}</th>
      <td>
        {trade.legs.map((leg) => (
          <span key={leg.outcome} class={`block side-${leg.outcome === 0 ? 'first' : 'other'}`}>
            {legWords(market, leg)}
          </span>
        ))}
      </td>
      <td class="number">
        {received ? '+' : ''}
        {dollarsExact(received ? -trade.costMicroUsd : trade.costMicroUsd)}
      </td>
      <td class="number">{trade.probabilitiesPpm[0] === undefined ? '' : percent(trade.probabilitiesPpm[0])}</td>
      <td class="number quiet">{ago(trade.at, now.value)}</td>
    </tr>
  );
};

/** Every trade, newest first. */
export const TradeFeed = ({ market, trades }: { market: Market; trades: readonly Trade[] }) => {
  const [all, setAll] = useState(false);
  const shown = all ? trades : trades.slice(0, SHORT);
  return (
    <section class="trades" aria-labelledby="trades">
      <header class="section-head">
        <h2 id="trades">Trades</h2>
        <p class="small quiet">{market.tradeCount} so far</p>
      </header>
      {trades.length === 0 ? (
        <p class="empty">No trade yet. The price stands where it opened.</p>
      ) : (
        <div class="sheet sheet-tight">
          <table class="table table-small">
            <thead>
              <tr>
                <th scope="col">Who</th>
                <th scope="col">What</th>
                <th scope="col" class="number">
                  For
                </th>
                <th scope="col" class="number">
                  Price after
                </th>
                <th scope="col" class="number">
                  When
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((trade) => (
                <Row key={trade.seq} market={market} trade={trade} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {trades.length > SHORT && (
        <button type="button" class="button button-plain" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${trades.length - SHORT} more`}
        </button>
      )}
    </section>
  );
};
