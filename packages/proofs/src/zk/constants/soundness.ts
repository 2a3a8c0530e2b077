/** What proofs about commitments to hidden constants leave to chance: see ../soundness.ts. */
import { stackCode } from '../commit/batch.ts';
import { type Fraction, rowError } from '../commit/soundness.ts';
import { joinError } from '../lookup/soundness.ts';
import { ProofMemory } from '../memory.ts';
import { shapesOf } from '../plan/hiding.ts';
import { lookupTables } from '../plan/tables.ts';
import { wholeOf } from '../plan/whole.ts';
import { addErrors, Counting, lookupRounds, openingRounds, type Soundness, summed } from '../soundness.ts';
import type { ConstantsLayout } from './layout.ts';
import { listenRange, type RangePlan } from './range.ts';
import { listenRenewal } from './renewal.ts';

/** Every challenge of a proof of range. */
export const rangeSoundness = async (plan: RangePlan): Promise<Soundness> => {
  const counting = new Counting();
  const claims = await ProofMemory.lend(undefined, (memory) => listenRange(counting, memory, plan));
  const row = rowError(stackCode(shapesOf(plan)));
  const coordinate = (error: Fraction): Fraction => addErrors(error, row);
  return summed([
    // The value is claimed of whatever is committed to: only rows that are no code words are told from others.
    { what: 'constants: coordinate of all rows', count: wholeOf(plan).vars, error: row },
    ...plan.parts.flatMap(({ columns, table }) =>
      lookupRounds(columns, lookupTables({ graph: plan.graph, tables: [table] }), coordinate),
    ),
    ...openingRounds(plan, claims.length, counting),
  ]);
};

/** Every challenge of a renewal. */
export const renewalSoundness = async (layout: ConstantsLayout): Promise<Soundness> => {
  const counting = new Counting();
  const claims = await listenRenewal(counting, layout);
  const row = rowError(stackCode(shapesOf(layout)));
  return summed([
    { what: 'constants: coordinate of both', count: wholeOf(layout).vars, error: addErrors(joinError, row) },
    ...openingRounds(layout, claims.length, counting),
  ]);
};
