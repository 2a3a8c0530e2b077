/**
 * Who holds what in one market: a persistent vector (radix 32) of accounts in order of arrival, and an index by name.
 * An update copies two or three short arrays, so a trade among a million accounts costs the same as among ten, older
 * states stay valid, and nothing is mutated that anyone can observe.
 */

/** One account's money and shares in one market. */
export type Account = {
  readonly account: string;
  /** Everything put in, less everything withdrawn: what an undecided market gives back. */
  readonly depositedMicroUsd: bigint;
  /** What is free to spend. */
  readonly budgetMicroUsd: bigint;
  /** Micro-shares held of each outcome, never below zero. */
  readonly shares: readonly bigint[];
};

type Branch = readonly (Branch | Account)[];

export type Accounts = {
  readonly size: number;
  readonly root: Branch;
  /** Bits of the index above the root's own five. */
  readonly shift: number;
  /**
   * Name to position. Shared by successive versions, which only ever add to it: an entry at or beyond `size` belongs
   * to a later version (or to another fork) and does not count.
   */
  readonly index: Map<string, number>;
};

export const NO_ACCOUNTS = (): Accounts => ({ size: 0, root: [], shift: 0, index: new Map() });

/** Position of an account, or -1. */
export const positionOf = (accounts: Accounts, account: string): number => {
  const position = accounts.index.get(account);
  return position !== undefined && position < accounts.size ? position : -1;
};

/** The account at a position below `size`. */
export const accountAt = (accounts: Accounts, position: number): Account => {
  let node = accounts.root;
  for (let shift = accounts.shift; shift > 0; shift -= 5) node = node[(position >> shift) & 31] as Branch;
  return node[position & 31] as Account;
};

const replaced = (node: Branch, shift: number, position: number, value: Account): Branch => {
  const copy = node.slice();
  const slot = (position >> shift) & 31;
  copy[slot] = shift === 0 ? value : replaced((node[slot] as Branch | undefined) ?? [], shift - 5, position, value);
  return copy;
};

/** The table with the account at `position` replaced; its name must stay. */
export const withAccount = (accounts: Accounts, position: number, value: Account): Accounts => ({
  size: accounts.size,
  root: replaced(accounts.root, accounts.shift, position, value),
  shift: accounts.shift,
  index: accounts.index,
});

/** The table with one more account at its end. */
export const addAccount = (accounts: Accounts, value: Account): Accounts => {
  const { size } = accounts;
  let { root, shift, index } = accounts;
  // Another version already grew from this one: leave its index alone and start our own.
  if (index.size !== size) index = new Map([...index].filter(([, position]) => position < size));
  index.set(value.account, size);
  if (size === 32 << shift) {
    root = [root];
    shift += 5;
  }
  return { size: size + 1, root: replaced(root, shift, size, value), shift, index };
};

/** Every account in order of arrival. */
export function* eachAccount(accounts: Accounts): Generator<Account> {
  for (let position = 0; position < accounts.size; position += 1) yield accountAt(accounts, position);
}
