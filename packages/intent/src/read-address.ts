/** Questions about an address: as an account, as a token, or as a contract. */
import { ok, type Result, refuse, type Subject } from '@surety/core';
import { normaliseAddress } from './address.ts';
import { takeChain } from './chain-phrase.ts';
import { chainName } from './chains.ts';
import { KNOWN_WORDS, LEXICON } from './lexicon.ts';
import { LIMITS } from './limits.ts';
import { readWords } from './read-words.ts';
import type { Predicate } from './reading.ts';
import type { Token } from './tokens.ts';
import { type Warning, warn } from './warning.ts';

export type AddressReading = {
  readonly subject: Subject;
  readonly predicate: Predicate;
  readonly warnings: readonly Warning[];
};

const SYMBOL = /^\$?[\p{Letter}\p{Number}._+-]{1,11}$/u;
const NOT_NAMES = new Set(
  [...LEXICON.noun, ...LEXICON.bad, ...LEXICON.good, ...LEXICON.tokenNoun].map((phrase) => phrase.join(' ')),
);
const GENERIC = new Set(['token', 'coin', 'stablecoin', 'erc20', 'contract', 'one']);

/** The claimed name in a "real USDC" question: one word that could be a symbol, else a name. */
const claimed = (names: readonly Token[]): Result<{ readonly symbol?: string; readonly name?: string }> => {
  const words = names.filter(
    (token) => !NOT_NAMES.has(token.key) && !GENERIC.has(token.key) && !KNOWN_WORDS.has(token.text),
  );
  if (words.length === 0) return ok({});
  const text = words.map((token) => token.text.replace(/^\$/, '')).join(' ');
  if (words.length === 1 && SYMBOL.test(words[0]!.text)) return ok({ symbol: text });
  if (text.length <= LIMITS.nameChars) return ok({ name: text });
  const message = `The claimed token name has ${text.length} characters; the limit is ${LIMITS.nameChars}.`;
  return refuse({
    code: 'input.too-large',
    message,
    next: 'Give its symbol.',
    field: 'subject.name',
    value: text,
    limit: `${LIMITS.nameChars} characters`,
  });
};

const has = (tokens: readonly Token[], list: readonly (readonly string[])[]): boolean => {
  const text = ` ${tokens.map((token) => token.key).join(' ')} `;
  return list.some((phrase) => text.includes(` ${phrase.join(' ')} `));
};

/** Reads a question about the one address in it, or `null` where the words fit no pattern. */
export const readAddress = (tokens: readonly Token[], defaultChainId: number): Result<AddressReading> | null => {
  const chain = takeChain(tokens);
  if (!chain.ok) return chain;
  const match = readWords(chain.value.tokens);
  if (match === null) return null;
  const token = chain.value.tokens.find((each) => each.kind === 'address')!;
  const address = normaliseAddress(token.text.slice(token.text.toLowerCase().lastIndexOf('0x')));
  if (!address.ok) return address;
  const warnings: Warning[] = [...address.value.warnings, ...match.warnings];
  const base = { chainId: chain.value.chainId ?? defaultChainId, address: address.value.address };
  if (chain.value.chainId === null)
    warnings.push(warn('chain.assumed', `No chain was named; read as ${chainName(base.chainId)}.`));
  const name = claimed(match.names);
  if (!name.ok) return name;
  const words = chain.value.tokens;
  const isToken = match.asked === 'genuine' || has(words, LEXICON.tokenNoun);
  if (isToken)
    return ok({
      subject: { kind: 'token', ...base, ...name.value },
      predicate: match.asked === 'genuine' ? 'genuine' : 'scam',
      warnings,
    });
  const isContract = has(words, LEXICON.contractNoun) || has(words, LEXICON.approve);
  return ok({ subject: { kind: isContract ? 'contract' : 'address', ...base }, predicate: 'scam', warnings });
};
