/** The account of this browser's wallet on the node. */
import { signal } from '@preact/signals';
import { type Account, ok, type Result } from '@surety/sdk/page';
import { client } from '../client.ts';
import { ensureWallet, wallet } from './wallet.ts';

export const account = signal<Account | null>(null);

export const refreshAccount = async (): Promise<Result<Account> | null> => {
  const own = wallet.value;
  if (own === null) return null;
  const result = await client.account({ address: own.address });
  if (result.ok) account.value = result.value;
  return result;
};

/** Development money from the faucet. */
export const takeDevelopmentMoney = async (): Promise<Result<Account>> => {
  const own = ensureWallet();
  const given = await client.faucet({ address: own.address });
  if (!given.ok) return given;
  const after = await client.account({ address: own.address });
  if (after.ok) account.value = after.value;
  return after;
};

/** Makes sure that the account holds at least `microUsd`, by the faucet if need be. */
export const ensureMoney = async (microUsd: bigint): Promise<Result<true>> => {
  ensureWallet();
  const now = await refreshAccount();
  if (now?.ok === true && BigInt(now.value.balanceMicroUsd) >= microUsd) return ok(true);
  const topped = await takeDevelopmentMoney();
  return topped.ok ? ok(true) : topped;
};

export const startAccount = (): void => {
  void refreshAccount();
};
