/**
 * Writes `vectors/merkle.json`: roots, proofs, tile paths and notes of small logs. Keys in it are published: never use
 * them. Run: `node scripts/vectors/merkle.ts`
 */
import { toHex, utf8 } from '../../packages/core/src/bytes.ts';
import { ed25519PublicKey } from '../../packages/core/src/ed25519.ts';
import { keccak256 } from '../../packages/core/src/hash.ts';
import { formatCheckpoint, signCheckpoint } from '../../packages/core/src/log/checkpoint.ts';
import { cosign } from '../../packages/core/src/log/cosignature.ts';
import { appendLeaf, EMPTY_FRONTIER, type Frontier, frontierRoot } from '../../packages/core/src/log/frontier.ts';
import { leafHash } from '../../packages/core/src/log/hash.ts';
import { proveConsistency, proveInclusion } from '../../packages/core/src/log/ranges.ts';
import { tilePath } from '../../packages/core/src/log/tiles.ts';
import { writeVectors } from './write.ts';

const SIZE = 11;
const entries = Array.from({ length: SIZE }, (_, i) => utf8(i === 0 ? '' : `entry ${i}`));
const nodes = new Map<string, Uint8Array>();
const roots = [toHex(frontierRoot(EMPTY_FRONTIER))];
let frontier: Frontier = EMPTY_FRONTIER;
for (const entry of entries) {
  const step = appendLeaf(frontier, leafHash(entry));
  frontier = step.frontier;
  roots.push(toHex(frontierRoot(frontier)));
  for (const node of step.completed) nodes.set(`${node.level}/${node.index}`, node.hash);
}
const readNode = (level: number, index: number): Uint8Array => nodes.get(`${level}/${index}`)!;

const inclusion: unknown[] = [];
const consistency: unknown[] = [];
for (const size of [1, 2, 3, 7, 8, 11]) {
  for (let index = 0; index < size; index++) {
    const proof = (await proveInclusion(index, size, readNode)).map(toHex);
    inclusion.push({ index, size, leafHash: toHex(leafHash(entries[index]!)), proof, root: roots[size] });
  }
  for (let first = 1; first <= size; first++) {
    const proof = (await proveConsistency(first, size, readNode)).map(toHex);
    consistency.push({ first, second: size, firstRoot: roots[first], secondRoot: roots[size], proof });
  }
}

const secretKey = keccak256(utf8('surety vector log'));
const witnessKey = keccak256(utf8('surety vector witness'));
const checkpoint = { origin: 'surety.example/log', size: SIZE, root: frontierRoot(frontier), extensions: [] };
const text = formatCheckpoint(checkpoint);
const witness = { name: 'witness.example/w1', secretKey: witnessKey, time: 1_793_491_200 };

writeVectors('merkle', {
  description:
    'RFC 9162 trees of the entries below (spec/08-log.md): roots by size, proofs, tile paths, a cosigned checkpoint.',
  entries: entries.map(toHex),
  leafHashes: entries.map((entry) => toHex(leafHash(entry))),
  roots,
  inclusion,
  consistency,
  tilePaths: [
    { level: 0, index: 0, width: 256 },
    { level: 0, index: 273, width: 112 },
    { level: 1, index: 1067, width: 8 },
    { level: 'entries' as const, index: 1_234_067, width: 256 },
  ].map((tile) => ({ ...tile, path: tilePath(tile) })),
  checkpoint: {
    logPublicKey: ed25519PublicKey(secretKey),
    witness: { name: witness.name, publicKey: ed25519PublicKey(witnessKey), time: witness.time },
    note: signCheckpoint(checkpoint, secretKey, [cosign(text, witness)]),
  },
});
