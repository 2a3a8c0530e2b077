import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { utf8 } from '../bytes.ts';
import { unwrap } from '../errors.ts';
import { appendLeaf, EMPTY_FRONTIER, type Frontier, frontierRoot } from './frontier.ts';
import { leafHash } from './hash.ts';
import { proveConsistency, proveInclusion, type ReadNode } from './ranges.ts';
import { buildTile, decodeEntries, encodeEntries, newTiles, nodesFromTiles, parseTilePath, tilePath } from './tiles.ts';
import { verifyConsistency, verifyInclusion } from './verify-proof.ts';

test('paths of the specification', () => {
  assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067');
  assert.equal(tilePath({ level: 1, index: 1067, width: 8 }), 'tile/1/x001/067.p/8');
  assert.equal(tilePath({ level: 'entries', index: 0, width: 255 }), 'tile/entries/000.p/255');
});

test('a path has one spelling', () => {
  const level = fc.oneof(fc.constant('entries' as const), fc.nat({ max: 63 }));
  const tile = fc.record({ level, index: fc.nat({ max: 10_000_000 }), width: fc.integer({ min: 1, max: 256 }) });
  fc.assert(fc.property(tile, (t) => assert.deepEqual(unwrap(parseTilePath(tilePath(t))), { ...t })));
  const others = [
    '',
    'tile/0/1',
    'tile/00/001',
    'tile/64/001',
    'tile/0/x000/001',
    'tile/0/001.p/0',
    'tile/0/001.p/256',
    'tile/0/001.p/08',
    'tile/0/001/../002',
    '/tile/0/001',
    'tile/0/001\n',
  ];
  for (const path of others) assert.ok(!parseTilePath(path).ok, path);
});

const SIZE = 600;
const entries = Array.from({ length: SIZE }, (_, i) => utf8(`entry ${i}`));
const nodes = new Map<string, Uint8Array>();
const roots: Uint8Array[] = [];
let frontier: Frontier = EMPTY_FRONTIER;
for (const entry of entries) {
  roots.push(frontierRoot(frontier));
  const step = appendLeaf(frontier, leafHash(entry));
  frontier = step.frontier;
  for (const node of step.completed) nodes.set(`${node.level}/${node.index}`, node.hash);
}
roots.push(frontierRoot(frontier));
const fromMemory: ReadNode = (level, index) => nodes.get(`${level}/${index}`)!;

/** A log written tile by tile, at several sizes, as a server would. */
const served = new Map<string, Uint8Array>();
for (const [previous, size] of [
  [0, 3],
  [3, 255],
  [255, 256],
  [256, 513],
  [513, SIZE],
] as const) {
  for (const tile of newTiles(previous, size)) {
    const bundle = encodeEntries(entries.slice(tile.index * 256, tile.index * 256 + tile.width));
    served.set(tilePath(tile), tile.level === 'entries' ? bundle : await buildTile(tile, fromMemory));
  }
}
const readTile = async (path: string): Promise<Uint8Array> => served.get(path) ?? assert.fail(`no tile ${path}`);

test('tiles written as the log grows are all that proofs need', async () => {
  for (const size of [1, 3, 255, 256, 513, SIZE].filter((s) => s !== 1)) {
    const readNode = nodesFromTiles(readTile, size);
    for (const index of [0, 1, 2, 254, 255, 256, 511, 512, SIZE - 1].filter((i) => i < size)) {
      const proof = await proveInclusion(index, size, readNode);
      assert.ok(verifyInclusion(leafHash(entries[index]!), { index, size }, proof, roots[size]!).ok);
    }
    for (const first of [1, 2, 3, 255, 256, 257].filter((s) => s <= size)) {
      const proof = await proveConsistency(first, size, readNode);
      assert.ok(verifyConsistency({ size: first, root: roots[first]! }, { size, root: roots[size]! }, proof).ok);
    }
  }
});

test('a tile of another length is refused', async () => {
  const readNode = nodesFromTiles(async () => new Uint8Array(31), 3);
  await assert.rejects(async () => readNode(0, 0), { name: 'SuretyError' });
});

test('entry bundles hold exactly their entries', () => {
  const bundle = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 10 });
  fc.assert(
    fc.property(bundle, (list) => {
      const bytes = encodeEntries(list);
      assert.deepEqual(unwrap(decodeEntries(bytes, list.length)), list);
      assert.ok(!decodeEntries(bytes, list.length + 1).ok);
      if (list.length > 0) {
        assert.ok(!decodeEntries(bytes, list.length - 1).ok);
        assert.ok(!decodeEntries(bytes.subarray(1), list.length).ok || bytes.length < 2);
      }
    }),
  );
  assert.throws(() => encodeEntries([new Uint8Array(65_536)]), { name: 'SuretyError' });
});
