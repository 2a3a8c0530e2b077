import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddress } from '@surety/core';
import { BUILT_IN_REGISTRY, registryAnalyst } from './analyst.ts';
import { loadRegistry } from './registry.ts';

const USDT = '0xdAC17F958D2ee523a2206206994597C13D831ec7';
const OTHER = '0x1111111111111111111111111111111111111111';
const analyst = registryAnalyst();
const ppm = (address: string, symbol?: string, chainId = 1): number | null =>
  analyst.readSync({ kind: 'token', chainId, address, ...(symbol === undefined ? {} : { symbol }) }).probabilityPpm;

test('every address carries its checksum', () => {
  for (const token of BUILT_IN_REGISTRY.tokens) {
    assert.ok(parseAddress(token.address).ok, token.symbol);
    assert.ok(Number.isSafeInteger(token.chainId) && token.name !== '', token.symbol);
  }
});

test('genuine, misnamed, impostor, drawn, elsewhere, unknown', () => {
  assert.equal(ppm(USDT, 'USDT'), 8_000);
  assert.equal(ppm(USDT), 8_000);
  assert.equal(ppm(USDT, 'DAI'), 900_000);
  assert.equal(ppm(OTHER, 'USDT'), 930_000);
  assert.equal(ppm(OTHER, 'USDТ'), 985_000, 'Cyrillic Т');
  assert.equal(ppm(OTHER, 'CAKE'), 620_000);
  assert.equal(ppm(OTHER, 'QQQQ'), null);
  assert.equal(ppm(OTHER), null);
});

test('loads a token list and names the broken entry', () => {
  const good = loadRegistry(
    { tokens: [{ chainId: 1, address: USDT.toLowerCase(), symbol: 'USDT', name: 'Tether' }] },
    'mine',
  );
  assert.equal(good.ok && good.value.tokens[0]?.address, USDT);
  const bad = loadRegistry([{ chainId: 1, address: '0x12', symbol: 'X' }], 'mine');
  assert.equal(!bad.ok && bad.problem.field, 'tokens.0.address');
  assert.equal(loadRegistry('nonsense', 'mine').ok, false);
});
