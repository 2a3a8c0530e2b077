/** The prover's side of verify/sample.ts. */
import type { ProverChannel } from '../channel/channel.ts';
import type { Committed } from '../commit/commit.ts';
import type { Claim } from '../commit/place.ts';
import { foldClaim, foldedValue } from '../commit/value.ts';
import type { Ext } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import type { Layout } from '../plan/plan.ts';
import { wholeOf } from '../plan/whole.ts';

export type Sample = {
  readonly claims: readonly Claim<Ext>[];
  /** Rows of the claim, combined: for the opening. Takes its room from the memory. */
  readonly folds: ReadonlyMap<number, ExtVector>;
};

export const saySample = (
  channel: ProverChannel,
  memory: ProofMemory,
  layout: Layout,
  committed: readonly Committed[],
): Sample => {
  if (layout.blowupVars === undefined) return { claims: [], folds: new Map() };
  const place = wholeOf(layout);
  const point = Array.from({ length: place.vars }, channel.challenge);
  const fold = foldClaim(memory, committed, { place, point });
  const value = foldedValue(memory, committed, { place, point }, fold);
  channel.send([value]);
  return { claims: [{ place, point, value }], folds: new Map([[0, fold]]) };
};
