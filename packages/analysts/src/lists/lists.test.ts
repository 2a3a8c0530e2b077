import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ethPhishingDetectAnalyst } from './eth-phishing-detect.ts';
import { listsAnalyst } from './lists.ts';
import { loadList } from './load.ts';

const site = (host: string) => ({ kind: 'site', host }) as const;

test('finds a listed host and hosts below it, and is silent otherwise', () => {
  assert.equal(ethPhishingDetectAnalyst.readSync(site('myetherwalled.cf')).probabilityPpm, 985_000);
  assert.equal(ethPhishingDetectAnalyst.readSync(site('login.myetherwalled.cf')).facts.entry, 'myetherwalled.cf');
  assert.equal(ethPhishingDetectAnalyst.readSync(site('uniswap.org')).probabilityPpm, null);
});

test('the fuzzy rule is not used: names near the fuzzy list pass', () => {
  for (const host of ['opensei.io', 'auctis.org', 'metamast.io'])
    assert.equal(ethPhishingDetectAnalyst.readSync(site(host)).probabilityPpm, null);
});

test('a listed hosting service does not condemn its customers', () => {
  const own = listsAnalyst([{ name: 'own', asOf: '2026-01-01', deny: new Set(['pages.dev', 'bad.pages.dev']) }]);
  assert.equal(own.readSync(site('good.pages.dev')).probabilityPpm, null);
  assert.equal(own.readSync(site('bad.pages.dev')).probabilityPpm, 985_000);
});

test('loads the three published forms and refuses the rest', () => {
  for (const text of [
    '# hosts\n0.0.0.0 evil.com\n',
    'evil.com\n',
    '{"blacklist":["evil.com"]}',
    '["Evil.com."]',
    '{"deny":["evil.com"]}',
  ]) {
    const list = loadList(text, 'x', '2026-01-01');
    assert.deepEqual(list.ok && [...list.value.deny], ['evil.com'], text);
  }
  for (const text of ['', '{', '{}', '[]', 'no hosts here']) {
    const list = loadList(text, 'x', '2026-01-01');
    assert.equal(!list.ok && list.problem.code, 'input.malformed', text);
  }
});
