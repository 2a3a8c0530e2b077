/** Reading what verification needs from files: the receipt, the trust, and who is asking. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { unwrap } from '@surety/sdk/base';
import { NO_TRUST, parseTrust, type Trust } from '@surety/sdk/verify';
import type { Context, Values } from '../table.ts';
import { readBytes } from './files.ts';

const MAX_RECEIPT_BYTES = 8 * 1_048_576;
const MAX_TRUST_BYTES = 262_144;

/** The bytes of a receipt; `-` is standard input. */
export const readReceiptFile = (file: string, cwd: string): Uint8Array =>
  readBytes(file === '-' ? file : resolve(cwd, file), { what: 'The receipt', maxBytes: MAX_RECEIPT_BYTES });

/**
 * The pinned trust and where it came from; without a file nothing is trusted.
 * @throws {SuretyError} when the named file is not a trust file
 */
export const readTrustFile = (
  values: Values,
  { cwd, home }: Pick<Context, 'cwd' | 'home'>,
): { readonly trust: Trust; readonly file: string | null } => {
  const named = typeof values.trust === 'string' ? resolve(cwd, values.trust) : null;
  const file = named ?? join(home, 'trust.json');
  if (named === null && !existsSync(file)) return { trust: NO_TRUST, file: null };
  return { trust: unwrap(parseTrust(readBytes(file, { what: 'The trust file', maxBytes: MAX_TRUST_BYTES }))), file };
};

/** The address of this folder's user, without loading its key. */
export const ownAddress = (home: string): string | null => {
  try {
    const { address } = JSON.parse(readFileSync(join(home, 'keys', 'cli.json'), 'utf8')) as { address?: unknown };
    return typeof address === 'string' ? address : null;
  } catch {
    return null;
  }
};
