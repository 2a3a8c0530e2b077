/** The few calls and words of the EVM that the chain analyst needs. */

import { from0x, fromUtf8, type Result } from '@surety/core';

/** Function selectors: the first four bytes of Keccak-256 of the signature. */
export const SELECTORS = {
  name: '0x06fdde03',
  symbol: '0x95d89b41',
  decimals: '0x313ce567',
  totalSupply: '0x18160ddd',
  balanceOf: '0x70a08231',
  owner: '0x8da5cb5b',
} as const;

/** Powers of an owner that code may contain, by selector. */
export const POWERS = {
  '40c10f19': 'create new tokens (mint)',
  '8456cb59': 'stop all transfers (pause)',
  f9f92be4: 'lock out holders (blacklist)',
  '44337ea1': 'lock out holders (addToBlacklist)',
  '3b124fe7': 'take a tax on transfers',
} as const;

/** Keccak-256 of `Transfer(address,address,uint256)`. */
export const TRANSFER_TOPIC = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';

/** Storage slots of EIP-1967 proxies. */
export const EIP1967_SLOTS = {
  implementation: '0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc',
  admin: '0xb53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103',
  beacon: '0xa3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50',
} as const;

/** An account that delegates its code (EIP-7702): 0xef0100 and 20 bytes. */
export const delegateOf = (code: string): string | null =>
  /^0xef0100[0-9a-f]{40}$/i.test(code) ? `0x${code.slice(8)}` : null;

/** The address in the low 20 bytes of a word; `null` for zero. */
export const wordAddress = (word: string): string | null => {
  const digits = word.slice(2).padStart(64, '0').slice(24);
  return /^0*$/.test(digits) ? null : `0x${digits}`;
};

/** A word as an unsigned integer; `null` where the answer is empty or no hex. */
export const wordUint = (word: string): bigint | null => (/^0x[0-9a-f]{1,64}$/i.test(word) ? BigInt(word) : null);

/** An address as a 32-byte word, without `0x`. */
export const addressWord = (address: string): string => address.slice(2).toLowerCase().padStart(64, '0');

/** Longest text a token's name or symbol is read to, in bytes. */
const MAX_TEXT_BYTES = 64;

/** A `string` or (old tokens) `bytes32` answer as text; `null` where it is neither. */
export const answerText = (answer: string): string | null => {
  const bytes: Result<Uint8Array> = from0x(answer.toLowerCase());
  if (!bytes.ok || bytes.value.length < 32) return null;
  const data = bytes.value;
  const word = (at: number): number =>
    data.slice(at, at + 32).reduce((sum, byte) => Math.min(sum * 256 + byte, 1e9), 0);
  const dynamic = data.length >= 64 && word(0) === 32;
  const text = dynamic
    ? data.slice(64, 64 + Math.min(word(32), MAX_TEXT_BYTES))
    : data.slice(0, 32).filter((byte) => byte !== 0);
  const decoded = fromUtf8(text);
  return decoded.ok && decoded.value !== '' ? decoded.value : null;
};
