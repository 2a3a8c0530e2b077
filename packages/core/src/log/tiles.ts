/** Static tiles of a log: C2SP tlog-tiles (https://c2sp.org/tlog-tiles), height 8, SHA-256. */
import { concatBytes } from '../bytes.ts';
import { ok, type Result, refuse, SuretyError, show } from '../errors.ts';
import { HASH_BYTES, nodeHash } from './hash.ts';
import type { ReadNode } from './ranges.ts';

/** Hashes of a full tile. */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;

/** Largest entry: its length is written in two bytes. */
export const MAX_ENTRY_BYTES = 65_535;

/** A tile: `level` counts tiles upwards, or names the entry bundles; `width` is 1 .. 256 hashes or entries. */
export type Tile = { readonly level: number | 'entries'; readonly index: number; readonly width: number };

/** `tile/1/x001/067.p/8`: index in groups of three digits, all but the last marked `x`; `.p/W` when partial. */
export const tilePath = (tile: Tile): string => {
  const digits = tile.index.toString();
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g)!;
  const index = groups.map((group, i) => (i === groups.length - 1 ? group : `x${group}`)).join('/');
  return `tile/${tile.level}/${index}${tile.width === TILE_WIDTH ? '' : `.p/${tile.width}`}`;
};

const PATH = /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** The tile of a path in its one spelling. */
export const parseTilePath = (path: string): Result<Tile> => {
  const match = PATH.exec(path);
  if (match !== null) {
    const level = match[1] === 'entries' ? 'entries' : Number(match[1]);
    const tile: Tile = {
      level,
      index: Number(match[2]!.replaceAll(/[x/]/g, '')),
      width: match[3] === undefined ? TILE_WIDTH : Number(match[3]),
    };
    if (tile.width <= TILE_WIDTH && Number.isSafeInteger(tile.index) && tilePath(tile) === path) return ok(tile);
  }
  return refuse({
    code: 'input.malformed',
    message: 'The path names no tile.',
    next: 'Ask for a path such as tile/0/x001/067 or tile/entries/000.p/8.',
    field: 'path',
    value: show(path),
  });
};

/** Number of hashes at tile level `level` in a tree of `size` leaves. */
const hashesAt = (level: number, size: number): number => Math.floor(size / 2 ** (TILE_HEIGHT * level));

/** The tile that holds hash `index` of tile level `level` in a tree of `size` leaves, as wide as the tree makes it. */
const tileAt = (level: number, index: number, size: number): Tile => {
  const tile = Math.floor(index / TILE_WIDTH);
  return { level, index: tile, width: Math.min(TILE_WIDTH, hashesAt(level, size) - tile * TILE_WIDTH) };
};

/** The tiles that a tree of `size` leaves has and the tree of `previous` leaves had not, entry bundles included. */
export const newTiles = (previous: number, size: number): readonly Tile[] => {
  const tiles: Tile[] = [];
  for (let level = 0; hashesAt(level, size) > 0; level++) {
    const before = hashesAt(level, previous);
    const now = hashesAt(level, size);
    for (let at = before; at < now; at = (Math.floor(at / TILE_WIDTH) + 1) * TILE_WIDTH) {
      const tile = tileAt(level, at, size);
      tiles.push(tile);
      if (level === 0) tiles.push({ ...tile, level: 'entries' });
    }
  }
  return tiles;
};

/** The bytes of a hash tile out of complete nodes. */
export const buildTile = async (tile: Tile, readNode: ReadNode): Promise<Uint8Array> => {
  const level = tile.level === 'entries' ? 0 : tile.level * TILE_HEIGHT;
  const first = tile.index * TILE_WIDTH;
  const reads = Array.from({ length: tile.width }, (_, i) => readNode(level, first + i));
  return concatBytes(...(await Promise.all(reads)));
};

/** Bytes of the tile at a path, as the log serves them. */
export type ReadTile = (path: string) => Promise<Uint8Array>;

/** Complete nodes read out of the tiles of a tree of `size` leaves; each tile is fetched once. */
export const nodesFromTiles = (readTile: ReadTile, size: number): ReadNode => {
  const fetched = new Map<string, Promise<Uint8Array>>();
  const fetchOnce = (path: string): Promise<Uint8Array> => {
    const pending = fetched.get(path) ?? readTile(path);
    fetched.set(path, pending);
    return pending;
  };
  return async (level, index) => {
    const tileLevel = Math.floor(level / TILE_HEIGHT);
    const span = 2 ** (level % TILE_HEIGHT);
    const tile = tileAt(tileLevel, index * span, size);
    const path = tilePath(tile);
    const bytes = await fetchOnce(path);
    if (bytes.length !== tile.width * HASH_BYTES) {
      throw new SuretyError({
        code: 'log.bad-tile',
        message: `The tile ${path} has ${bytes.length} bytes.`,
        next: 'Fetch the tile again from the log.',
        field: path,
        limit: `${tile.width * HASH_BYTES} bytes`,
      });
    }
    const from = (index * span) % TILE_WIDTH;
    let row: Uint8Array[] = Array.from({ length: span }, (_, i) =>
      bytes.slice((from + i) * HASH_BYTES, (from + i + 1) * HASH_BYTES),
    );
    while (row.length > 1) row = row.flatMap((hash, i) => (i % 2 === 1 ? [nodeHash(row[i - 1]!, hash)] : []));
    return row[0]!;
  };
};

/**
 * An entry bundle: each entry after its length in two bytes, big-endian.
 * @throws {SuretyError} `input.too-large` for an entry above 65,535 bytes
 */
export const encodeEntries = (entries: readonly Uint8Array[]): Uint8Array =>
  concatBytes(
    ...entries.flatMap((entry) => {
      if (entry.length > MAX_ENTRY_BYTES) {
        const message = `A log entry has ${entry.length} bytes.`;
        throw new SuretyError({
          code: 'input.too-large',
          message,
          next: 'Log a digest instead.',
          field: 'entry',
          limit: `${MAX_ENTRY_BYTES} bytes`,
        });
      }
      return [new Uint8Array([entry.length >> 8, entry.length & 255]), entry];
    }),
  );

/** The entries of a bundle of `width` entries, with nothing before, between or after them. */
export const decodeEntries = (bytes: Uint8Array, width: number): Result<readonly Uint8Array[]> => {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at + 2 <= bytes.length && entries.length < width) {
    const end = at + 2 + ((bytes[at]! << 8) | bytes[at + 1]!);
    if (end > bytes.length) break;
    entries.push(bytes.slice(at + 2, end));
    at = end;
  }
  if (at === bytes.length && entries.length === width) return ok(entries);
  return refuse({
    code: 'log.bad-tile',
    message: `The entry bundle does not hold exactly ${width} entries.`,
    next: 'Fetch the bundle again from the log.',
    field: 'entries',
  });
};
