/** What players do while a market is open: trade, and show what they traded on. */
import { type Account, accountAt, positionOf, withAccount } from './accounts.ts';
import { chainTrade } from './digest.ts';
import { accept, badName, refused, tooLate, unknownAccount } from './guards.ts';
import { MARKET_LIMITS } from './limits.ts';
import { no } from './problem.ts';
import { type Quote, quoteOrder } from './quote.ts';
import type { EventOf, Market, Step } from './types.ts';

const trade = (state: Market, position: number, holder: Account, quote: Quote): Step => {
  const { outcome, deltaMicroShares, costMicroUsd, feeMicroUsd, pricePpm, after } = quote;
  const { account, depositedMicroUsd } = holder;
  const shares = holder.shares.slice();
  shares[outcome] = shares[outcome]! + deltaMicroShares;
  const budgetMicroUsd = holder.budgetMicroUsd - costMicroUsd - feeMicroUsd;
  const trades = state.trades + 1;
  const next: Market = {
    terms: state.terms,
    phase: state.phase,
    curve: after,
    makerMicroUsd: state.makerMicroUsd + costMicroUsd,
    feesMicroUsd: state.feesMicroUsd + feeMicroUsd,
    accounts: withAccount(state.accounts, position, { account, depositedMicroUsd, budgetMicroUsd, shares }),
    evidence: state.evidence,
    volumeMicroUsd: state.volumeMicroUsd + (costMicroUsd < 0n ? -costMicroUsd : costMicroUsd),
    trades,
    tradesDigest: chainTrade(state.tradesDigest, position, outcome, deltaMicroShares, costMicroUsd),
  };
  return accept(next, [
    { kind: 'traded', trade: trades, account, outcome, deltaMicroShares, costMicroUsd, feeMicroUsd, pricePpm },
  ]);
};

/** Trades at the price of the moment, within the order's limits and the account's budget here. */
export const order = (state: Market, event: EventOf<'order'>): Step => {
  const late = tooLate(state, event.at);
  if (late) return refused(late);
  const position = positionOf(state.accounts, event.account);
  if (position < 0) return refused(unknownAccount(event.account));
  const holder = accountAt(state.accounts, position);
  const quote = quoteOrder(state.curve, holder, event.order, state.terms.feePpm);
  return quote.ok ? trade(state, position, holder, quote.value) : refused(quote);
};

/** Records who showed which evidence; what it says is for others to check. */
export const attachEvidence = (state: Market, { account, evidenceId, at }: EventOf<'attach-evidence'>): Step => {
  const wrong = tooLate(state, at) ?? badName('account', account) ?? badName('evidenceId', evidenceId);
  if (wrong) return refused(wrong);
  if (state.evidence.some((known) => known.account === account && known.evidenceId === evidenceId)) {
    const message = 'This account attached this evidence before.';
    const next = 'Nothing needs to be done.';
    return refused(no('market.duplicate-evidence', 'evidenceId', evidenceId, 'once per account', message, next));
  }
  if (state.evidence.length >= MARKET_LIMITS.evidence) {
    const limit = `${MARKET_LIMITS.evidence} pieces`;
    const message = 'The market holds as much evidence as it may.';
    return refused(
      no('market.full', 'evidenceId', evidenceId, limit, message, 'Publish it elsewhere and trade on it.'),
    );
  }
  return accept({ ...state, evidence: [...state.evidence, { account, evidenceId }] });
};
