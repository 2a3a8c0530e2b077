/** The client of a Surety node. Start with `createClient` and `ask`; verify receipts with `@surety/sdk/verify`. */

export type { Claim, Evidence, Finding, Problem, QuestionClaim, Receipt, Result } from '@surety/core';
export { SuretyError, unwrap } from '@surety/core';
export type {
  Account,
  Action,
  ActionResult,
  Market,
  MarketSummary,
  ModelHistory,
  ModelSummary,
  ModelVersion,
  NetworkInfo,
  Player,
  Reading,
  SignedAction,
  StreamEvent,
  WireOrder,
} from '@surety/protocol';
export { CLOSE_CODES, LIMITS, SCOPES } from '@surety/protocol';
export * from './account.ts';
export * from './ask.ts';
export * from './client.ts';
export type { FollowOptions } from './follow.ts';
export * from './play.ts';
export * from './session.ts';
export type { OpenSocketOptions, Socket } from './socket.ts';
export type { Fetch, TransportOptions } from './transport.ts';
export * from './wallet.ts';
