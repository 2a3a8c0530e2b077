import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromHex, toHex } from '../bytes.ts';
import { unwrap } from '../errors.ts';
import { openCheckpoint, verifyLogSignature } from './checkpoint.ts';
import { verifyCosignature } from './cosignature.ts';
import { appendLeaf, EMPTY_FRONTIER, frontierRoot } from './frontier.ts';
import { leafHash } from './hash.ts';
import { tilePath } from './tiles.ts';
import { verifyConsistency, verifyInclusion } from './verify-proof.ts';

type Vectors = {
  entries: string[];
  leafHashes: string[];
  roots: string[];
  inclusion: { index: number; size: number; leafHash: string; proof: string[]; root: string }[];
  consistency: { first: number; second: number; firstRoot: string; secondRoot: string; proof: string[] }[];
  tilePaths: { level: number | 'entries'; index: number; width: number; path: string }[];
  checkpoint: { logPublicKey: string; witness: { name: string; publicKey: string; time: number }; note: string };
};
const v = JSON.parse(readFileSync(new URL('../../../../vectors/merkle.json', import.meta.url), 'utf8')) as Vectors;
const bytes = (hex: string): Uint8Array => unwrap(fromHex(hex));

test('merkle vectors: leaf hashes and roots', () => {
  let frontier = EMPTY_FRONTIER;
  v.entries.forEach((entry, i) => {
    assert.equal(toHex(leafHash(bytes(entry))), v.leafHashes[i]);
    frontier = appendLeaf(frontier, bytes(v.leafHashes[i]!)).frontier;
    assert.equal(toHex(frontierRoot(frontier)), v.roots[i + 1]);
  });
});

test('merkle vectors: proofs', () => {
  for (const c of v.inclusion) assert.ok(verifyInclusion(bytes(c.leafHash), c, c.proof.map(bytes), bytes(c.root)).ok);
  for (const c of v.consistency) {
    const first = { size: c.first, root: bytes(c.firstRoot) };
    const second = { size: c.second, root: bytes(c.secondRoot) };
    assert.ok(verifyConsistency(first, second, c.proof.map(bytes)).ok);
  }
});

test('merkle vectors: tile paths and the cosigned checkpoint', () => {
  for (const { path, ...tile } of v.tilePaths) assert.equal(tilePath(tile), path);
  const { note, checkpoint } = unwrap(openCheckpoint(v.checkpoint.note));
  assert.equal(toHex(checkpoint.root), v.roots.at(-1));
  assert.ok(verifyLogSignature(note, { name: checkpoint.origin, publicKey: v.checkpoint.logPublicKey }).ok);
  assert.equal(unwrap(verifyCosignature(note, v.checkpoint.witness)), v.checkpoint.witness.time);
});
