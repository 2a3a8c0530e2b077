/** What every part of the engine works with. Clock, keys, journal and chain come in here and nowhere else. */

import type { Analyst, ReadContext } from '@surety/analysts';
import type { HeldPrograms } from '@surety/analysts/tensor';
import type { Network, QuestionClaim } from '@surety/core';
import type { NodeConfig } from '../config.ts';
import type { Host } from '../journal/host.ts';
import type { PersonIssuer } from '../persons/issuer.ts';
import type { Standings } from '../places/standing.ts';
import type { ReceiptLog } from './log.ts';

/** A built-in analyst with the account it plays (or votes) from. */
export type Seat = { readonly analyst: Analyst; readonly account: string };

/** The operator's public names. */
export type Operator = {
  /** EIP-55 address that signs receipts, holds the treasury and posts the bond. */
  readonly address: string;
  readonly issuerSecretKey: Uint8Array;
  readonly dsseSecretKey: Uint8Array;
  /** Ed25519 public keys of envelopes and of the log, hex. */
  readonly dsseKey: string;
  readonly logKey: string;
  /** Name under which one operator runs all built-in jurors. */
  readonly name: string;
};

export type Context = {
  readonly config: NodeConfig;
  readonly host: Host;
  readonly log: ReceiptLog;
  readonly network: Network;
  readonly operator: Operator;
  readonly players: readonly Seat[];
  readonly jurors: readonly Seat[];
  /** Whether a juror shares no family, training data or key with any of the players. */
  readonly mayJudge: (juror: Analyst, players: readonly Analyst[]) => boolean;
  /** What a juror's errors go together with on such a claim, as measured; `null` where nothing was measured of it. */
  readonly voiceOf: (claim: QuestionClaim, juror: Analyst) => string | null;
  /** Tensor programs of this node's folder: reports that name them are run again at the door. */
  readonly held: HeldPrograms | null;
  /** Who says that an account is one person; `null` where people are drawn by their stakes. */
  readonly persons: PersonIssuer | null;
  /** What accounts stand for where places are few. */
  readonly standings: Standings;
  /** What analysts may use of the world outside. */
  readonly reading: () => ReadContext;
  /** A public random value that nobody could know before `after` (unix seconds): the hash of the first block since. */
  readonly beacon: (after: number) => Promise<string>;
  /** Verified randomness of the first round of drand at or after a time (unix seconds), 0x-hex; `null` where it cannot be had. */
  readonly drand: (at: number) => Promise<string | null>;
  /** Origin of the page as people open it, e.g. `https://court.example`: passkeys are bound to it. */
  readonly pageOrigin: () => string;
  /** Unix seconds. */
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
};

/** Sentences that hold for every receipt of this node until roots can be disputed and witnesses cosign. */
export const assumptions = (environment: Network['environment']): readonly string[] => [
  'The operator posts honest balance roots: they cannot be disputed on chain yet.',
  'All built-in jurors are run by one operator.',
  'The operator keeps the court: it draws panels by their beacons and records votes as they were cast.',
  ...(environment === 'development'
    ? ['DEVELOPMENT: local chain, development dollars, built-in players; no real money stands behind this.']
    : []),
];
