/** Money of this folder's user: enough of it for a question, from the faucet where the network is for development. */
import { formatDollars, SuretyError } from '@surety/sdk/base';
import type { Connection } from './connect.ts';

/** Balance in micro-USD; an account that was never used has none. */
export const balanceOf = async ({ client }: Connection, address: string): Promise<bigint> => {
  const account = await client.try.account({ address });
  if (account.ok) return BigInt(account.value.balanceMicroUsd);
  if (account.problem.code === 'account.unknown') return 0n;
  throw new SuretyError(account.problem);
};

/**
 * At least `neededMicroUsd`, after one visit to the faucet where there is one.
 * @param option what of the command line asks for that much, if anything does
 * @throws {SuretyError} `account.insufficient-funds`
 */
export const ensureBalance = async (
  connection: Connection,
  address: string,
  neededMicroUsd: bigint,
  option: string | null = null,
): Promise<bigint> => {
  let balance = await balanceOf(connection, address);
  if (balance < neededMicroUsd && connection.network.faucet)
    balance = BigInt((await connection.client.faucet({ address })).balanceMicroUsd);
  if (balance >= neededMicroUsd) return balance;
  throw new SuretyError({
    code: 'account.insufficient-funds',
    message: `Your account ${address} has ${formatDollars(balance)}; this needs ${formatDollars(neededMicroUsd)}.`,
    next: `Deposit dollars into the settlement contract for this address${option === null ? '' : `, or choose a smaller ${option}`}.`,
    field: option ?? 'balance',
    value: formatDollars(neededMicroUsd),
    limit: formatDollars(balance),
  });
};
