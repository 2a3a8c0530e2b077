/** Money that comes into a market from the account ledger, and unspent money that goes back. */
import { accountAt, addAccount, positionOf, withAccount } from './accounts.ts';
import { accept, badAmount, badName, outOfPhase, refused, unknownAccount } from './guards.ts';
import { MARKET_LIMITS } from './limits.ts';
import { no } from './problem.ts';
import type { EventOf, Market, Step } from './types.ts';

const join = (state: Market, { account, amountMicroUsd }: EventOf<'fund'>): Step => {
  if (state.accounts.size >= MARKET_LIMITS.accounts) {
    const limit = `${MARKET_LIMITS.accounts} accounts`;
    const next = 'Trade in another market.';
    return refused(no('market.full', 'account', account, limit, 'The market has no room for another account.', next));
  }
  const shares = new Array<bigint>(state.terms.outcomes).fill(0n);
  const holder = { account, depositedMicroUsd: amountMicroUsd, budgetMicroUsd: amountMicroUsd, shares };
  return accept({ ...state, accounts: addAccount(state.accounts, holder) });
};

/** Raises an account's budget in this market. */
export const fund = (state: Market, event: EventOf<'fund'>): Step => {
  const { account, amountMicroUsd } = event;
  const position = positionOf(state.accounts, account);
  const holder = position < 0 ? undefined : accountAt(state.accounts, position);
  const room = MARKET_LIMITS.depositMicroUsd - (holder?.depositedMicroUsd ?? 0n);
  const wrong =
    outOfPhase(state, ['open'], 'Fund a market that is open.') ??
    badName('account', account) ??
    badAmount(amountMicroUsd, room, 'Fund a positive amount within what the account may put into one market.');
  if (wrong) return refused(wrong);
  if (holder === undefined) return join(state, event);
  const accounts = withAccount(state.accounts, position, {
    ...holder,
    depositedMicroUsd: holder.depositedMicroUsd + amountMicroUsd,
    budgetMicroUsd: holder.budgetMicroUsd + amountMicroUsd,
  });
  return accept({ ...state, accounts });
};

/**
 * Takes unspent deposit out. Gains from selling stay until the ruling, because an undecided market takes them back.
 */
export const withdraw = (state: Market, { account, amountMicroUsd }: EventOf<'withdraw'>): Step => {
  const over = outOfPhase(state, ['open', 'closed'], 'Wait for the settlement, which pays everyone out.');
  if (over) return refused(over);
  const position = positionOf(state.accounts, account);
  if (position < 0) return refused(unknownAccount(account));
  const holder = accountAt(state.accounts, position);
  let free = holder.budgetMicroUsd;
  if (holder.depositedMicroUsd < free) free = holder.depositedMicroUsd;
  const wrong = badAmount(amountMicroUsd, free, 'Withdraw at most what is unspent; gains follow at settlement.');
  if (wrong) return refused(wrong);
  const accounts = withAccount(state.accounts, position, {
    ...holder,
    depositedMicroUsd: holder.depositedMicroUsd - amountMicroUsd,
    budgetMicroUsd: holder.budgetMicroUsd - amountMicroUsd,
  });
  return accept({ ...state, accounts }, [{ kind: 'pay', account, amountMicroUsd, reason: 'withdrawal' }]);
};
