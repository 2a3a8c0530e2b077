/**
 * `@surety/chain`: the only package that knows RPC.
 *
 * The main path: {@link deploy} the contracts, {@link connect}, journal an intent, {@link submit} it, and ask
 * {@link intentStatus} until it is final. The chain may be rewound at any time: every intent takes effect at most once
 * and can be submitted again whenever it is found missing.
 */

export * from './anchor.ts';
export * from './arbiter/book.ts';
export * from './arbiter/claim.ts';
export * from './arbiter/fold.ts';
export * from './arbiter/read.ts';
export * from './arbiter/request.ts';
export * from './arbiter/route.ts';
export * from './arbiter/sent.ts';
export * from './arbiter/standing.ts';
export * from './authorization.ts';
export * from './client.ts';
export * from './court/book.ts';
export * from './court/case.ts';
export * from './court/deploy.ts';
export { type CaseSoFar, unsettledSeats } from './court/fold.ts';
export { COURT_GAS, DRAW_ELEMENTS } from './court/gas.ts';
export { readHeader } from './court/header.ts';
export type * from './court/intent.ts';
export * from './court/persons.ts';
export { policyIdOf } from './court/policy.ts';
export { readPublished } from './court/published.ts';
export * from './court/registry.ts';
export * from './court/serving-cost.ts';
export { type CourtMoney, readCourt, readCourtMoney, readPolicy, tokenDecimals } from './court/views.ts';
export { wouldSit } from './court/would-sit.ts';
export * from './deploy.ts';
export { CREATE2_DEPLOYER, ensureDeployer } from './deployer.ts';
export * from './finality.ts';
export * from './intent.ts';
export type { Block, LogBook } from './log-book.ts';
export * from './plan.ts';
export * from './receipt.ts';
export { codeOfRevert } from './reverts.ts';
export type { SendOptions } from './send.ts';
export * from './settlement.ts';
export * from './submit.ts';
export * from './sum-tree.ts';
