import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { href, parseRoute, type Route } from './router.ts';

const id = 'ab'.repeat(32);

test('every route reads back from its own link', () => {
  const routes: Exclude<Route, { kind: 'nowhere' }>[] = [
    { kind: 'ask', question: '' },
    { kind: 'ask', question: 'Is a?b=c&d.example a scam? 100 %' },
    { kind: 'markets' },
    { kind: 'market', marketId: id },
    { kind: 'receipt', receiptId: id },
    { kind: 'verify' },
    { kind: 'prove' },
    { kind: 'players' },
    { kind: 'models' },
    { kind: 'model', publisher: `0x${'11'.repeat(20)}`, name: 'digits-2.1' },
    { kind: 'runs' },
    { kind: 'run', claimId: id },
    { kind: 'chain-court' },
    { kind: 'chain-case', caseId: '12' },
    { kind: 'account' },
  ];
  for (const route of routes) assert.deepEqual(parseRoute(href(route)), route);
});

test('any address is some route', () => {
  fc.assert(fc.property(fc.string(), (text) => assert.ok(typeof parseRoute(`#${text}`).kind === 'string')));
  assert.equal(parseRoute('#/market/not-an-id').kind, 'nowhere');
  assert.equal(parseRoute('#/markets/extra/parts').kind, 'nowhere');
  assert.equal(parseRoute('#/run/not-an-id').kind, 'nowhere');
  assert.equal(parseRoute('#/model/digits').kind, 'nowhere');
  for (const path of ['0', '-1', 'x', '1/2']) assert.equal(parseRoute(`#/court/chain/${path}`).kind, 'nowhere');
  assert.equal(parseRoute(`#/model/0x${'11'.repeat(20)}/digits/2`).kind, 'nowhere');
});
