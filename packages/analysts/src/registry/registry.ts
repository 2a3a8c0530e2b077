/** A registry of genuine token contracts, and how a claimed symbol stands to it. */

import { ok, parseAddress, type Result, refuse, show } from '@surety/core';
import { skeleton } from '../brands/skeleton.ts';

export type GenuineToken = {
  readonly chainId: number;
  /** EIP-55. */
  readonly address: string;
  readonly symbol: string;
  readonly name: string;
};

export type Registry = {
  readonly name: string;
  readonly tokens: readonly GenuineToken[];
};

/** How a token stands to a registry. */
export type Standing =
  | { readonly kind: 'genuine'; readonly token: GenuineToken; readonly claimFits: boolean }
  /** Bears (or draws) the symbol or name of a token whose genuine contract on this chain is another. */
  | { readonly kind: 'impostor'; readonly token: GenuineToken; readonly drawn: boolean; readonly by: 'symbol' | 'name' }
  /** Bears the symbol of a token that the registry knows on other chains only. */
  | { readonly kind: 'elsewhere'; readonly token: GenuineToken }
  | { readonly kind: 'unknown' };

/** Letters as a person reads them, without spaces. */
const read = (text: string): string => skeleton(text.replace(/\s+/g, ''));

/** Compares a contract, and what it says it is, with the registry. */
export const standing = (
  registry: Registry,
  subject: { readonly chainId: number; readonly address: string; readonly symbol?: string; readonly name?: string },
): Standing => {
  const address = subject.address.toLowerCase();
  const own = registry.tokens.find((t) => t.chainId === subject.chainId && t.address.toLowerCase() === address);
  const symbol = subject.symbol ?? '';
  const name = subject.name ?? '';
  if (own !== undefined) {
    return { kind: 'genuine', token: own, claimFits: symbol === '' || read(symbol) === read(own.symbol) };
  }
  const sameSymbol = registry.tokens.filter((t) => symbol !== '' && read(t.symbol) === read(symbol));
  const here = sameSymbol.find((t) => t.chainId === subject.chainId);
  if (here !== undefined) return { kind: 'impostor', token: here, drawn: here.symbol !== symbol, by: 'symbol' };
  const sameName = registry.tokens.find(
    (t) => t.chainId === subject.chainId && name.length > 3 && read(t.name) === read(name),
  );
  if (sameName !== undefined) return { kind: 'impostor', token: sameName, drawn: sameName.name !== name, by: 'name' };
  const elsewhere = sameSymbol[0];
  return elsewhere === undefined ? { kind: 'unknown' } : { kind: 'elsewhere', token: elsewhere };
};

/** Largest registry file read, in entries. */
export const MAX_REGISTRY_ENTRIES = 200_000;

/** Reads a token list (tokenlists.org schema, or an array of its entries). Every entry is checked. */
export const loadRegistry = (json: unknown, name: string): Result<Registry> => {
  const list = Array.isArray(json) ? json : (json as { readonly tokens?: unknown } | null)?.tokens;
  if (!Array.isArray(list) || list.length > MAX_REGISTRY_ENTRIES) {
    return refuse({
      code: 'input.malformed',
      message: 'The registry is not a token list.',
      next: 'Pass a token list: `{"tokens": [{"chainId", "address", "symbol", "name"}]}`.',
      field: 'registry',
      value: show(json),
      limit: `${MAX_REGISTRY_ENTRIES} entries`,
    });
  }
  const tokens: GenuineToken[] = [];
  for (const [i, entry] of list.entries()) {
    const { chainId, address, symbol, name: title } = entry as Readonly<Record<string, unknown>>;
    const parsed = parseAddress(String(address), { field: `tokens.${i}.address`, lenient: true });
    if (!parsed.ok) return parsed;
    if (typeof chainId !== 'number' || !Number.isSafeInteger(chainId) || typeof symbol !== 'string') {
      return refuse({
        code: 'input.malformed',
        message: `Entry ${i} lacks a chain id or a symbol.`,
        next: 'Complete or remove it.',
        field: `tokens.${i}`,
        value: show(entry),
      });
    }
    tokens.push({ chainId, address: parsed.value, symbol, name: typeof title === 'string' ? title : symbol });
  }
  return ok({ name, tokens });
};
