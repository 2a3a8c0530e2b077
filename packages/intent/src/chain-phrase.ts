/** "on Base", "on chain 8453", "base:0x…", "eip155:8453:0x…": which chain an address is on. */
import { ok, type Result, refuse } from '@surety/core';
import { chainIdOf, isNotEvm } from './chains.ts';
import type { Token } from './tokens.ts';

export type ChainPhrase = {
  /** `null` where the words name no chain. */
  readonly chainId: number | null;
  /** The tokens without the words that named the chain. */
  readonly tokens: readonly Token[];
};

const SUFFIXES = new Set(['network', 'chain', 'mainnet', 'blockchain']);
const NOUNS = new Set(['token', 'contract', 'address', 'wallet', 'account', 'coin']);

const unknown = (name: string) =>
  refuse({
    code: 'intent.unknown-chain',
    message: isNotEvm(name)
      ? `${name} is not an EVM chain; its accounts are not 0x addresses.`
      : `We know no EVM chain called "${name}".`,
    next: 'Name the chain, for example "on Base", or its number, for example "on chain 8453".',
    field: 'subject.chainId',
    value: name,
  });

/** The longest chain name, of at most three words, at a position. */
const nameAt = (tokens: readonly Token[], at: number): { readonly chainId: number; readonly length: number } | null => {
  for (let length = Math.min(3, tokens.length - at); length > 0; length -= 1) {
    const words = tokens.slice(at, at + length);
    if (!words.every((token) => token.kind === 'word')) continue;
    const chainId = chainIdOf(
      words
        .map((token) => token.key)
        .join(' ')
        .replace(/^chain (?=\d)/, ''),
    );
    if (chainId !== null) return { chainId, length };
  }
  return null;
};

/** Takes the chain out of a question about an address. Refused with `intent.unknown-chain`. */
export const takeChain = (tokens: readonly Token[]): Result<ChainPhrase> => {
  const prefix = tokens.find((token) => token.kind === 'address')?.key.match(/^(?:eip155:(\d+)|([a-z0-9-]+)):0x/);
  if (prefix) {
    const name = (prefix[1] ?? prefix[2])!;
    const chainId = chainIdOf(name);
    return chainId === null ? unknown(name) : ok({ chainId, tokens });
  }
  for (let i = 0; i < tokens.length; i += 1) {
    const word = tokens[i]!.key;
    const article = tokens[i + 1]?.key === 'the' ? 1 : 0;
    const named = nameAt(tokens, word === 'on' ? i + 1 + article : i);
    if (word === 'on') {
      if (named === null) return unknown(tokens[i + 1 + article]?.text ?? '');
      const end = i + 1 + article + named.length;
      const rest = SUFFIXES.has(tokens[end]?.key ?? '') ? end + 1 : end;
      return ok({ chainId: named.chainId, tokens: [...tokens.slice(0, i), ...tokens.slice(rest)] });
    }
    const after = named === null ? undefined : tokens[i + named.length];
    if (named !== null && after !== undefined && (after.kind === 'address' || NOUNS.has(after.key))) {
      return ok({ chainId: named.chainId, tokens: [...tokens.slice(0, i), ...tokens.slice(i + named.length)] });
    }
  }
  return ok({ chainId: null, tokens });
};
