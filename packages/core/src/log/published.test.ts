import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fromBase64, toHex } from '../bytes.ts';
import { unwrap } from '../errors.ts';
import { openCheckpoint, verifyLogSignature } from './checkpoint.ts';
import { appendLeaf, EMPTY_FRONTIER, type Frontier, frontierRoot } from './frontier.ts';
import { leafHash } from './hash.ts';
import { parseVerifierKey } from './note.ts';
import { proveInclusion } from './ranges.ts';
import { decodeEntries, nodesFromTiles } from './tiles.ts';
import { verifyConsistency, verifyInclusion } from './verify-proof.ts';

// data that is not part of the project: n/a, never a pass, where it is absent
const DATA = new URL('../../../../../shared/data/', import.meta.url);
const skip = (folder: string): string | false =>
  existsSync(new URL(folder, DATA)) ? false : 'n/a: no shared data here';

const cases = <T>(folder: string): T[] =>
  readdirSync(new URL(folder, DATA), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(new URL(`${folder}/${name}`, DATA), 'utf8')) as T);

const bytes = (text: string | null): Uint8Array => unwrap(fromBase64(text ?? ''));

test('transparency-dev/merkle: inclusion', { skip: skip('merkle') }, (t) => {
  type Case = {
    leafIdx: number;
    treeSize: number;
    root: string;
    leafHash: string;
    proof: string[] | null;
    wantErr: boolean;
  };
  const all = cases<Case>('merkle/inclusion');
  for (const c of all) {
    const at = { index: c.leafIdx, size: c.treeSize };
    const result = verifyInclusion(bytes(c.leafHash), at, (c.proof ?? []).map(bytes), bytes(c.root));
    assert.equal(result.ok, !c.wantErr, JSON.stringify(c));
  }
  t.diagnostic(`${all.length} cases`);
});

test('transparency-dev/merkle: consistency', { skip: skip('merkle') }, (t) => {
  type Case = {
    size1: number;
    size2: number;
    root1: string;
    root2: string;
    proof: string[] | null;
    wantErr: boolean;
    desc: string;
  };
  const all = cases<Case>('merkle/consistency');
  const differs: string[] = [];
  for (const c of all) {
    const first = { size: c.size1, root: bytes(c.root1) };
    const second = { size: c.size2, root: bytes(c.root2) };
    const result = verifyConsistency(first, second, (c.proof ?? []).map(bytes));
    if (result.ok === c.wantErr) differs.push(c.desc);
  }
  t.diagnostic(`${all.length - differs.length} of ${all.length} cases`);
  // the one we refuse has "roots" of 12 bytes, which are no SHA-256 hashes
  assert.deepEqual(differs, ['sizes are equal (one) and proof is empty']);
});

test('transparency-dev/tessera: a small tiled log', { skip: skip('tlog-tiles') }, async () => {
  const file = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`tlog-tiles/${name}`, DATA)));
  const { note, checkpoint } = unwrap(openCheckpoint(new TextDecoder().decode(file('checkpoint'))));
  const key = unwrap(
    parseVerifierKey('example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx'),
  );
  assert.ok(verifyLogSignature(note, key).ok);
  const { size } = checkpoint;
  const entries = unwrap(decodeEntries(file(`tile/entries/000.p/${size}`), size));
  let frontier: Frontier = EMPTY_FRONTIER;
  for (const entry of entries) frontier = appendLeaf(frontier, leafHash(entry)).frontier;
  assert.equal(toHex(frontierRoot(frontier)), toHex(checkpoint.root));
  const readNode = nodesFromTiles(async (path) => file(path), size);
  for (let index = 0; index < size; index++) {
    const proof = await proveInclusion(index, size, readNode);
    assert.ok(verifyInclusion(leafHash(entries[index]!), { index, size }, proof, checkpoint.root).ok);
  }
});
