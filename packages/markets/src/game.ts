/**
 * The market as a game: `step(state, event)` is pure, reads no clock and draws nothing at random. Value enters with
 * `open` and `fund`, leaves with `pay` effects, and in between {@link totalValue} stays the same at every step.
 */
import { eachAccount } from './accounts.ts';
import { close, resolve, settle } from './ending.ts';
import { fund, withdraw } from './funds.ts';
import { refused } from './guards.ts';
import { open } from './opening.ts';
import { no } from './problem.ts';
import { attachEvidence, order } from './trading.ts';
import type { Market, MarketEvent, Step } from './types.ts';

/**
 * One step of a market; `undefined` is the market before it opens. Never throws on what a user can send: what cannot
 * be done is refused with a problem that names the field, and the state stays as it was. Earlier states stay valid.
 */
export const step = (state: Market | undefined, event: MarketEvent): Step => {
  if (event.kind === 'open') {
    if (state === undefined) return open(event);
    const message = 'This market is open already.';
    return refused(no('market.exists', 'claimId', event.claimId, 'one market per claim', message, 'Trade in it.'));
  }
  if (state === undefined)
    return refused(no('market.not-open', 'phase', 'none', 'open', 'The market has not been opened.', 'Open it first.'));
  switch (event.kind) {
    case 'fund':
      return fund(state, event);
    case 'withdraw':
      return withdraw(state, event);
    case 'order':
      return order(state, event);
    case 'attach-evidence':
      return attachEvidence(state, event);
    case 'close':
      return close(state, event);
    case 'resolve':
      return resolve(state, event);
    case 'settle':
      return settle(state);
  }
};

/** Everything the market holds for others, in micro-USD: what came in less what was paid out. */
export const totalValue = (state: Market): bigint => {
  let total = state.makerMicroUsd + state.feesMicroUsd;
  for (const holder of eachAccount(state.accounts)) total += holder.budgetMicroUsd;
  return total;
};
