/** Who takes part in the run, the same in every process: keys are derived from names, so they hold no real money. */
import { addressOfSecretKey, sha256Hex, utf8 } from '../../packages/core/src/index.ts';

const keyOf = (name: string): string => sha256Hex(utf8(`surety bench, no real money: ${name}`));

const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

export const OPERATOR_KEY = keyOf('operator');
export const OPERATOR = addressOfSecretKey(bytesOf(OPERATOR_KEY));

/** Wallets that deposit on the chain themselves; they trade as well. */
export const DEPOSITOR_KEYS: readonly string[] = [0, 1, 2].map((i) => keyOf(`depositor ${i}`));

export const TRADERS: readonly string[] = [
  ...DEPOSITOR_KEYS,
  ...Array.from({ length: 21 }, (_, i) => keyOf(`trader ${i}`)),
].map((key) => addressOfSecretKey(bytesOf(key)));

/** Seconds between saves of the local chain, and the age at which a block counts as final. */
export const SAVE_SECONDS = 1;
export const FINAL_SECONDS = 3;

export const now = (): number => Math.floor(Date.now() / 1_000);

export const pick = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)] as T;

export const chance = (probability: number): boolean => Math.random() < probability;

/** A whole number of micro-units from 1 to `most`, small ones as likely as large ones. */
export const amount = (most: number): bigint => BigInt(Math.max(1, Math.floor(most ** Math.random())));

export const isRetryable = (code: string): boolean => code.startsWith('journal.') || code === 'ledger.unbalanced';
