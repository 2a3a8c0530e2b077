/**
 * The log: an RFC 9162 Merkle tree over the leaves of receipts, publications and commitments. Its stream in the journal is the log; nodes and tiles are
 * derived from it and kept in memory.
 */
import {
  appendLeaf,
  buildTile,
  type CommitmentLeaf,
  commitmentLeafBytes,
  EMPTY_FRONTIER,
  encodeEntries,
  type Frontier,
  fromHex,
  frontierRoot,
  type LeafProof,
  type LogLeaf,
  leafHash,
  logLeafBytes,
  type ModelLeaf,
  type ModelTurn,
  modelLeafBytes,
  parseTilePath,
  proveConsistency,
  proveInclusion,
  type Receipt,
  type Result,
  refuse,
  type SignedReceipt,
  signCheckpoint,
  toBase64,
  toHex,
  unwrap,
} from '@surety/core';
import type { Effect, Game } from '../journal/game.ts';
import type { Host } from '../journal/host.ts';

export const LOG_STREAM = 'log:receipts';

export type AnyLeaf = LogLeaf | ModelLeaf | CommitmentLeaf;

export type LogEvent = { readonly kind: 'appended'; readonly leaf: AnyLeaf; readonly at: number };

/** The bytes of a leaf: its canonical JSON. */
export const leafBytes = (leaf: AnyLeaf): Uint8Array => {
  switch (leaf.type) {
    case 'surety/leaf/receipt/v2':
      return logLeafBytes(leaf);
    case 'surety/leaf/model/v1':
      return modelLeafBytes(leaf);
    case 'surety/leaf/commitment/v1':
      return commitmentLeafBytes(leaf);
  }
};

const turnKey = (publicationId: string, turn: ModelTurn): string => `${turn}:${publicationId}`;

const commitmentKey = (commitment: string): string => `commitment:${commitment}`;

/** Under which name a leaf is looked for. */
const keyOf = (leaf: AnyLeaf): string => {
  switch (leaf.type) {
    case 'surety/leaf/receipt/v2':
      return leaf.receiptId;
    case 'surety/leaf/model/v1':
      return turnKey(leaf.publicationId, leaf.event);
    case 'surety/leaf/commitment/v1':
      return commitmentKey(leaf.commitment);
  }
};

/** The log as a game: its state is the right edge of the tree, enough to append and to sign. */
export const logGame: Game<Frontier, LogEvent, Effect> = {
  name: 'log',
  initial: () => EMPTY_FRONTIER,
  step: (state, { leaf }) => ({
    kind: 'accepted',
    state: appendLeaf(state, leafHash(leafBytes(leaf))).frontier,
    effects: [],
  }),
  encodeEvent: (event) => event,
  decodeEvent: (json) => json as LogEvent,
  encodeState: ({ size, hashes }) => ({ size, hashes: hashes.map(toHex) }),
  decodeState: (json) => {
    const { size, hashes } = json as { size: number; hashes: string[] };
    return { size, hashes: hashes.map((hash) => unwrap(fromHex(hash, { bytes: 32, field: 'hashes' }))) };
  },
};

export type Placed<L = LogLeaf> = { readonly index: number; readonly leaf: L };

export type ReceiptLog = {
  readonly origin: string;
  /** Where a receipt's leaf is, if it is in the log. */
  readonly find: (receiptId: string) => Promise<Placed | undefined>;
  /** The receipt with a fresh inclusion proof and checkpoint. */
  readonly prove: (receipt: SignedReceipt, index: number) => Promise<Receipt>;
  /** Where the leaf of a publication's turn is. */
  readonly findTurn: (publicationId: string, turn: ModelTurn) => Promise<Placed<ModelLeaf> | undefined>;
  /** Whether a leaf shows a program: it was published in the open, or revealed. */
  readonly isPublic: (program: string) => Promise<boolean>;
  /** Where a commitment first is. */
  readonly findCommitment: (commitment: string) => Promise<Placed<CommitmentLeaf> | undefined>;
  /** How many commitments were entered after a time in Unix seconds, counted up to `most`. */
  readonly commitmentsSince: (at: number, most: number) => Promise<number>;
  /** A fresh inclusion proof of a leaf, with the checkpoint that it leads to. */
  readonly proofOf: (index: number) => Promise<LeafProof>;
  /** Fresh inclusion proofs of leaves, hashes in base64, all of them to one checkpoint. */
  readonly proofsOf: (
    indexes: readonly number[],
  ) => Promise<{ readonly checkpoint: string; readonly inclusions: readonly (readonly string[])[] }>;
  /** Size, root and signed checkpoint of the log now. */
  readonly checkpoint: () => Promise<{ readonly size: number; readonly root: Uint8Array; readonly note: string }>;
  /** Consistency proof from an earlier size to a later one, hashes in base64. */
  readonly consistency: (from: number, to: number) => Promise<readonly string[]>;
  /** The bytes of a tile or entry bundle at its C2SP path, as far as the log has grown. */
  readonly tile: (path: string) => Promise<Result<Uint8Array>>;
};

