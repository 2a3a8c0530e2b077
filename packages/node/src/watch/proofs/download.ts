/** Files that nodes publish: at most so many bytes of each, and so many kept. */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn } from '../holdings.ts';

/** Milliseconds after which a node counts as one that has nothing. */
const TIMEOUT_MS = 30_000;
/** Files of others that are kept in a folder; the oldest go first. */
const MOST_FETCHED = 256;

/** Reads a body, and no further than so many bytes. */
const bodyOf = async (response: Response, most: number): Promise<Uint8Array | 'too-large'> => {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.length;
    if (length > most) return 'too-large';
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
};

/** The bytes at an address; `null` where the node does not answer, or has nothing. */
export const download = async (
  url: string,
  most: number,
  signal: AbortSignal,
): Promise<Uint8Array | 'too-large' | null> => {
  try {
    const response = await fetch(url, {
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (response.ok) return await bodyOf(response, most);
    await response.body?.cancel();
    return null;
  } catch {
    return null;
  }
};

const ageOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Drops all files of a folder but the newest. */
export const keepNewest = (folder: string): void => {
  const files = namesIn(folder).map((name) => join(folder, name));
  for (const file of files.toSorted((a, b) => ageOf(b) - ageOf(a)).slice(MOST_FETCHED)) rmSync(file, { force: true });
};
