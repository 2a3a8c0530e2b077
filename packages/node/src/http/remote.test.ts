import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRemote } from './remote.ts';

const from = (remoteAddress: string | undefined, forwarded?: string | string[]) => ({
  socket: { remoteAddress },
  headers: { ...(forwarded !== undefined && { 'x-forwarded-for': forwarded as string }) },
});

test('without a proxy of its own a node believes no header', () => {
  const remote = createRemote([]);
  assert.equal(remote(from('192.0.2.1', '198.51.100.9')), '192.0.2.1');
  assert.equal(remote(from('::ffff:127.0.0.1', '198.51.100.9')), '127.0.0.1');
  assert.equal(remote(from(undefined)), 'unknown');
});

test('a proxy is believed what it wrote, which is last, and nothing that somebody else wrote before', () => {
  const remote = createRemote(['127.0.0.1', '10.0.0.2']);
  assert.equal(remote(from('::ffff:127.0.0.1', '198.51.100.9')), '198.51.100.9');
  assert.equal(remote(from('127.0.0.1', '203.0.113.5, 198.51.100.9')), '198.51.100.9');
  assert.equal(remote(from('127.0.0.1', ['203.0.113.5', '198.51.100.9,10.0.0.2'])), '198.51.100.9', 'two in a row');
  assert.equal(remote(from('127.0.0.1', '2001:db8::1')), '2001:db8::1');
  assert.equal(remote(from('198.51.100.9', '203.0.113.5')), '198.51.100.9', 'whoever comes by another way');
});

test('a proxy that says nothing, or no address, is itself who asks', () => {
  const remote = createRemote(['127.0.0.1']);
  for (const said of [undefined, '', 'unknown', '198.51.100.9, evil', '127.0.0.1'])
    assert.equal(remote(from('127.0.0.1', said)), '127.0.0.1', said);
});
