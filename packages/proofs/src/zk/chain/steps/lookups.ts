/** The verifier of the lookups as steps: the twin of `lookup/verify.ts` where nothing is hidden. */
import type { Place } from '../../commit/place.ts';
import { fromInteger } from '../../field/ext.ts';
import { blocksOf } from '../../lookup/blocks.ts';
import type { LookupColumn } from '../../lookup/column.ts';
import { leavesOf } from '../../lookup/leaves.ts';
import type { ProofPlan } from '../../plan/plan.ts';
import { lookupTables, type Pieces, piecesOf } from '../../plan/tables.ts';
import type { Listener } from './listener.ts';
import { type Ref, type Register, type StepWriter, words } from './writer.ts';

/** What the lookups leave: every block takes a value at the first of the point's coordinates. */
export type Looked = {
  readonly point: readonly Ref[];
  readonly places: readonly Place[];
  /** Where in the data the value of a place stands. */
  readonly valueAt: (place: Place) => { readonly data: number };
};

/** A fraction at a point. */
type Layer = { readonly p: Ref; readonly q: Ref; readonly point: readonly Ref[] };

const layerSteps = (listener: Listener, { p, q, point }: Layer): Layer => {
  const vars = point.length;
  const begin = listener.draw(({ step, challenge }) => {
    const lambda = challenge();
    const sum = step.add(step.get(p), step.mul(step.get(q), lambda));
    return [sum, lambda, ...point.map((coordinate) => step.get(coordinate))];
  });
  const summed = listener.weightedSum({ record: begin, word: 1 }, words(begin, 3, 3 + vars), {
    record: begin,
    word: 2,
  });
  const end = listener.hear(64, ({ step, offset, challenge }) => {
    const [p0, p1, q0, q1] = [0, 16, 32, 48].map((at) => step.element(offset + at)) as [number, number, number, number];
    const joined = step.add(p1, step.mul(q1, step.get(summed.kept)));
    step.same(step.add(step.mul(p0, q1), step.mul(joined, q0)), step.get(summed.value));
    const upper = challenge();
    const between = (low: Register, high: Register): Register => step.add(low, step.mul(upper, step.sub(high, low)));
    return [between(p0, p1), between(q0, q1), ...summed.point.map((coordinate) => step.get(coordinate)), upper];
  });
  return { p: { record: end, word: 1 }, q: { record: end, word: 2 }, point: words(end, 3, 4 + vars) };
};

/** `Σ_i eq(i)·tag` over the rows of a column that are no padding. */
const tagAt = (step: StepWriter, { sizes, tags }: LookupColumn, point: readonly Ref[]): Register => {
  let used = 0;
  let value: Register | null = null;
  for (const { size, vars } of sizes.toReversed()) {
    const own = point.slice(used, used + vars);
    used += vars;
    if (size === 2 ** vars) continue;
    const inside = step.below(own, size);
    value = value === null ? inside : step.mul(value, inside);
  }
  return value === null ? step.number(tags[0]!) : step.scale(value, tags[0]!);
};

/** A column of a table: linear in pieces, and what it was at the last row behind the rows. */
const columnAt = (step: StepWriter, point: readonly Ref[], { pieces }: Pieces): Register => {
  let sum = step.number(0);
  let [counted, indices] = [step.number(0), step.number(0)];
  let [start, last] = [0, 0];
  for (const { end, slope, at } of pieces) {
    if (end <= start) continue;
    const until = step.below(point, end);
    const upTo = until + 1;
    sum = step.add(sum, step.scale(step.sub(until, counted), fromInteger(at)));
    if (slope === 1) sum = step.add(sum, step.sub(upTo, indices));
    [start, counted, indices, last] = [end, until, upTo, at + slope * (end - 1)];
  }
  return step.add(sum, step.scale(step.sub(step.number(1), counted), fromInteger(last)));
};

/** From the witness's root, which was heard, to claims on every block. */
export const lookupSteps = (listener: Listener, plan: ProofPlan): Looked => {
  const { book } = listener;
  const tables = lookupTables(plan);
  const leaves = leavesOf(plan.columns, tables);
  const [alpha, ...weights] = listener.challenges(3) as [Ref, Ref, Ref];
  const top = listener.hear(16, ({ step, offset }) => {
    const q = step.element(offset);
    const filling = step.scale(step.invert(step.get(alpha)), leaves.padding);
    return [step.mul(q, filling), q];
  });
  let layer: Layer = { p: { record: top, word: 1 }, q: { record: top, word: 2 }, point: [] };
  for (let j = 0; j < leaves.vars; j++) layer = layerSteps(listener, layer);
  const { p, q, point } = layer;

  const { places, indexOf } = blocksOf(plan.columns, tables);
  let start = 0;
  listener.hear(16 * places.length, ({ offset }) => {
    start = offset;
    return [];
  });
  const valueAt = (place: Place): { readonly data: number } => ({ data: start + 16 * indexOf(place) });

  const first = book.step((step) => [step.number(0), step.number(1)]);
  let sums = words(first, 0, 2) as [Ref, Ref];
  for (const block of leaves.blocks) {
    const [sumP, sumQ] = sums;
    const own = point.slice(0, block.vars);
    const record = book.step((step) => {
      const selected = step.equalIndex(point.slice(block.vars), block.offset / 2 ** block.vars);
      const isColumn = block.kind === 'column';
      const parts = isColumn
        ? block.column.values.map((place) => step.value(valueAt(place)))
        : piecesOf(plan.graph, plan.tables[block.table.tag - 1]!.spec)!.map((column) => columnAt(step, own, column));
      let row = isColumn ? tagAt(step, block.column, own) : step.number(block.table.tag);
      for (const [i, part] of parts.entries()) row = step.add(row, step.mul(step.get(weights[i]!), part));
      // α − row − 1: what is not filled has 1.
      const denominator = step.sub(step.sub(step.get(alpha), row), step.number(1));
      const numerator = isColumn
        ? selected
        : step.sub(step.number(0), step.mul(selected, step.value(valueAt(block.table.multiplicity))));
      return [step.add(step.get(sumP), numerator), step.add(step.get(sumQ), step.mul(selected, denominator))];
    });
    sums = words(record, 0, 2) as [Ref, Ref];
  }
  book.step((step) => {
    step.same(step.get(p), step.get(sums[0]));
    step.same(step.get(q), step.get(sums[1]));
    return [];
  });
  return { point, places, valueAt };
};
