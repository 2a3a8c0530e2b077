/** The file of a proof of training while it is made: each record lies where it belongs, and on the disk, before the next begins. */
import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs';
import { SuretyError } from '@surety/sdk/base';
import { fail } from './fail.ts';
import { unreadable } from './files.ts';

export type TrainingFile = { readonly write: (bytes: Uint8Array, at: number) => void; readonly close: () => void };

const unwritable = (file: string, cause: unknown): SuretyError =>
  new SuretyError(
    {
      code: 'cli.file-unwritable',
      message: `${file} cannot be written: ${cause instanceof Error ? cause.message : cause}.`,
      next: 'Make room, or choose another place; what was written stays good.',
      field: file,
    },
    { cause },
  );

const opened = (file: string, flags: 'wx' | 'r+'): number => {
  try {
    return openSync(file, flags);
  } catch (error) {
    throw unwritable(file, error);
  }
};

/**
 * @param from bytes of the file that are kept, of one that was left; null for a new file
 * @throws {SuretyError} `cli.file-unwritable`, for a new file that there is already too
 */
export const openTrainingFile = (file: string, from: number | null): TrainingFile => {
  const begun = existsSync(file);
  // Nothing is in a file whose maker was killed before its first record.
  if (from === null && begun && statSync(file).size > 0) {
    fail({
      code: 'cli.file-unwritable',
      message: `${file} is there already.`,
      next: `Go on with it with "surety train prove --resume ${file}", or name another with --out.`,
      field: file,
    });
  }
  const fd = opened(file, begun ? 'r+' : 'wx');
  const write = (bytes: Uint8Array, at: number): void => {
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, at + done);
      fsyncSync(fd);
    } catch (error) {
      throw unwritable(file, error);
    }
  };
  if (from !== null) ftruncateSync(fd, from);
  return { write, close: () => closeSync(fd) };
};

/** The bytes of a file as they are read. */
export async function* streamOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of createReadStream(file)) yield piece as Uint8Array;
  } catch (error) {
    throw unreadable('The proof of training', file, error);
  }
}

/** Whether a file begins with this text. */
export const beginsWith = (file: string, text: string): boolean => {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    // Said by whoever reads it whole.
    return false;
  }
  try {
    const bytes = Buffer.alloc(text.length);
    return readSync(fd, bytes, 0, text.length, 0) === text.length && bytes.toString('latin1') === text;
  } catch {
    return false;
  } finally {
    closeSync(fd);
  }
};
