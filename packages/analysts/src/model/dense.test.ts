import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostParts } from '../host.ts';
import { denseFeatures, type Layout } from './dense.ts';

const row = (host: string, layout: Layout) => denseFeatures(hostParts(host), layout);

test('the shape of a name says nothing of its letters, and its meaning nothing of the rest', () => {
  assert.deepEqual(row('bank-of-tom.com', 'shape'), row('sult-ip-dix.com', 'shape'));
  assert.notDeepEqual(row('bank-of-tom.com', 'shape'), row('bank-of-toms.com', 'shape'));
  assert.deepEqual(row('claim-xyzxyz.com', 'meaning'), row('claim-qrsqrs.org', 'meaning'));
  assert.notDeepEqual(row('claim-xyzxyz.com', 'meaning'), row('clean-xyzxyz.com', 'meaning'));
});

test('counts of letters do not know their order', () => {
  assert.deepEqual(row('listen-7.com', 'counts'), row('silent-7.org', 'counts'));
  assert.notDeepEqual(row('listen-7.com', 'counts'), row('listens-7.com', 'counts'));
});

test('the plain row is what both see, and the full one the brands besides', () => {
  const plain = row('uniswap-claim.app', 'plain');
  assert.deepEqual(plain.slice(18), row('uniswap-claim.app', 'meaning'));
  assert.deepEqual(plain.slice(0, 18), row('uniswap-claim.app', 'shape').slice(0, 18));
  assert.deepEqual(row('uniswap-claim.app', 'full').slice(0, plain.length), plain);
});
