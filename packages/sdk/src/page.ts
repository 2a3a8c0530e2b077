/**
 * Everything the web page needs, from one place: the client, the words that a claim reads as, the types of
 * claims, evidence and findings. The verifier is apart, in `@surety/sdk/verify`, so that it stays small.
 */
export type {
  AnalystReport,
  Cover,
  DecidedBy,
  Evidence,
  Finding,
  Holds,
  Json,
  Link,
  Network,
  ReceiptPredicate,
  ReceiptStatus,
  ResolutionRule,
  SigningDomain,
  Subject,
} from '@surety/core';
export { adapterIdIn, idOf, ok, refuse } from '@surety/core';
export { plainWords, toUnicodeHost } from '@surety/intent';
export type { AskResponse, Passkey, Quote, WireDelegation } from '@surety/protocol';
export * from './court.ts';
export * from './index.ts';
export * from './passkeys.ts';
export * from './runs.ts';
