/**
 * A market to plan with where nobody states a better one (spec 17.6). Every number is an assumption, none is measured on
 * the chain or the market at hand: pass what you know, above all the price of gas and who watches.
 */
import type { Machine, MarketFacts } from './question.ts';

/** One core of the kind measured for this project: 7 GMAC/s of int8 matrix times vector, a line of 100 Mbit/s. */
const MACHINE: Machine = { macsPerSecond: 7_000_000_000n, bytesPerSecond: 12_500_000n, microUsdPerHour: 100_000n };

export const ASSUMED_MARKET: MarketFacts = {
  chain: {
    weiPerGas: 1_000_000_000n,
    microUsdPerNative: 3_000_000_000n,
    blockMilliseconds: 12_000n,
    confirmations: 3,
    // Congested: every tenth transaction passes.
    passPpm: 100_000,
    // Outbidding 36 M gas a block at 1 gwei costs $9 a second; a base fee that rises makes it dearer.
    censorMicroUsdPerSecond: 9_000_000n,
  },
  capitalPpmPerYear: 50_000,
  provider: { machine: MACHINE, largestBondMicroUsd: 1_000_000_000_000n, faultPpm: 10_000 },
  watchers: { count: 5, checkPpm: 500_000, silenced: 1, auditPpm: 0, copiedPpm: 500_000, machine: MACHINE },
  enclave: null,
  premiumPpm: 10_000,
};
