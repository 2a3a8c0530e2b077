/** The node's public protocol, version 1: see `routes.ts` first, then `spec/11-protocol.md`. */

export * from './account.ts';
export * from './action.ts';
export * from './chain-court.ts';
export { questionClaim, resolutionRule, subject } from './claim.ts';
export * from './court.ts';
export * from './delegation.ts';
export * from './envelope.ts';
export { analystReport, evidence } from './evidence.ts';
export * from './handlers.ts';
export * from './limits.ts';
export * from './market.ts';
export * from './model.ts';
export * from './network.ts';
export * from './openapi.ts';
export * from './order.ts';
export * from './passkey.ts';
export * from './reading.ts';
export { decidedBy, receipt, receiptStatus } from './receipt.ts';
export type { Route } from './route.ts';
export * from './routes.ts';
export * from './run.ts';
export { isCanonicalJson, mailAddress, streamName } from './scalars.ts';
export * from './shapes.ts';
export * from './socket.ts';
export type { DeepReadonly, Wire } from './wire.ts';
export * from './zod-problem.ts';
