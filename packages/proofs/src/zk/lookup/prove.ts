/**
 * The lookup argument (logup by Haböck, 2022/1530, in a tree of fractions by GKR, Papini and Haböck, 2023/1284): every row of
 * every column stands in the table of its tag. With α, β and γ drawn after everything is committed,
 * `Σ_rows 1/(α − row) = Σ_entries multiplicity/(α − entry)`, a row being `tag + β·v1 + γ·v2`; the two sums have the same poles
 * only if every row is an entry. One tree adds up all fractions of a proof.
 */
import type { ProverChannel } from '../channel/channel.ts';
import { type Claim, DERIVED } from '../commit/place.ts';
import { type Ext, inverse, mul, scale } from '../field/ext.ts';
import type { ProofMemory } from '../memory.ts';
import { blocksOf } from './blocks.ts';
import type { LookupColumn, LookupTable } from './column.ts';
import { evaluateAt } from './evaluate.ts';
import { growTree } from './fractions.ts';
import { type FractionClaim, proveLayer } from './layer.ts';
import { leafFractions } from './leaf-fractions.ts';
import { leafRows, type Words } from './leaf-rows.ts';
import { leavesOf } from './leaves.ts';
import { KEPT_VARS, stripsOf, sumStrips } from './strips.ts';

export type Looked<Value> = {
  /** Every block of 2^vars rows is claimed at the first `vars` coordinates of this point. */
  readonly point: readonly Ext[];
  readonly claims: readonly Claim<Value>[];
};

/**
 * @param words where the values of a committed block lie
 * @param keptVars of the longest layer that lies in memory; 8 at least
 * @throws SuretyError program.too-large for more memory or more lookups than there may be
 */
export const proveLookups = (
  channel: ProverChannel,
  memory: ProofMemory,
  columns: readonly LookupColumn[],
  tables: readonly LookupTable[],
  words: Words,
  keptVars = KEPT_VARS,
): Looked<Ext> => {
  const mark = memory.mark();
  const leaves = leavesOf(columns, tables);
  const alpha = channel.challenge();
  const weights = [channel.challenge(), channel.challenge()] as const;
  const rows = leafRows(memory, leaves, words, alpha, weights);
  const strips = leaves.vars > keptVars ? stripsOf(memory, leaves, rows, keptVars) : null;
  const kept = memory.mark();
  const lowest = strips === null ? leafFractions(memory, leaves, rows) : sumStrips(memory, strips);
  const { small, large } = growTree(memory, lowest, Math.min(leaves.vars, keptVars));
  const q = small[0]!.q[0]!;
  channel.send([q]);
  // Padding is the entry (0, 0, 0), known to be looked up as often as there is padding: p/q = padding/α.
  let claim: FractionClaim<Ext> = { point: [], p: scale(mul(q, inverse(alpha)), leaves.padding), q };
  for (const layer of [...small.slice(1), ...large]) claim = proveLayer(channel, memory, claim, layer);
  memory.release(kept);
  for (let level = (strips?.levels ?? 0) - 1; level >= 0; level--) {
    claim = proveLayer(channel, memory, claim, { strips: strips!, level });
  }
  memory.release(mark);
  const { places } = blocksOf(columns, tables);
  const values = evaluateAt(memory, places.map(words), claim.point);
  channel.send(channel.leaves ? values.filter((_, i) => places[i]!.matrix === DERIVED) : values);
  const claims = places.map((place, i) => ({ place, point: claim.point.slice(0, place.vars), value: values[i]! }));
  return { point: claim.point, claims };
};
