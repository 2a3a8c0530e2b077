import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hostParts } from '../host.ts';
import { BRANDS, ownerOf } from './brand.ts';
import { imitationOf, type Trick } from './imitation.ts';
import { lookalikeAnalyst } from './lookalike.ts';
import { skeleton } from './skeleton.ts';

const CASES: readonly (readonly [string, string, Trick])[] = [
  ['uniswap.org.evil.xyz', 'uniswap', 'domain-in-subdomain'],
  ['uniswap.org-claim.xyz', 'uniswap', 'domain-in-subdomain'],
  ['xn--mtamask-bya.io', 'metamask', 'homoglyph'],
  ['c0inbase.com', 'coinbase', 'homoglyph'],
  ['rnetamask.io', 'metamask', 'homoglyph'],
  ['metamsak.io', 'metamask', 'typo'],
  ['uniswap-claim.app', 'uniswap', 'combination'],
  ['claimuniswap.com', 'uniswap', 'combination'],
  ['uniswap.xyz', 'uniswap', 'other-suffix'],
  ['coinbase.example.com', 'coinbase', 'subdomain'],
];

test('names brand and trick', () => {
  for (const [host, brand, trick] of CASES) {
    const found = imitationOf(hostParts(host));
    assert.deepEqual([found?.brand, found?.trick], [brand, trick], host);
  }
});

test("a brand's own domains, and names that resemble none, imitate nothing", () => {
  for (const brand of BRANDS)
    for (const domain of brand.domains) assert.equal(imitationOf(hostParts(`app.${domain}`)), null, domain);
  for (const host of ['thebluebakery.com', 'basecamp.com', 'example.org', '52.2.239.151', 'pages.dev', ''])
    assert.equal(imitationOf(hostParts(host)), null, host);
});

test('every domain belongs to one brand and parses', () => {
  const all = BRANDS.flatMap((brand) => brand.domains);
  for (const domain of all) assert.ok(ownerOf(hostParts(domain)), domain);
  assert.ok(BRANDS.length > 400);
});

test('skeletons see through other alphabets and ASCII tricks', () => {
  assert.equal(skeleton('mеtаmаsk'), skeleton('metamask'));
  assert.equal(skeleton('UNISWÁP'), skeleton('un1swap'));
  const text = fc.string({ unit: fc.constantFrom(...'mrnvwao0il1-éа') });
  fc.assert(fc.property(text, (t) => skeleton(skeleton(t)) === skeleton(t)));
});

test('reads hosts nobody should send without throwing', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 300 }),
      (text) => lookalikeAnalyst.readSync({ kind: 'site', host: text }).didNotSee.length > 0,
    ),
    { numRuns: 40 },
  );
});
