/**
 * Files by their id, on disk below the node's home: programs, probe sets, signature bundles (spec 13.5), data of claims by steps and their architectures (20.10). A file gets its
 * place only once its id, recomputed from its bytes, is the one it was announced under.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MODEL_LIMITS, ok, type Problem, type Result, refuse, SuretyError } from '@surety/core';
import { FILE_KINDS, type FileKind } from '@surety/protocol';
import type { RunTask } from './task.ts';

export const LIMIT_BYTES: Readonly<Record<FileKind, number>> = {
  programs: MODEL_LIMITS.programBytes,
  probes: MODEL_LIMITS.probesBytes,
  bundles: MODEL_LIMITS.bundleBytes,
  proofs: MODEL_LIMITS.proofBytes,
  architectures: MODEL_LIMITS.proofBytes,
};

/** How long room is kept for a file. */
const ROOM_SECONDS = 3_600;
/** Bytes that announced files of one account, and of all, may take together. */
const ROOM_OF_ACCOUNT = 2 * MODEL_LIMITS.programBytes;
const ROOM_OF_ALL = 8 * MODEL_LIMITS.programBytes;
/** Bytes of the disk that stay free for the journal. */
const DISK_KEEPS = 512 * 1_048_576;
/** Seconds after which a file that no publication names may go. */
const UNNAMED_SECONDS = 86_400;
const PIECE_BYTES = 1_048_576;

type Room = { readonly bytes: number; readonly by: string; readonly until: number };

export type Progress = { readonly received: number; readonly bytes: number; readonly stored: boolean };

export type FileStore = {
  /** Keeps room for a file of so many bytes, and says how much of it is here already. */
  readonly announce: (kind: FileKind, id: string, bytes: number, by: string) => Promise<Result<Progress>>;
  /** Adds a part at an offset; with the last one the file is checked and stored, or dropped. */
  readonly append: (
    kind: FileKind,
    id: string,
    offset: number,
    part: AsyncIterable<Uint8Array>,
  ) => Promise<Result<Progress>>;
  readonly has: (kind: FileKind, id: string) => Promise<boolean>;
  /** Where a stored file lies. */
  readonly path: (kind: FileKind, id: string) => string;
  /** The bytes of a stored file; the last piece comes only once all of them have been checked. */
  readonly read: (
    kind: FileKind,
    id: string,
  ) => Promise<Result<{ readonly bytes: number; readonly pieces: AsyncIterable<Uint8Array> }>>;
  /** Drops files that nothing names and that have been here for a day, and parts of files that nobody goes on with. */
  readonly sweep: (isNamed: (kind: FileKind, id: string) => boolean) => Promise<void>;
};

type Meta = { readonly bytes: number; readonly sha256: string };

const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(() => undefined))?.size ?? 0;

const noRoom = (message: string, next: string, value: number, limit: number): Result<never> =>
  refuse({ code: 'file.no-room', message, next, field: 'bytes', value: String(value), limit: `${limit} bytes` });

const unknown = (kind: FileKind, id: string): Problem => ({
  code: 'file.unknown',
  message: `No file ${kind}/${id} is stored here.`,
  next: 'Check the id; a hidden program is stored only with its reveal.',
  field: 'id',
  value: id,
});

