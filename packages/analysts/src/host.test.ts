import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hostParts, MAX_HOST_CHARACTERS } from './host.ts';

test('takes a host apart where people register, shared hosting included', () => {
  const cases = [
    ['www.app.uniswap.org.', 'uniswap.org', 'uniswap', 'org', ['app'], false],
    ['a.b.shop.co.uk', 'shop.co.uk', 'shop', 'co.uk', ['a', 'b'], false],
    ['evil.pages.dev', 'evil.pages.dev', 'evil', 'pages.dev', [], true],
    ['evil.wixsite.com', 'evil.wixsite.com', 'evil', 'wixsite.com', [], true],
  ] as const;
  for (const [host, registrable, label, suffix, subdomains, sharedHosting] of cases) {
    const { registrable: r, label: l, suffix: s, subdomains: u, sharedHosting: h } = hostParts(host);
    assert.deepEqual([r, l, s, u, h], [registrable, label, suffix, subdomains, sharedHosting], host);
  }
});

test('an IP address has no label', () => {
  assert.deepEqual([hostParts('52.2.239.151').isIp, hostParts('52.2.239.151').label], [true, '']);
});

test('is total and bounded', () => {
  fc.assert(fc.property(fc.string({ maxLength: 600 }), (text) => hostParts(text).host.length <= MAX_HOST_CHARACTERS));
});
