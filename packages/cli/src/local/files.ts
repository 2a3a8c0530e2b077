/** Reading and writing files with problems that name the file. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SuretyError } from '@surety/sdk/base';

const reasons: { readonly [code: string]: string } = {
  ENOENT: 'it does not exist',
  EACCES: 'it may not be opened',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
};
const why = (error: unknown): string =>
  reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? String((error as Error).message);

/** That a file cannot be read, and why. */
export const unreadable = (what: string, file: string, cause: unknown): SuretyError => {
  const message = `${what} ${file} cannot be read: ${why(cause)}.`;
  return new SuretyError({ code: 'cli.file-unreadable', message, next: 'Check the path.', field: file }, { cause });
};

/**
 * The bytes of a file, or of standard input for `-`.
 * @throws {SuretyError} `cli.file-unreadable` or `input.too-large`
 */
export const readBytes = (
  file: string,
  { what, maxBytes }: { readonly what: string; readonly maxBytes: number },
): Uint8Array => {
  try {
    // `-` is standard input, whose size is known only once it is read.
    const source = file === '-' ? 0 : file;
    const bytes = source === 0 || statSync(source).size <= maxBytes ? readFileSync(source) : null;
    // A plain array: a Buffer's `slice` shares memory, which pure code does not expect.
    if (bytes !== null && bytes.length <= maxBytes) return new Uint8Array(bytes);
    const message = `${what} ${file} has more than ${maxBytes} bytes.`;
    const next = `Name ${what.toLowerCase()}.`;
    throw new SuretyError({ code: 'input.too-large', message, next, field: file, limit: `${maxBytes} bytes` });
  } catch (error) {
    if (error instanceof SuretyError) throw error;
    throw unreadable(what, file, error);
  }
};

/** On the disk, and not only on its way there. */
const sync = (path: string): void => {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/**
 * Replaces a file in one step, so that a crash or a power cut leaves the old or the new one. It is on the disk when this returns.
 * @throws {SuretyError} `cli.file-unwritable`
 */
export const writeFile = (
  file: string,
  content: string | Uint8Array,
  { secret = false }: { readonly secret?: boolean } = {},
): void => {
  try {
    mkdirSync(dirname(file), { recursive: true, ...(secret ? { mode: 0o700 } : {}) });
    const scratch = `${file}.${process.pid}.new`;
    writeFileSync(scratch, content, { mode: secret ? 0o600 : 0o644 });
    sync(scratch);
    renameSync(scratch, file);
    sync(dirname(file));
  } catch (error) {
    const message = `${file} cannot be written: ${why(error)}.`;
    throw new SuretyError(
      { code: 'cli.file-unwritable', message, next: 'Choose another place, or make room.', field: file },
      { cause: error },
    );
  }
};

/**
 * Makes an empty file, readable by its owner alone, that stands for something being spent; it is on the disk when this returns.
 * @returns whether there was none
 */
export const markFile = (file: string): boolean => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, '', { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  sync(dirname(file));
  return true;
};
