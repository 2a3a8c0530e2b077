/**
 * Markets: an automated maker (LMSR) as a pure game, what to order in one, and how to score who traded.
 * The main path is `step` in game.ts.
 */

export { type Account, type Accounts, eachAccount } from './accounts.ts';
export * from './aggregate.ts';
export { type EncodedMarket, encodeMarket } from './codec.ts';
export { decodeMarket } from './decode.ts';
export { feeOn } from './fee.ts';
export * from './game.ts';
export * from './kelly.ts';
export * from './limits.ts';
export * from './lmsr.ts';
export type { Trader } from './order-size.ts';
export type { Order } from './orders.ts';
export { type Quote, quoteOrder } from './quote.ts';
export { replayMarket } from './replay-market.ts';
export * from './score.ts';
export { PROBABILITY_PPM, sharesForAmount, sharesToPrice } from './sizing.ts';
export type * from './types.ts';
export { accountOf, quote } from './view.ts';
export * from './wealth.ts';