const PAGE = 5_000;

/** The log of a host, signed with an Ed25519 secret key under the name `origin`. */
export const createReceiptLog = (host: Host, origin: string, secretKey: Uint8Array): ReceiptLog => {
  const levels: Uint8Array[][] = [];
  const leaves: AnyLeaf[] = [];
  const places = new Map<string, number>();
  const programs = new Set<string>();
  /** Times of commitments, in their order. */
  const entered: number[] = [];
  let frontier = EMPTY_FRONTIER;
  let growing: Promise<void> = Promise.resolve();

  const take = (leaf: AnyLeaf): void => {
    const grown = appendLeaf(frontier, leafHash(leafBytes(leaf)));
    frontier = grown.frontier;
    const key = keyOf(leaf);
    // Of a commitment that was entered twice, the first entry counts.
    if (!places.has(key)) places.set(key, leaves.length);
    leaves.push(leaf);
    if (leaf.type === 'surety/leaf/commitment/v1') entered.push(leaf.at);
    if (leaf.type === 'surety/leaf/model/v1' && leaf.program !== null) programs.add(leaf.program);
    for (const { level, index, hash } of grown.completed) {
      levels[level] ??= [];
      levels[level][index] = hash;
    }
  };

  /** Reads what has become durable since the last time; calls share one reading. */
  const grow = (): Promise<void> => {
    growing = growing.then(async () => {
      for (;;) {
        const events = await host.read(LOG_STREAM, leaves.length, PAGE);
        for (const { data } of events) take((data as LogEvent).leaf);
        if (events.length < PAGE) return;
      }
    });
    const current = growing;
    growing = growing.catch(() => undefined);
    return current;
  };

  const node = (level: number, index: number): Uint8Array => {
    const hash = levels[level]?.[index];
    if (hash !== undefined) return hash;
    return unwrap<Uint8Array>(
      refuse({
        code: 'input.out-of-range',
        message: `The log has no complete node ${index} at level ${level}.`,
        next: 'Ask within the size of the checkpoint.',
        field: 'index',
        value: `${level}/${index}`,
      }),
    );
  };

  let signed = { size: -1, note: '' };

  const sign = (): string => {
    const { size } = frontier;
    if (signed.size !== size)
      signed = {
        size,
        note: signCheckpoint({ origin, size, root: frontierRoot(frontier), extensions: [] }, secretKey),
      };
    return signed.note;
  };

  const find = async (key: string): Promise<Placed<AnyLeaf> | undefined> => {
    if (!places.has(key)) await grow();
    const index = places.get(key);
    return index === undefined ? undefined : { index, leaf: leaves[index]! };
  };

  const proofsOf: ReceiptLog['proofsOf'] = async (indexes) => {
    if (indexes.some((index) => index >= frontier.size)) await grow();
    // The tree grows while proofs are made: all are of the tree that is signed here.
    const { size } = frontier;
    const checkpoint = sign();
    const proofs = await Promise.all(indexes.map((index) => proveInclusion(index, size, node)));
    return { checkpoint, inclusions: proofs.map((proof) => proof.map(toBase64)) };
  };

  const proofOf = async (index: number): Promise<LeafProof> => {
    const { checkpoint, inclusions } = await proofsOf([index]);
    return { index, inclusion: inclusions[0]!, checkpoint };
  };

  return {
    origin,
    find: async (receiptId) => (await find(receiptId)) as Placed | undefined,
    findTurn: async (publicationId, turn) =>
      (await find(turnKey(publicationId, turn))) as Placed<ModelLeaf> | undefined,
    isPublic: async (program) => {
      if (!programs.has(program)) await grow();
      return programs.has(program);
    },
    findCommitment: async (commitment) => (await find(commitmentKey(commitment))) as Placed<CommitmentLeaf> | undefined,
    commitmentsSince: async (at, most) => {
      await grow();
      return entered.slice(-most).filter((time) => time > at).length;
    },
    proofOf,
    proofsOf,
    prove: async (receipt, index) => ({ ...receipt, log: await proofOf(index) }),
    checkpoint: async () => {
      await grow();
      return { size: frontier.size, root: frontierRoot(frontier), note: sign() };
    },
    consistency: async (from, to) => {
      if (to > frontier.size) await grow();
      return (await proveConsistency(from, to, node)).map(toBase64);
    },
    tile: async (path) => {
      const tile = parseTilePath(path);
      if (!tile.ok) return tile;
      await grow();
      const { level, index, width } = tile.value;
      const span = level === 'entries' ? 1 : 256 ** level;
      if ((index * 256 + width) * span > frontier.size) {
        return refuse({
          code: 'log.no-such-tile',
          message: `The log has ${frontier.size} entries and no tile ${path} yet.`,
          next: 'Ask for tiles that the current checkpoint covers.',
          field: 'path',
          value: path,
        });
      }
      const first = index * 256;
      const bytes =
        level === 'entries'
          ? encodeEntries(leaves.slice(first, first + width).map(leafBytes))
          : await buildTile(tile.value, node);
      return { ok: true, value: bytes };
    },
  };
};
