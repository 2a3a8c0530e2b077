import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isPublicAddress } from './guard.ts';

test('refuses every special-purpose address, wrapped ones included', () => {
  const refused = `127.0.0.1 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 255.255.255.255
    224.0.0.1 198.18.0.1 192.0.2.1 203.0.113.9 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd00:ec2::254 ff02::1 ::ffff:127.0.0.1
    ::ffff:7f00:1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::a00:1 64:ff9b:1::1 2002:7f00:1:: 2001::1 2001:db8::1 100::1 5f00::1
    localhost 0x7f000001 2130706433 127.1 0177.0.0.1 [::1]`;
  for (const address of refused.split(/\s+/)) assert.equal(isPublicAddress(address), false, address);
});

test('allows the public Internet', () => {
  for (const address of [
    '8.8.8.8',
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.1',
    '2606:4700:4700::1111',
    '2a00:1450:4001::1',
  ]) {
    assert.equal(isPublicAddress(address), true, address);
  }
});

test('an IPv4-mapped address is never allowed, whatever it wraps', () => {
  fc.assert(fc.property(fc.ipV4(), (ip) => !isPublicAddress(`::ffff:${ip}`)));
});
