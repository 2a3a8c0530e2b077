import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { it } from 'node:test';
import { GENESIS_HASH, type Hashed, nextHash } from './hash-chain.ts';

const event: Hashed = { stream: 'purse:a', seq: 1, kind: 'change', at: 1_700_000_000, body: '{"by":"1"}' };

it('a link is SHA-256 over the previous link, the header and the body, as the specification writes it', () => {
  const text = `${'0'.repeat(64)}\npurse:a\n1\nchange\n1700000000\n{"by":"1"}`;
  assert.equal(nextHash(GENESIS_HASH, event), createHash('sha256').update(text, 'utf8').digest('hex'));
});

it('every part of an event is under its hash', () => {
  const changes: readonly Partial<Hashed>[] = [
    { stream: 'purse:b' },
    { seq: 2 },
    { kind: 'x' },
    { at: 1 },
    { body: '{}' },
  ];
  const hashes = [nextHash(GENESIS_HASH, event), nextHash('11'.repeat(32), event)];
  for (const change of changes) hashes.push(nextHash(GENESIS_HASH, { ...event, ...change }));
  assert.equal(new Set(hashes).size, changes.length + 2);
});
