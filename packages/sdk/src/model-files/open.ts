/** A program file on disk, read so that its weights stay there until they are needed. */
import { ok, type Result, toHex } from '@surety/core';
import {
  type ByteSource,
  type CheckedProgram,
  type Cost,
  commitProgram,
  costOf,
  createHasher,
  readProgram,
} from '@surety/programs';
import { fileSource } from '@surety/programs/files';

export type OpenProgram = {
  readonly program: CheckedProgram;
  /** P of spec 12.7, lower-case hex, computed from the file's bytes. */
  readonly id: string;
  readonly idBytes: Uint8Array;
  readonly bytes: number;
  /** The file's bytes, where they lie. */
  readonly source: ByteSource;
  readonly close: () => void;
};

/**
 * Opens and checks a program file and computes its id.
 * @throws the system's error when the file cannot be read
 */
export const openProgram = async (file: string): Promise<Result<OpenProgram>> => {
  const source = fileSource(file);
  const read = readProgram(source);
  if (!read.ok) {
    source.close();
    return read;
  }
  const { id } = commitProgram(read.value, await createHasher());
  return ok({ program: read.value, id: toHex(id), idBytes: id, bytes: source.size, source, close: source.close });
};

/** What a program weighs and costs. */
export const inspectProgram = ({ program }: OpenProgram): Cost => costOf(program);
