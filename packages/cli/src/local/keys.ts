/** Keys of this folder's user and players: one file each, readable by their owner only. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createWallet, type LocalWallet, loadWallet } from '@surety/sdk';
import { SuretyError } from '@surety/sdk/base';
import { readBytes, writeFile } from './files.ts';

const fromFile = (file: string): LocalWallet => {
  try {
    const { secretKey } = JSON.parse(
      new TextDecoder().decode(readBytes(file, { what: 'The key file', maxBytes: 4_096 })),
    ) as { secretKey: string };
    return loadWallet(secretKey);
  } catch (cause) {
    if (cause instanceof SuretyError && cause.code === 'cli.file-unreadable') throw cause;
    const message = `${file} does not hold a key.`;
    const next =
      'Restore it from a backup, or move it away for a fresh key; the money of a lost key stays where it is.';
    throw new SuretyError({ code: 'config.keys-unreadable', message, next, field: file }, { cause });
  }
};

/** The wallet in a key file. */
export const loadKey = (file: string): LocalWallet => fromFile(file);

/** The wallet of a name (`cli`, `players/mybot`), made on first use with mode 0600. */
export const ensureKey = (home: string, name: string): LocalWallet => {
  const file = join(home, 'keys', `${name}.json`);
  if (existsSync(file)) return fromFile(file);
  const wallet = createWallet();
  writeFile(file, `${JSON.stringify({ address: wallet.address, secretKey: wallet.secretKey }, null, 2)}\n`, {
    secret: true,
  });
  return wallet;
};
