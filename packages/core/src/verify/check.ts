/** Checks of a receipt as a whole: who signed it, where it is logged, which network it belongs to. */
import type { Problem } from '../errors.ts';
import type { Finding } from '../finding.ts';
import type { Receipt, ReceiptStatement } from '../receipt.ts';
import type { Trust } from '../trust.ts';

export type CheckName =
  | 'file'
  | 'envelope'
  | 'parts'
  | 'contract-signature'
  | 'issuer'
  | 'network'
  | 'log'
  | 'witnesses'
  | 'time'
  | 'cover'
  | 'later-rulings';

/** As a finding, but about the receipt rather than one of its links. `problem` is set when it keeps trust away. */
export type Check = Omit<Finding, 'link' | 'source'> & { readonly name: CheckName; readonly problem: Problem | null };

/** What a later look into the log brought: the answer of `--fresh`. */
export type FreshAnswer = {
  /** The newest receipt for the same claim, in the log at `checkpoint`'s size or before. */
  readonly latest: Receipt;
  /** A newer signed checkpoint. */
  readonly checkpoint: string;
  /** Consistency proof from the receipt's checkpoint to the newer one, hashes in base64. */
  readonly consistency: readonly string[];
};

/** A receipt whose envelope could be read, with what the checks share. */
export type Opened = {
  readonly receipt: Receipt;
  /** The bytes that were signed. */
  readonly payload: Uint8Array;
  /** SHA-256 of them, hex. */
  readonly receiptId: string;
  readonly statement: ReceiptStatement;
  readonly trust: Trust;
  /** Unix seconds. */
  readonly now: number;
};

type Parts = Pick<Check, 'holds' | 'summary' | 'doesNotProve'> & Partial<Check>;

export const checkOf = (name: CheckName, parts: Parts): Check => ({
  proves: [],
  assumes: [],
  freshAt: null,
  problem: null,
  ...parts,
  name,
});

/** A check that something was changed or contradicts: refuted, with the problem that names it. */
export const broken = (name: CheckName, problem: Problem): Check =>
  checkOf(name, { holds: 'refuted', summary: problem.message, doesNotProve: ['who changed it, or when'], problem });
