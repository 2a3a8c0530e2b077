/** The file of a renewal: the architecture, the two commitments, the proof. */
import { concatBytes, ok, type Result, sameBytes, utf8 } from '@surety/core';
import type { Renewal } from '../constants/renewal.ts';
import { Cursor, malformed } from './bytes.ts';

const MAGIC = utf8('SRTYREN1');
const HASH_BYTES = 32;

export const encodeRenewal = ({ architecture, from, to }: Renewal, proof: Uint8Array): Uint8Array =>
  concatBytes(MAGIC, architecture, from, to, proof);

/** Problems: `proof.malformed`. */
export const decodeRenewal = (bytes: Uint8Array): Result<{ readonly renewal: Renewal; readonly proof: Uint8Array }> => {
  const cursor = new Cursor(bytes);
  const magic = cursor.take(MAGIC.length);
  if (magic === null || !sameBytes(magic, MAGIC)) {
    return malformed('file', 'The file does not begin as a renewal does.');
  }
  const [architecture, from, to] = [cursor.take(HASH_BYTES), cursor.take(HASH_BYTES), cursor.take(HASH_BYTES)];
  if (architecture === null || from === null || to === null) {
    return malformed('file', 'The file ends before it names what is renewed.');
  }
  return ok({ renewal: { architecture, from, to }, proof: cursor.rest() });
};
