/**
 * A published token list, and how a contract that is said to be some token stands to it. Compared by exact words: what
 * a list does not say, it does not say. Written apart from the players' registry, so that one mistake is not in both.
 */

/** One entry; the contract is lower-case hex. */
export type ListEntry = {
  readonly chainId: number;
  readonly symbol: string;
  readonly address: string;
  readonly name: string;
};

/** A list as it is committed: one line an entry, `chain contract symbol name`, separated by tabs. */
export type StoredTokenList = {
  /** Packages and versions the entries were taken from. */
  readonly from: readonly string[];
  readonly entries: readonly string[];
};

export const storeEntry = ({ chainId, symbol, address, name }: ListEntry): string =>
  [chainId, address, symbol, name].join('\t');

export const readEntry = (line: string): ListEntry => {
  const [chainId = '', address = '', symbol = '', name = ''] = line.split('\t');
  return { chainId: Number(chainId), address, symbol, name };
};

/** Where a claim stands, as far as the list can tell. */
export type TokenStanding =
  /** The list holds the contract under the claimed symbol or full name. */
  | { readonly kind: 'fits'; readonly symbol: string }
  /** The list holds the contract, and the claim is the symbol or name of another contract that it holds on that chain. */
  | { readonly kind: 'another'; readonly symbol: string; readonly claimed: string }
  /** The list does not hold the contract, but holds the claim under another on that chain. */
  | { readonly kind: 'bears'; readonly claimed: string }
  /** No claim, or none that the list can compare. */
  | { readonly kind: 'unknown' };

export type TokenIndex = {
  readonly standing: (chainId: number, address: string, claim: string) => TokenStanding;
};

/** Words as compared: one compatibility form, no spaces, no case. Look-alike letters stay what they are. */
const word = (text: string): string => text.normalize('NFKC').replace(/\s+/gu, '').toUpperCase();

/** Indexes a list once; every later look-up is two map reads. */
export const indexTokens = ({ entries }: StoredTokenList): TokenIndex => {
  const byContract = new Map<string, ListEntry[]>();
  const byWord = new Map<string, ListEntry>();
  for (const entry of entries.map(readEntry)) {
    const { chainId, symbol, address, name } = entry;
    const at = `${chainId} ${address}`;
    byContract.set(at, [...(byContract.get(at) ?? []), entry]);
    for (const text of [symbol, name]) byWord.set(`${chainId} ${word(text)}`, entry);
  }
  return {
    standing: (chainId, address, claim) => {
      const asked = word(claim);
      const known = byWord.get(`${chainId} ${asked}`);
      if (asked === '' || known === undefined) return { kind: 'unknown' };
      const own = byContract.get(`${chainId} ${address.toLowerCase()}`);
      if (own === undefined) return { kind: 'bears', claimed: known.symbol };
      const fits = own.find(({ symbol, name }) => word(symbol) === asked || word(name) === asked);
      if (fits !== undefined) return { kind: 'fits', symbol: fits.symbol };
      return { kind: 'another', symbol: own[0]?.symbol ?? '', claimed: known.symbol };
    },
  };
};
