/** The verifier of the lookups as steps: the twin of `lookup/verify.ts`. */
import type { Place } from '../../commit/place.ts';
import { fromInteger, P } from '../../field/ext.ts';
import { blocksOf } from '../../lookup/blocks.ts';
import type { LookupColumn } from '../../lookup/column.ts';
import { type Leaf, leavesOf } from '../../lookup/leaves.ts';
import type { ProofPlan } from '../../plan/plan.ts';
import { lookupTables, type Pieces, piecesOf } from '../../plan/tables.ts';
import type { StepChannel } from './channel.ts';
import { at, known, minus, rest, type StepForm, scaled } from './forms.ts';
import type { Listener } from './listener.ts';
import { type Ref, type Register, type StepWriter, words } from './writer.ts';

/** What the lookups leave: every block takes a value at the first of the point's coordinates. */
export type Looked = {
  readonly point: readonly Ref[];
  readonly places: readonly Place[];
  readonly valueAt: (place: Place) => StepForm;
};

/** A fraction at a point. */
type Layer = { readonly p: StepForm; readonly q: StepForm; readonly point: readonly Ref[] };

const layerSteps = (channel: StepChannel, { p, q, point }: Layer): Layer => {
  const { listener } = channel;
  const [lambda] = listener.challenges(1) as [Ref];
  const summed = channel.sumcheck([...p, ...scaled(q, 1, at(lambda))], point.length, point);
  const [p0, p1, q0, q1] = channel.receive(4) as [StepForm, StepForm, StepForm, StepForm];
  const joined = [...p1, ...scaled(q1, 1, at(lambda))];
  const both = [...channel.product(p0, q1), ...channel.product(joined, q0)];
  channel.zero(minus(both, summed.value));
  const end = listener.draw(({ step, challenge }) => {
    const upper = challenge();
    return [...summed.point.map((coordinate) => step.get(coordinate)), upper];
  });
  const all = words(end, 1, 2 + point.length);
  const upper = at(all.at(-1)!);
  const between = (low: StepForm, high: StepForm): StepForm => [
    ...scaled(low, 1, rest(upper)),
    ...scaled(high, 1, upper),
  ];
  return { p: between(p0, p1), q: between(q0, q1), point: all };
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

/** What a block counts in the fractions at the point, in a record: see {@link blockSteps}. */
const COUNTED = { selected: 0, known: 1, weights: 2 } as const;

/** Of a block: where the point selects it; what is known of its denominators, `α − row − 1`; what each value of a row counts there. */
const blockSteps = (
  listener: Listener,
  plan: ProofPlan,
  [alpha, ...weights]: readonly Ref[],
  point: readonly Ref[],
  block: Leaf,
): number => {
  const own = point.slice(0, block.vars);
  return listener.book.step((step) => {
    const selected = step.equalIndex(point.slice(block.vars), block.offset / 2 ** block.vars);
    let row = block.kind === 'column' ? tagAt(step, block.column, own) : step.number(block.table.tag);
    const entries = block.kind === 'column' ? [] : piecesOf(plan.graph, plan.tables[block.table.tag - 1]!.spec)!;
    for (const [i, pieces] of entries.entries()) {
      row = step.add(row, step.mul(step.get(weights[i]!), columnAt(step, own, pieces)));
    }
    // What is not filled has 1.
    const left = step.sub(step.sub(step.get(alpha!), row), step.number(1));
    const values = block.kind === 'column' ? block.column.values : [];
    return [selected, step.mul(selected, left), ...values.map((_, i) => step.mul(selected, step.get(weights[i]!)))];
  });
};

/** From the witness's root, which was heard, to claims on every block. */
export const lookupSteps = (channel: StepChannel, plan: ProofPlan): Looked => {
  const { listener } = channel;
  const tables = lookupTables(plan);
  const leaves = leavesOf(plan.columns, tables);
  const drawn = listener.challenges(3);
  const [q] = channel.receive(1) as [StepForm];
  const inverse = listener.book.step((step) => [step.invert(step.get(drawn[0]!))]);
  const p = scaled(q, leaves.padding, at({ record: inverse, word: 0 }));
  let layer: Layer = { p, q, point: [] };
  for (let j = 0; j < leaves.vars; j++) layer = layerSteps(channel, layer);
  const { point } = layer;

  const { places, indexOf } = blocksOf(plan.columns, tables);
  const values = channel.receive(places.length);
  const valueAt = (place: Place): StepForm => values[indexOf(place)]!;
  const numerators: StepForm[] = [];
  const denominators: StepForm[] = [known(null)];
  for (const block of leaves.blocks) {
    const record = blockSteps(listener, plan, drawn, point, block);
    const counts = (word: number) => at({ record, word });
    const selected = counts(COUNTED.selected);
    denominators.push(known(counts(COUNTED.known)));
    if (block.kind === 'table') {
      numerators.push(scaled(valueAt(block.table.multiplicity), P - 1, selected));
      continue;
    }
    numerators.push(known(selected));
    for (const [i, place] of block.column.values.entries()) {
      denominators.push(scaled(valueAt(place), P - 1, counts(COUNTED.weights + i)));
    }
  }
  channel.zero(minus(layer.p, numerators.flat()));
  channel.zero(minus(layer.q, denominators.flat()));
  return { point, places, valueAt };
};
