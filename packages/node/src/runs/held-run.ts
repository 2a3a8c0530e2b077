/** What own runs say of claims whose program and input are held in a folder, however large: for whoever asks about one claim. */
import type { ClaimView } from '@surety/chain';
import { sameBytes } from '@surety/core';
import type { Holdings } from '../watch/holdings.ts';
import { type OwnRun, openClaim, runOfClaim } from '../watch/optimistic.ts';
import { differingOf } from './differing.ts';
import type { OwnRuns } from './own-run.ts';

/**
 * Own runs of disputed claims, each made once: what nobody disputes is left to `surety watch`.
 * @param recorded how often iterated programs of own claims are run
 */
export const createHeldRuns = (holdings: Holdings, recorded: () => readonly number[]): OwnRuns => {
  const made = new Map<string, Promise<OwnRun | null>>();

  const make = async (view: ClaimView): Promise<OwnRun | null> => {
    const held = openClaim(holdings, recorded, view);
    if (held.kind === 'unheld') return null;
    const ran = await held.run();
    // Inputs that the program does not take are refuted as such.
    return ran.ok ? ran.value : null;
  };

  const ownOf = async (view: ClaimView): Promise<OwnRun | null> => {
    if (view.disputes.length === 0) return null;
    const known = await made.get(view.id);
    // An input may have been shown meanwhile.
    if (known != null) return known;
    const making = make(view);
    made.set(view.id, making);
    return making;
  };

  return {
    differing: async (view, dispute) => {
      const own = await ownOf(view);
      return own === null ? null : differingOf(view, dispute, own);
    },
    agrees: async (view) => {
      // What a contract was shown says more than a run of one's own.
      if (view.ended?.kind === 'void' && !view.ended.byClock) return null;
      const own = await ownOf(view);
      if (own === null) return null;
      const claimed = runOfClaim(view);
      return sameBytes(own.run.output, claimed.output) && sameBytes(own.run.trace, claimed.trace) ? 'same' : 'other';
    },
    close: async () => {
      for (const each of made.values()) await (await each)?.close();
    },
  };
};
