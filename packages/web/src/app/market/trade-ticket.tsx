import type { Market, Problem } from '@surety/sdk/page';
import { useState } from 'preact/hooks';
import { dollars, dollarsExact, percent, shares } from '../../ui/amount.ts';
import { outcomeWords, sentence } from '../../ui/wording.ts';
import { ProblemNotice } from '../parts/problem-notice.tsx';
import { account } from '../state/account.ts';
import { announce } from '../state/announce.ts';
import { highestCost, totalOf } from './filled.ts';
import { type Mode, orderOf } from './order-of.ts';
import { placeOrder } from './place-order.ts';
import { Position } from './position.tsx';
import { QuoteLine } from './quote-line.tsx';
import { useQuote } from './use-quote.ts';

const MODES = [
  ['spend', 'Spend'],
  ['move', 'Move the price to'],
] as const;

type Props = { readonly market: Market; readonly prices: readonly number[]; readonly onTraded: () => void };

/** Disagree with money: choose an outcome, see exactly what it costs and does, confirm. */
export const TradeTicket = ({ market, prices, onTraded }: Props) => {
  const [outcome, setOutcome] = useState(0);
  const [mode, setMode] = useState<Mode>('spend');
  const [amount, setAmount] = useState(() => dollarsExact(market.subsidyMicroUsd).replace(/[$,]/g, ''));
  const [target, setTarget] = useState('75');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState('');
  const [busy, setBusy] = useState(false);
  const { claim } = market;
  const name = (index: number): string => outcomeWords(claim.outcomes, index);
  const wanted = orderOf({ prices, outcome, mode, amount, target });
  const quote = useQuote(market.marketId, wanted.kind === 'order' ? wanted.order : null, market.seq);

  if (market.status !== 'open') {
    return (
      <section class="ticket sheet" aria-labelledby="ticket">
        <h2 id="ticket">Trading is over</h2>
        <p class="small quiet">
          Prices no longer move.{' '}
          {market.status === 'settled'
            ? 'What was held has been paid.'
            : 'What you hold pays out when the market settles.'}
        </p>
        <Position market={market} onTraded={onTraded} />
      </section>
    );
  }

  const buy = async (): Promise<void> => {
    if (busy || wanted.kind !== 'order' || quote.kind !== 'ready') return;
    setBusy(true);
    setProblem(null);
    setDone('');
    const filled = await placeOrder(market.marketId, wanted.order, highestCost(wanted.order, quote.value));
    setBusy(false);
    if (!filled.ok) {
      setProblem(filled.problem);
      return;
    }
    const words = `Bought ${shares(filled.value.deltaMicroShares)} shares of “${name(filled.value.outcome)}” for ${dollarsExact(totalOf(filled.value))}.`;
    setDone(words);
    announce(words);
    onTraded();
  };

  return (
    <section class="ticket sheet" aria-labelledby="ticket">
      <h2 id="ticket">Disagree? Trade</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void buy();
        }}
      >
        <fieldset class="choice choice-wide">
          <legend class="field-label">I think it is</legend>
          {claim.outcomes.map((label, index) => (
            <label key={label}>
              <input type="radio" name="outcome" checked={outcome === index} onChange={() => setOutcome(index)} />
              <span>{sentence(name(index))}</span>
              <span class="choice-price">{percent(prices[index] ?? 0)}</span>
            </label>
          ))}
        </fieldset>
        <fieldset class="choice">
          <legend class="visually-hidden">How much</legend>
          {MODES.map(([value, words]) => (
            <label key={value}>
              <input type="radio" name="mode" checked={mode === value} onChange={() => setMode(value)} />
              {words}
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for="ticket-amount">
            {mode === 'spend' ? 'Dollars (development money)' : 'Probability in percent'}
          </label>
          {mode === 'spend' ? (
            <input
              id="ticket-amount"
              class="input"
              inputMode="decimal"
              autocomplete="off"
              value={amount}
              onInput={(event) => setAmount(event.currentTarget.value)}
              aria-describedby="ticket-quote"
            />
          ) : (
            <input
              id="ticket-amount"
              class="input"
              inputMode="decimal"
              autocomplete="off"
              value={target}
              onInput={(event) => setTarget(event.currentTarget.value)}
              aria-describedby="ticket-quote"
            />
          )}
        </div>
        <div id="ticket-quote">
          {wanted.kind === 'invalid' ? (
            <p class="small field-problem">{wanted.message}</p>
          ) : (
            <QuoteLine quote={quote} words={name(outcome)} before={prices[outcome] ?? 0} outcome={outcome} />
          )}
        </div>
        <button
          type="submit"
          class="button button-main button-big"
          aria-disabled={busy || quote.kind !== 'ready' || wanted.kind !== 'order'}
        >
          {busy ? 'Placing…' : quote.kind === 'ready' ? `Buy for ${dollarsExact(totalOf(quote.value))}` : 'Buy'}
        </button>
        {problem !== null && <ProblemNotice problem={problem} />}
        {done !== '' && <p class="notice small">{done}</p>}
      </form>
      <Position market={market} onTraded={onTraded} />
      <p class="small quiet">
        You have {dollars(account.value?.balanceMicroUsd ?? '0')} of development money
        {account.value === null ? '; the first trade fetches some from the faucet' : ''}.
      </p>
    </section>
  );
};
