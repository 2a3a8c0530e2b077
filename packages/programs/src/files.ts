/** Model files on disk, for callers in Node: read by ranges, and from the model's own folder only. */
import { closeSync, fstatSync, lstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { ExternalReader } from './onnx/decode/external.ts';
import { malformed } from './onnx/problems.ts';
import type { ByteSource } from './source.ts';

/** An open file as a source; `close` it when the model is no longer needed. */
export type FileSource = ByteSource & {
  /** The whole file, piece by piece; each is gone when the next is asked for. */
  readonly pieces: () => Generator<Uint8Array>;
  readonly close: () => void;
};

const PIECE_BYTES = 2 ** 20;

/** @throws the system's error when the file cannot be opened or read */
export const fileSource = (path: string): FileSource => {
  const file = openSync(path, 'r');
  const size = fstatSync(file).size;
  const fill = (bytes: Uint8Array, offset: number): Uint8Array => {
    let done = 0;
    while (done < bytes.length) {
      const now = readSync(file, bytes, done, bytes.length - done, offset + done);
      if (now === 0) throw malformed(path, `${path} became shorter while it was read.`, offset + done);
      done += now;
    }
    return bytes;
  };
  const pieces = function* (): Generator<Uint8Array> {
    const piece = new Uint8Array(PIECE_BYTES);
    for (let at = 0; at < size; at += PIECE_BYTES) yield fill(piece.subarray(0, size - at), at);
  };
  const read = (offset: number, length: number): Uint8Array => fill(new Uint8Array(length), offset);
  return { size, read, pieces, close: () => closeSync(file) };
};

export type ModelFile = { readonly source: FileSource; readonly external: ExternalReader; readonly close: () => void };

/** Whether any step of a relative path below a folder is a symbolic link. */
const hasLink = (folder: string, path: string): boolean => {
  const names = path.split('/');
  return names.some((_, i) => lstatSync(join(folder, ...names.slice(0, i + 1))).isSymbolicLink());
};

/**
 * A model and, through `external`, the files of its folder that hold its weights.
 * Files that do not exist, are links, or lie elsewhere are refused as `model.malformed`.
 */
export const openModel = (path: string): ModelFile => {
  const model = fileSource(path);
  const folder = realpathSync(dirname(path));
  const opened = new Map<string, FileSource>();
  const open = (name: string): FileSource => {
    const full = join(folder, name);
    try {
      const inside = !hasLink(folder, name) && realpathSync(full).startsWith(folder + sep) && lstatSync(full).isFile();
      if (inside) return fileSource(full);
    } catch (error) {
      throw malformed(
        name,
        `The model's data file ${name} cannot be read.`,
        error instanceof Error ? error.message : '',
      );
    }
    throw malformed(name, `The model's data file ${name} is a link or no plain file of its folder.`, name);
  };
  const external: ExternalReader = (name) => {
    const source = opened.get(name) ?? open(name);
    opened.set(name, source);
    return source;
  };
  const close = (): void => {
    for (const source of [model, ...opened.values()]) source.close();
  };
  return { source: model, external, close };
};