/** SHA-256 and size of a file, read piece by piece. */
const digestOf = async (file: string): Promise<Meta> => {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of createReadStream(file, { highWaterMark: PIECE_BYTES })) {
    hash.update(piece as Buffer);
    bytes += (piece as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
};

/** A file's pieces, of which the last is held back until the whole digest is right. */
async function* checkedPieces(file: string, meta: Meta, id: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let held: Buffer | null = null;
  for await (const piece of createReadStream(file, { highWaterMark: PIECE_BYTES })) {
    hash.update(piece as Buffer);
    if (held !== null) yield held;
    held = piece as Buffer;
  }
  if (hash.digest('hex') !== meta.sha256) {
    throw new SuretyError({
      code: 'file.damaged',
      message: `The stored file ${id} no longer has its bytes.`,
      next: 'Store it again from a copy that verifies.',
      field: 'id',
      value: id,
    });
  }
  if (held !== null) yield held;
}

export type FileStoreOptions = {
  /** Folder of the files. */
  readonly folder: string;
  readonly run: RunTask;
  /** Unix seconds. */
  readonly now: () => number;
};

export const createFileStore = async ({ folder, run, now }: FileStoreOptions): Promise<FileStore> => {
  const parts = join(folder, 'parts');
  for (const name of [...FILE_KINDS, 'parts']) await mkdir(join(folder, name), { recursive: true, mode: 0o700 });
  const rooms = new Map<string, Room>();
  const busy = new Set<string>();
  const path = (kind: FileKind, id: string): string => join(folder, kind, id);
  const partial = (kind: FileKind, id: string): string => join(parts, `${kind}.${id}`);
  const metaOf = async (kind: FileKind, id: string): Promise<Meta | undefined> => {
    const text = await readFile(`${path(kind, id)}.json`, 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as Meta);
  };
  const has = async (kind: FileKind, id: string): Promise<boolean> => (await metaOf(kind, id)) !== undefined;

  const roomFor = async (key: string, bytes: number, by: string): Promise<Result<void>> => {
    for (const [name, { until }] of rooms) if (until <= now()) rooms.delete(name);
    const others = [...rooms].filter(([name]) => name !== key).map(([, room]) => room);
    const sum = (of: readonly Room[]): number => of.reduce((total, room) => total + room.bytes, bytes);
    const later = 'Finish or wait for what was announced before; room is kept for an hour.';
    const own = sum(others.filter((room) => room.by === by));
    if (own > ROOM_OF_ACCOUNT)
      return noRoom('The account has announced as much as it may.', later, own, ROOM_OF_ACCOUNT);
    const all = sum(others);
    if (all > ROOM_OF_ALL) return noRoom('Too much is announced here just now.', later, all, ROOM_OF_ALL);
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize - DISK_KEEPS;
    return all > free
      ? noRoom('The node has not enough room.', 'Try later, or publish at another node.', all, Math.max(0, free))
      : ok(undefined);
  };

  /** Recomputes the id of a complete file; gives it its place, or drops it. */
  const finish = async (kind: FileKind, id: string, bytes: number): Promise<Result<Progress>> => {
    const file = partial(kind, id);
    const found = await run({ kind: 'identify', of: kind, path: file });
    if (!found.ok || found.value.id !== id) {
      await rm(file, { force: true });
      if (!found.ok) return found;
      return refuse({
        code: 'file.other-id',
        message: `The bytes have the id ${found.value.id}, so they are not kept under ${id}.`,
        next: 'Check which file this is.',
        field: 'id',
        value: id,
        limit: found.value.id,
      });
    }
    const meta = await digestOf(file);
    await rename(file, path(kind, id));
    await writeFile(`${path(kind, id)}.json`, JSON.stringify(meta), { mode: 0o600 });
    rooms.delete(`${kind}/${id}`);
    return ok({ received: bytes, bytes, stored: true });
  };

  /** Writes a part behind what is there; what would go beyond the announced size is refused and cut off again. */
  const write = async (
    file: string,
    offset: number,
    most: number,
    part: AsyncIterable<Uint8Array>,
  ): Promise<Result<number>> => {
    const out = createWriteStream(file, { flags: offset === 0 ? 'w' : 'r+', start: offset, mode: 0o600 });
    let written = 0;
    try {
      for await (const piece of part) {
        written += piece.length;
        if (written > most) {
          return refuse({
            code: 'input.too-large',
            message: `The part goes beyond ${most} bytes.`,
            next: `Send parts of at most ${MODEL_LIMITS.partBytes} bytes, and no more than was announced.`,
            field: 'body',
            limit: `${most} bytes`,
          });
        }
        if (!out.write(piece)) await once(out, 'drain');
      }
    } finally {
      out.end();
      await once(out, 'close');
    }
    return ok(written);
  };

  const add = async (
    kind: FileKind,
    id: string,
    offset: number,
    part: AsyncIterable<Uint8Array>,
  ): Promise<Result<Progress>> => {
    const room = rooms.get(`${kind}/${id}`);
    if (room === undefined || room.until <= now()) {
      return refuse({
        code: 'file.no-room',
        message: 'No room is kept for this file.',
        next: 'Announce it with a signed action `store` first.',
        field: 'id',
        value: id,
      });
    }
    const file = partial(kind, id);
    const size = await sizeOf(file);
    if (offset > size || offset >= room.bytes) {
      return refuse({
        code: 'file.offset',
        message: `The part begins at ${offset}; ${size} of ${room.bytes} bytes are here.`,
        next: 'Go on where the last part ended.',
        field: 'offset',
        value: String(offset),
        limit: String(Math.min(size, room.bytes)),
      });
    }
    const written = await write(file, offset, Math.min(MODEL_LIMITS.partBytes, room.bytes - offset), part);
    if (!written.ok) return written;
    const received = offset + written.value;
    return received === room.bytes ? finish(kind, id, room.bytes) : ok({ received, bytes: room.bytes, stored: false });
  };

  return {
    path,
    has,
    announce: async (kind, id, bytes, by) => {
      const meta = await metaOf(kind, id);
      if (meta !== undefined) return ok({ received: meta.bytes, bytes: meta.bytes, stored: true });
      if (bytes > LIMIT_BYTES[kind]) {
        return refuse({
          code: 'input.too-large',
          message: `The file has ${bytes} bytes.`,
          next: 'Publish a smaller one.',
          field: 'action.bytes',
          value: String(bytes),
          limit: `${LIMIT_BYTES[kind]} bytes`,
        });
      }
      const key = `${kind}/${id}`;
      const room = await roomFor(key, bytes, by);
      if (!room.ok) return room;
      rooms.set(key, { bytes, by, until: now() + ROOM_SECONDS });
      const received = await sizeOf(partial(kind, id));
      return ok({ received: received < bytes ? received : 0, bytes, stored: false });
    },
    append: async (kind, id, offset, part) => {
      const key = `${kind}/${id}`;
      if (busy.has(key)) {
        return refuse({
          code: 'file.no-room',
          message: 'Another part of this file is being written.',
          next: 'Wait for it, and ask with `store` how much is here.',
          field: 'offset',
          value: String(offset),
        });
      }
      busy.add(key);
      try {
        return await add(kind, id, offset, part);
      } finally {
        busy.delete(key);
      }
    },
    read: async (kind, id) => {
      const meta = await metaOf(kind, id);
      if (meta === undefined) return refuse(unknown(kind, id));
      return ok({ bytes: meta.bytes, pieces: checkedPieces(path(kind, id), meta, id) });
    },
    sweep: async (isNamed) => {
      const old = async (file: string): Promise<boolean> => {
        const found = await stat(file).catch(() => undefined);
        return found !== undefined && found.mtimeMs / 1_000 < now() - UNNAMED_SECONDS;
      };
      for (const name of await readdir(parts)) {
        const file = join(parts, name);
        if (await old(file)) await rm(file, { force: true });
      }
      for (const kind of FILE_KINDS) {
        for (const name of await readdir(join(folder, kind))) {
          const file = path(kind, name);
          if (name.endsWith('.json') || isNamed(kind, name) || !(await old(file))) continue;
          // The description goes first: without it the file is not there.
          await rm(`${file}.json`, { force: true });
          await rm(file, { force: true });
        }
      }
    },
  };
};
