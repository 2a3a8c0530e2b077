/** Everybody's money as the next root shows it. */
import { type Deposit, readWithdrawn } from '@surety/chain';
import { unwrap } from '@surety/core';
import type { AccountState } from '../account.ts';
import type { LeafJson } from '../chain-state.ts';
import { accountStream } from '../ledger.ts';
import type { ChainParts, Hex } from './parts.ts';

/** Loads the questions that are not settled; what it returns reads their money by owner, all at one instant. */
export type OpenPositions = () => Promise<() => ReadonlyMap<string, bigint> | undefined>;

const PAGE = 1_000;

/** The addresses of all accounts, which are then in memory. */
export const loadAccounts = async ({ host }: ChainParts): Promise<readonly Hex[]> => {
  const addresses: Hex[] = [];
  for (let after: string | undefined; ; ) {
    const page = await host.streams('account:', { limit: PAGE, ...(after !== undefined && { after }) });
    for (const name of page) {
      await host.state(name);
      addresses.push(name.slice('account:'.length) as Hex);
    }
    after = page.at(-1);
    if (page.length < PAGE) return addresses;
  }
};

/** Money of deposits that a root counts before they are credited, by account. */
const sumsOf = (deposits: readonly Deposit[]): ReadonlyMap<string, bigint> => {
  const sums = new Map<string, bigint>();
  for (const { account, amountMicroUsd, reclaimed } of deposits)
    if (!reclaimed) sums.set(account, (sums.get(account) ?? 0n) + amountMicroUsd);
  return sums;
};

/**
 * Everybody's money at one instant of the journal, with `ahead`, the deposits that are counted before they are credited;
 * `undefined` where not all of it is in memory at once. Between the first account read and the last nothing may move, or
 * money on its way would be counted twice: so nothing is awaited. Bonds stand with the positions: no cash to demand.
 */
export const leavesNow = async (
  parts: ChainParts,
  openPositions: OpenPositions,
  ahead: readonly Deposit[],
): Promise<readonly LeafJson[] | undefined> => {
  const { chain, contracts, host } = parts;
  const early = sumsOf(ahead);
  const known = await loadAccounts(parts);
  const addresses = [...new Set([...known, ...(early.keys() as Iterable<Hex>)])];
  const readPositions = await openPositions();
  const withdrawn = unwrap(await readWithdrawn(chain, contracts, addresses));
  const positions = readPositions();
  const leaves: LeafJson[] = [];
  for (const [index, account] of addresses.entries()) {
    const state = host.peek<AccountState>(accountStream(account));
    if (positions === undefined || (state === undefined && index < known.length)) return undefined;
    const { balanceMicroUsd = 0n, bondMicroUsd = 0n, withdrawnMicroUsd = 0n } = state ?? {};
    leaves.push({
      account,
      authorised: withdrawnMicroUsd.toString(),
      withdrawn: (withdrawn[index] ?? 0n).toString(),
      cash: (balanceMicroUsd + (early.get(account) ?? 0n)).toString(),
      positions: (bondMicroUsd + (positions.get(account) ?? 0n)).toString(),
    });
  }
  return leaves;
};
