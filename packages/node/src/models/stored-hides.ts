/** What claims by steps hide, as the stored architectures say: their ids were checked when they came, so nothing is derived. */
import { open } from 'node:fs/promises';
import { type ClaimHides, HIDES_BYTES, publishedHides } from '@surety/proofs/zk';
import type { FileStore } from './files.ts';

/** @returns `null` where the architecture of a program of claims is not stored */
export const storedHides = async (files: Pick<FileStore, 'has' | 'path'>, id: string): Promise<ClaimHides | null> => {
  if (!(await files.has('architectures', id))) return null;
  const file = await open(files.path('architectures', id));
  try {
    const { buffer } = await file.read(new Uint8Array(HIDES_BYTES), 0, HIDES_BYTES, 0);
    return publishedHides(buffer);
  } finally {
    await file.close();
  }
};
