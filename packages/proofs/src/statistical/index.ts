/**
 * The statistical route (spec 19): a record of a run that is cheaper to check than the run is to repeat.
 *
 * The main path: a provider runs the program and keeps its exact sums (`createProvider`, provider.ts); whoever checks folds
 * the weights once (`createChecker`, check.ts) with a secret key (`checkDesignated`, designated.ts) or with one that a batch
 * and a later beacon give (`questionBatch` and `checkEntries`, batch.ts), and replays the rest exactly (replay.ts) or in samples
 * (sample.ts). What it shows is said by finding.ts. Providers that run a model in floats have fingerprints (fingerprint/), which
 * raise doubt and nothing more.
 */

export * from './batch.ts';
export { type Beacon, beaconDelay, roundAfter, type Schedule } from './beacon.ts';
export {
  afterTries,
  boundBits,
  type Chance,
  type EscapeBound,
  missChance,
  perE18,
  replayedElements,
  sumsBound,
} from './bound.ts';
export {
  type Checker,
  type CheckOptions,
  createChecker,
  type Verdict,
} from './check.ts';
export * from './designated.ts';
export type { Wrong } from './examine.ts';
export { type KeySource, statisticalFinding, wrongInWords } from './finding.ts';
export * from './fingerprint/index.ts';
export type { Key } from './key.ts';
export type { HashMessages } from './messages.ts';
export { GAIN, type Parts, partsOf } from './parts.ts';
export { createProvider, type Proven, type Provider, type ProviderOptions } from './provider.ts';
export type { Questionable } from './questionable.ts';
export { decodeRecord, encodeRecord, type SumsRecord } from './record.ts';
export type { Sample } from './sample.ts';
