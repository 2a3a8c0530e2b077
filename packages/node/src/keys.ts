/**
 * The operator's keys, made on the first start and kept in `<home>/keys/operator.json` (mode 0600).
 * Every built-in player and juror gets an account of its own, derived from one seed.
 */
import { hkdfSync, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SuretyError } from '@surety/core';

export type OperatorKeys = {
  /** secp256k1 key that signs EIP-712 receipts and the operator's transactions, 32 bytes in hex. */
  readonly issuer: string;
  /** Ed25519 seed of the DSSE signatures, 32 bytes in hex. */
  readonly dsse: string;
  /** Ed25519 seed of the log's checkpoints, 32 bytes in hex. */
  readonly log: string;
  /** Seed from which the accounts of built-in players and jurors are derived, 32 bytes in hex. */
  readonly players: string;
  /** Bearer token of the people who decide what AIs could not, 32 bytes in hex. */
  readonly people: string;
};

const NAMES = ['issuer', 'dsse', 'log', 'players', 'people'] as const satisfies readonly (keyof OperatorKeys)[];

const sync = (path: string): void => {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/**
 * Replaces a file in one step, readable by its owner alone, so that a crash or a power cut leaves the old or the new one, never half
 * of one. It is on the disk when this returns: its bytes, its name, and the names of folders that were made for it.
 */
export const writePrivateFile = (file: string, content: string | Uint8Array): void => {
  const folder = dirname(resolve(file));
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  const scratch = `${file}.${process.pid}.new`;
  writeFileSync(scratch, content, { mode: 0o600 });
  chmodSync(scratch, 0o600);
  sync(scratch);
  renameSync(scratch, file);
  sync(folder);
  for (let each = folder; made !== undefined && each !== dirname(resolve(made)); each = dirname(each))
    sync(dirname(each));
};

/**
 * The operator's keys, made first if there are none.
 * @throws {SuretyError} `config.keys-unreadable` when the file is there but is not five keys
 */
export const operatorKeys = (home: string): OperatorKeys => {
  const file = join(home, 'keys', 'operator.json');
  if (!existsSync(file)) {
    const fresh = Object.fromEntries(NAMES.map((name) => [name, randomBytes(32).toString('hex')]));
    writePrivateFile(file, `${JSON.stringify(fresh, null, 2)}\n`);
  }
  try {
    const keys = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    if (NAMES.every((name) => typeof keys[name] === 'string' && /^[0-9a-f]{64}$/.test(keys[name])))
      return keys as OperatorKeys;
    throw new SyntaxError('a key is missing or is not 32 bytes in hex');
  } catch (cause) {
    throw new SuretyError(
      {
        code: 'config.keys-unreadable',
        message: `The operator's keys in ${file} cannot be read.`,
        next: 'Restore the file from a backup; without these keys the node cannot sign for the money it holds.',
        field: 'keys/operator.json',
      },
      { cause },
    );
  }
};

/** The secp256k1 key of a built-in player or juror, derived from the seed and its id (HKDF-SHA256, RFC 5869). */
export const derivedKey = (seed: string, id: string): string =>
  Buffer.from(hkdfSync('sha256', Buffer.from(seed, 'hex'), 'surety/built-in/v1', id, 32)).toString('hex');
