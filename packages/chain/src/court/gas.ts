/** The most gas that each step of a court may take: what a call is refused beyond, and what a page can state before it is sent. */
import type { CourtIntentKind } from './intent.ts';

/** Random elements that one `draw` tries: each costs at most some 90,000 gas, and a transaction has at most 2^24 (EIP-7825). */
export const DRAW_ELEMENTS = 64;

/**
 * Above what the gas report measures in cold storage (`contracts/gas-report.md`), with room for the deepest tree of stakes and,
 * where a case ends, for the 200,000 of the asker's callback.
 */
export const COURT_GAS: { readonly [kind in CourtIntentKind]: bigint } = {
  'court-approve': 100_000n,
  'court-deposit': 150_000n,
  'court-withdraw': 150_000n,
  'court-register-policy': 600_000n,
  'court-publish': 1_000_000n,
  'court-ask': 300_000n,
  'court-propose': 250_000n,
  'court-fund': 500_000n,
  'court-summon': 500_000n,
  // Of the last round it ends the case.
  'court-tally': 1_300_000n,
  'court-finalise': 1_200_000n,
  'court-collect': 200_000n,
  'court-draw': 8_000_000n,
  'court-draw-by-fallback': 8_000_000n,
  'court-strike': 8_000_000n,
  'court-commit': 150_000n,
  'court-reveal': 250_000n,
  'court-show-early': 600_000n,
  'court-settle-seat': 600_000n,
  'court-admit-family': 100_000n,
  'court-serve': 100_000n,
  'court-join-as-person': 600_000n,
  'court-join-as-program': 700_000n,
  'court-show-person': 700_000n,
  'court-join-by-person': 600_000n,
  'court-leave-by-person': 600_000n,
  'court-add-stake': 600_000n,
  'court-withdraw-stake': 600_000n,
};
