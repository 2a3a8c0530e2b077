import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkOf, networkTag, subscriberOf } from './network.ts';

test('the network of an address is what one site is given, and an address inside says nothing', () => {
  const networks: readonly (readonly [string, string | null])[] = [
    ['192.0.2.77', '192.0.2.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8:0::/48'],
    ['2001:DB8:0001::', '2001:db8:1::/48'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0::/48'],
    ['127.0.0.1', null],
    ['::1', null],
    ['::ffff:10.1.2.3', null],
    ['fe80::1%eth0', null],
    ['fd00::1', null],
    ['100.64.9.9', null],
    ['mcp stdio', null],
    ['unknown', null],
  ];
  for (const [address, network] of networks) assert.equal(networkOf(address), network, address);
});

test('a subscriber of IPv6 has 64 bits, whichever address of them it uses', () => {
  assert.equal(subscriberOf('2001:db8:1:2::9'), subscriberOf('2001:db8:1:2:ffff::1'));
  assert.notEqual(subscriberOf('2001:db8:1:2::9'), subscriberOf('2001:db8:1:3::9'));
  assert.equal(subscriberOf('::ffff:192.0.2.77'), '192.0.2.77');
  assert.equal(subscriberOf('mcp stdio'), 'mcp stdio');
});

test('a tag is one number for a network within a scope, another elsewhere, and 16 bits', () => {
  const tag = (scope: string, remote: string) => networkTag('s', scope, remote)!;
  assert.equal(tag('a', '192.0.2.1'), tag('a', '192.0.2.254'));
  assert.notEqual(tag('a', '192.0.2.1'), tag('b', '192.0.2.1'));
  assert.notEqual(tag('a', '192.0.2.1'), networkTag('t', 'a', '192.0.2.1'));
  const tags = new Set(Array.from({ length: 200 }, (_, i) => tag('a', `198.51.${i}.1`)));
  assert.ok(tags.size > 195 && [...tags].every((each) => each >= 0 && each < 65_536));
  assert.equal(networkTag('s', 'a', '127.0.0.1'), null);
});
