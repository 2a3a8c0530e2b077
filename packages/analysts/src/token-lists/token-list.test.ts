import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indexTokens, readEntry, storeEntry } from './token-list.ts';

const A = '0x00000000000000000000000000000000000000aa';
const B = '0x00000000000000000000000000000000000000bb';
const ENTRIES = [
  { chainId: 1, symbol: 'USDC', address: A, name: 'USD Coin' },
  { chainId: 1, symbol: 'WETH', address: B, name: 'Wrapped Ether' },
  { chainId: 10, symbol: 'OP', address: B, name: 'Optimism' },
];
const index = indexTokens({ from: ['a list'], entries: ENTRIES.map(storeEntry) });
const kind = (address: string, claim: string, chainId = 1): string => index.standing(chainId, address, claim).kind;

test('an entry is read back as it was stored', () => {
  assert.deepEqual(ENTRIES.map(storeEntry).map(readEntry), ENTRIES);
});

test('the contract under its own symbol or full name fits, whatever the case', () => {
  assert.deepEqual(index.standing(1, A.toUpperCase().replace('X', 'x'), 'usdc'), { kind: 'fits', symbol: 'USDC' });
  assert.equal(kind(A, 'USD  Coin'), 'fits');
});

test('a listed contract under the name of another listed one is another', () => {
  assert.deepEqual(index.standing(1, B, 'USDC'), { kind: 'another', symbol: 'WETH', claimed: 'USDC' });
});

test('a contract that is not listed bears a listed name', () => {
  assert.deepEqual(index.standing(1, `${A.slice(0, -1)}c`, 'USDC'), { kind: 'bears', claimed: 'USDC' });
});

test('no claim, an unknown claim, look-alike letters and other chains say nothing', () => {
  assert.equal(kind(A, ''), 'unknown');
  assert.equal(kind(A, 'Circle'), 'unknown');
  assert.equal(kind(A, 'USDС'), 'unknown', 'Cyrillic С');
  assert.equal(kind(A, 'USDC', 10), 'unknown');
});
