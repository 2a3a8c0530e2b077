/**
 * Labelled questions about tokens, made of published labels ("this contract is called SNX"): half of them ask a contract
 * under its own symbol, a quarter under another labelled token's, a quarter ask an address nobody has used.
 */

import { hashText } from '../src/model/hash.ts';

export type LabelledToken = { readonly chainId: number; readonly address: string; readonly symbol: string };

/** Contracts of `dawsbot/eth-labels` (`address,chainId,symbol,name,website`), each once; quoted symbols are skipped. */
export const labelledTokens = (csv: string): LabelledToken[] => {
  const seen = new Map<string, LabelledToken>();
  for (const line of csv.split(/\r?\n/).slice(1)) {
    const [address = '', chainId = '', symbol = ''] = line.split(',', 3);
    const key = `${chainId} ${address.toLowerCase()}`;
    if (!/^0x[0-9a-f]{40}$/i.test(address) || symbol === '' || symbol.startsWith('"') || seen.has(key)) continue;
    seen.set(key, { chainId: Number(chainId), address: address.toLowerCase(), symbol });
  }
  return [...seen.values()];
};

/** Half of the labels, by a hash of the contract, calibrate the jurors; the other half is for the bench alone. */
export const tokenSide = ({ address }: LabelledToken): 'calibration' | 'test' =>
  hashText(`token-side:${address}`, 0, 1) === 0 ? 'calibration' : 'test';

export type TokenQuestion = {
  readonly kind: 'own' | 'swapped' | 'fresh';
  readonly chainId: number;
  readonly address: string;
  readonly claim: string;
};

/** An address that no label names, the same for the same token. */
const freshAddress = (address: string): string =>
  `0x${Array.from({ length: 5 }, (_, i) => hashText(`fresh:${i}:${address}`, 0, 32).toString(16).padStart(8, '0')).join('')}`;

/** The next token, in a fixed shuffle of its chain, that bears another symbol. */
const otherSymbols = (tokens: readonly LabelledToken[]): Map<LabelledToken, string> => {
  const out = new Map<LabelledToken, string>();
  for (const chainId of new Set(tokens.map((token) => token.chainId))) {
    const order = tokens
      .filter((token) => token.chainId === chainId)
      .map((token) => ({ token, at: hashText(`swap:${token.address}`, 0, 32) }))
      .sort((a, b) => a.at - b.at || (a.token.address < b.token.address ? -1 : 1))
      .map(({ token }) => token);
    order.forEach((token, i) => {
      for (let step = 1; step < order.length; step += 1) {
        const { symbol } = order[(i + step) % order.length]!;
        if (symbol.toUpperCase() === token.symbol.toUpperCase()) continue;
        out.set(token, symbol);
        break;
      }
    });
  }
  return out;
};

/** Four questions of each token, so that half of all are about the contract's own symbol. */
export const tokenQuestions = (tokens: readonly LabelledToken[]): TokenQuestion[] => {
  const others = otherSymbols(tokens);
  return tokens.flatMap((token): TokenQuestion[] => {
    const other = others.get(token);
    if (other === undefined) return [];
    const { chainId, address, symbol } = token;
    const own = { kind: 'own', chainId, address, claim: symbol } as const;
    return [
      own,
      own,
      { kind: 'swapped', chainId, address, claim: other },
      { kind: 'fresh', chainId, address: freshAddress(address), claim: symbol },
    ];
  });
};
