/** Accounts take what is theirs; nobody is paid in a way that another could stop. */

import type { EventOf, Step } from './events.ts';
import { accept, no, refused } from './problem.ts';
import type { Case } from './state.ts';

/** Pays out all that an account can withdraw. */
export const withdraw = (state: Case, { account }: EventOf<'withdraw'>): Step => {
  const amountMicroUsd = state.credits.get(account) ?? 0n;
  if (amountMicroUsd === 0n) {
    const next = 'Wait for the end of the case.';
    return refused(no('court.nothing-to-withdraw', 'account', account, '> 0', 'The account has nothing here.', next));
  }
  const credits = new Map(state.credits);
  credits.delete(account);
  return accept({ ...state, credits }, [{ kind: 'pay', account, amountMicroUsd }]);
};
