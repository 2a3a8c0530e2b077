/** The verifier's side of the lookup argument of `prove.ts`. */
import type { VerifierChannel } from '../channel/channel.ts';
import { combined, type Form, known, minus, scaled, sum } from '../channel/form.ts';
import { DERIVED, type Place } from '../commit/place.ts';
import { add, type Ext, inverse, mul, neg, ONE, scale, sub, ZERO } from '../field/ext.ts';
import { eqAt } from '../field/multilinear.ts';
import type { ProofMemory } from '../memory.ts';
import { checkSumcheck } from '../sumcheck/verify.ts';
import { blocksOf } from './blocks.ts';
import type { LookupColumn, LookupTable } from './column.ts';
import { evaluateAt } from './evaluate.ts';
import type { FractionClaim } from './layer.ts';
import { leavesOf } from './leaves.ts';
import type { Looked } from './prove.ts';
import { tagsAt } from './tags.ts';

/** Claims on the layer below one with claims at a point. */
const checkLayer = (channel: VerifierChannel, claim: FractionClaim<Form>): FractionClaim<Form> => {
  const lambda = channel.challenge();
  const vars = claim.point.length;
  const summed = combined([
    [claim.p, ONE],
    [claim.q, lambda],
  ]);
  const { point, value } = checkSumcheck(channel, summed, vars, 2, claim.point);
  const [p0, p1, q0, q1] = channel.receive(4) as [Form, Form, Form, Form];
  const joined = sum([p1, scaled(q1, lambda)]);
  const both = sum([channel.product(p0, q1), channel.product(joined, q0)]);
  channel.zero(minus(both, value), 'fractions of the lookups do not add up');
  const upper = channel.challenge();
  const between = (low: Form, high: Form): Form =>
    combined([
      [low, sub(ONE, upper)],
      [high, upper],
    ]);
  return { point: [...point, upper], p: between(p0, p1), q: between(q0, q1) };
};

/**
 * Columns and tables are what the statement says of the program; their blocks are committed to, and the commitment absorbed,
 * before this starts.
 * @throws ProofError unless every row of every column is in the table of its tag, and all padding 0
 */
export const verifyLookups = (
  channel: VerifierChannel,
  memory: ProofMemory,
  columns: readonly LookupColumn[],
  tables: readonly LookupTable[],
): Looked<Form> => {
  const leaves = leavesOf(columns, tables);
  const alpha = channel.challenge();
  const weights = [channel.challenge(), channel.challenge()];
  // Of true p and q, α·p = padding·q is all there is to check (see soundness.ts): that q is not 0 follows.
  const [q] = channel.receive(1) as [Form];
  let claim: FractionClaim<Form> = { point: [], p: scaled(q, scale(inverse(alpha), leaves.padding)), q };
  for (let j = 0; j < leaves.vars; j++) claim = checkLayer(channel, claim);

  const { places, indexOf } = blocksOf(columns, tables);
  const { point } = claim;
  const values = valuesOf(channel, places, point);
  const entriesOf = tableValues(memory, tables, point);
  const numerators: [Form, Ext][] = [];
  const denominators: [Form, Ext][] = [];
  let filled = ZERO;
  let ones = ZERO;
  for (const block of leaves.blocks) {
    const own = point.slice(0, block.vars);
    const selected = eqAt(point.slice(block.vars), block.offset / 2 ** block.vars);
    filled = add(filled, selected);
    const committed = (block.kind === 'column' ? block.column.values : []).map((place) => values[indexOf(place)]!);
    const parts = block.kind === 'column' ? committed : entriesOf(block.table).map(known);
    const tag = block.kind === 'column' ? tagsAt(memory, block.column, own) : scale(ONE, block.table.tag);
    denominators.push([known(sub(alpha, tag)), selected]);
    for (const [i, part] of parts.entries()) denominators.push([part, neg(mul(selected, weights[i]!))]);
    if (block.kind === 'column') ones = add(ones, selected);
    else numerators.push([values[indexOf(block.table.multiplicity)]!, neg(selected)]);
  }
  const p = sum([known(ones), combined(numerators)]);
  const allQ = sum([known(sub(ONE, filled)), combined(denominators)]);
  channel.zero(minus(claim.p, p), 'counts of lookups are not those of the tree');
  channel.zero(minus(claim.q, allQ), 'values looked up are not those of the tree');
  const claims = places.map((place, i) => ({ place, point: point.slice(0, place.vars), value: values[i]! }));
  return { point, claims };
};

/** Values of blocks at the first coordinates of a point: sent, but for those of committed blocks where they are left. */
const valuesOf = (channel: VerifierChannel, places: readonly Place[], point: readonly Ext[]): readonly Form[] => {
  const { left } = channel;
  if (left === null) return channel.receive(places.length);
  const sent = [...channel.receive(places.filter(({ matrix }) => matrix === DERIVED).length)];
  return places.map((place) => (place.matrix === DERIVED ? sent.shift()! : left(place, point.slice(0, place.vars))));
};

/** Extensions of the columns of each table at the point. */
const tableValues = (memory: ProofMemory, tables: readonly LookupTable[], point: readonly Ext[]) => {
  const found = new Map<LookupTable, readonly Ext[]>();
  for (const table of tables) {
    if (table.extensions !== undefined) {
      found.set(table, table.extensions(point.slice(0, table.vars)));
      continue;
    }
    const mark = memory.mark();
    const vectors = table.columns.map((column) => {
      const vector = memory.base(column.length);
      memory.words(vector).set(column);
      return vector;
    });
    found.set(table, evaluateAt(memory, vectors, point));
    memory.release(mark);
  }
  return (table: LookupTable): readonly Ext[] => found.get(table)!;
};
