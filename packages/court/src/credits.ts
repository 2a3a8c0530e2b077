/** What accounts can withdraw, and what nobody gets. */
import type { Case, Share } from './state.ts';

/** Money that leaves the open part of a case: to accounts, or to nobody. */
export type Payout = { readonly to: ReadonlyMap<string, bigint>; readonly burntMicroUsd: bigint };

/** Collects payouts; zero amounts leave no trace. */
export const payouts = () => {
  const to = new Map<string, bigint>();
  let burnt = 0n;
  return {
    pay: (account: string, amountMicroUsd: bigint): void => {
      if (amountMicroUsd > 0n) to.set(account, (to.get(account) ?? 0n) + amountMicroUsd);
    },
    burn: (amountMicroUsd: bigint): void => {
      burnt += amountMicroUsd;
    },
    done: (): Payout => ({ to, burntMicroUsd: burnt }),
  };
};

/** The case with a payout added to what accounts can withdraw. */
export const credited = (state: Case, { to, burntMicroUsd }: Payout): Case => {
  const credits = new Map(state.credits);
  for (const [account, amount] of to) credits.set(account, (credits.get(account) ?? 0n) + amount);
  return { ...state, credits, burntMicroUsd: state.burntMicroUsd + burntMicroUsd };
};

/** The case without its unfilled pots: whoever paid into them gets all of it back. */
export const withoutPots = (state: Case, shares: readonly Share[] = state.pots.flatMap((pot) => pot.shares)): Case => {
  if (state.pots.length === 0) return state;
  const back = payouts();
  for (const { account, amountMicroUsd } of shares) back.pay(account, amountMicroUsd);
  return credited({ ...state, pots: [] }, back.done());
};
