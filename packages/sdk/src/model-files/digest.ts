/** SHA-256 of files that may be larger than memory. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

const PIECE_BYTES = 2 ** 20;

/** Lower-case hex; one piece of the file is in memory at a time. */
export const sha256OfFile = (file: string): string => {
  const hash = createHash('sha256');
  const piece = new Uint8Array(PIECE_BYTES);
  const handle = openSync(file, 'r');
  try {
    for (let got = readSync(handle, piece); got > 0; got = readSync(handle, piece)) hash.update(piece.subarray(0, got));
  } finally {
    closeSync(handle);
  }
  return hash.digest('hex');
};
