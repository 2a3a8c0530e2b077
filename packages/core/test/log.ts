/** Logs of given leaves, as a node would sign them. For tests. */
import { toBase64 } from '../src/bytes.ts';
import { formatCheckpoint, signCheckpoint } from '../src/log/checkpoint.ts';
import { cosign } from '../src/log/cosignature.ts';
import { appendLeaf, EMPTY_FRONTIER, type Frontier, frontierRoot } from '../src/log/frontier.ts';
import { leafHash } from '../src/log/hash.ts';
import { proveInclusion } from '../src/log/ranges.ts';
import { KEYS, TRUST } from './sample.ts';

export type TestLog = {
  readonly checkpoint: string;
  /** Of each leaf in turn, hashes in base64. */
  readonly inclusions: readonly (readonly string[])[];
};

export type TestLogOptions = {
  /** Ed25519; the sample log's unless stated. */
  readonly secretKey?: Uint8Array;
  /** When the sample witness cosigns, in Unix seconds; it does not unless stated. */
  readonly witnessedAt?: number;
};

/** @param leaves bytes of each */
export const logOf = async (
  leaves: readonly Uint8Array[],
  { secretKey = KEYS.log, witnessedAt }: TestLogOptions = {},
): Promise<TestLog> => {
  const nodes = new Map<string, Uint8Array>();
  let frontier: Frontier = EMPTY_FRONTIER;
  for (const leaf of leaves) {
    const grown = appendLeaf(frontier, leafHash(leaf));
    frontier = grown.frontier;
    for (const { level, index, hash } of grown.completed) nodes.set(`${level} ${index}`, hash);
  }
  const { origin, witnesses } = TRUST.logs[0]!;
  const head = { origin, size: leaves.length, root: frontierRoot(frontier), extensions: [] };
  const by = { name: witnesses[0]!.name, secretKey: KEYS.witness };
  const lines = witnessedAt === undefined ? [] : [cosign(formatCheckpoint(head), { ...by, time: witnessedAt })];
  const inclusions = await Promise.all(
    leaves.map(async (_, index) => {
      const proof = await proveInclusion(index, leaves.length, (level, at) => nodes.get(`${level} ${at}`)!);
      return proof.map(toBase64);
    }),
  );
  return { checkpoint: signCheckpoint(head, secretKey, lines), inclusions };
};
