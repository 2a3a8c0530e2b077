/** The verifier of the lookups as steps: the twin of `lookup/verify.ts`. */
import type { Claim, Place } from '../../commit/place.ts';
import { fromInteger, P } from '../../field/ext.ts';
import { blocksOf } from '../../lookup/blocks.ts';
import type { LookupColumn } from '../../lookup/column.ts';
import { type Leaf, leavesOf } from '../../lookup/leaves.ts';
import type { PlannedTable, ProofPlan } from '../../plan/plan.ts';
import { functionColumns, lookupTables, type Pieces, piecesOf } from '../../plan/tables.ts';
import type { StepChannel } from './channel.ts';
import { at, known, minus, rest, type StepForm, scaled } from './forms.ts';
import type { Listener } from './listener.ts';
import { type Shadows, STEPS, type StepValue } from './values.ts';
import { weighedSteps } from './weights.ts';
import {
  type Maker,
  type ProgramWriter,
  type Ref,
  type Register,
  type StepWriter,
  type Value,
  words,
} from './writer.ts';

/** What the lookups leave: every block takes a value at the first coordinates of one point. */
export type Looked = readonly Claim<StepForm, StepValue>[];

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
const tagAt = (
  book: ProgramWriter,
  shadows: Shadows,
  { sizes, tags }: LookupColumn,
  point: readonly StepValue[],
): StepValue => {
  const { number, mul, below } = STEPS;
  let used = 0;
  let value = number(1);
  for (const [depth, { size, vars }] of sizes.toReversed().entries()) {
    const own = point.slice(used, used + vars);
    used += vars;
    const each = depth === 0 && tags.length > 1;
    value = mul(value, each ? weighedSteps(book, shadows, tags, own, null) : below(own, size));
  }
  return tags.length === 1 ? mul(value, number(tags[0]!)) : value;
};

/** A column of a table: linear in pieces, and what it was at the last row behind the rows. */
const columnAt = (step: StepWriter, point: readonly Value[], { pieces }: Pieces): Register => {
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

/** Bits of an index of a table whose columns one step makes. */
const MOST_BESIDE_VARS = 14;

/** The columns of a table at a point, each made where it is needed or in steps of its own. */
const columnsAt = (
  book: ProgramWriter,
  shadows: Shadows,
  { graph }: ProofPlan,
  { spec, vars }: PlannedTable,
  point: readonly StepValue[],
): readonly Maker[] => {
  const pieces = piecesOf(graph, spec);
  if (pieces !== null) {
    return pieces.map((column): Maker => {
      const make: Maker = (step) => columnAt(step, point, column);
      if (column.pieces.length === 1 || vars <= MOST_BESIDE_VARS) return make;
      const record = book.step((step) => [make(step)]);
      return at({ record, word: 0 });
    });
  }
  const { first, second } = functionColumns(graph, spec);
  const filled = Array.from({ length: 2 ** vars }, (_, i) => fromInteger(second[Math.min(i, second.length - 1)]!));
  const found = weighedSteps(book, shadows, filled, point, null);
  return [(step) => columnAt(step, point, first), (step) => step.value(found)];
};

/** What a block counts in the fractions at the point, in a record: see {@link blockSteps}. */
const COUNTED = { selected: 0, known: 1, weights: 2 } as const;

/** Of a block: where the point selects it; what is known of its denominators, `α − row − 1`; what each value of a row counts there. */
const blockSteps = (
  { book }: Listener,
  shadows: Shadows,
  plan: ProofPlan,
  [alpha, ...weights]: readonly Ref[],
  point: readonly StepValue[],
  block: Leaf,
): number => {
  const own = point.slice(0, block.vars);
  const tag = block.kind === 'column' ? tagAt(book, shadows, block.column, own) : STEPS.number(block.table.tag);
  const columns = block.kind === 'column' ? [] : columnsAt(book, shadows, plan, plan.tables[block.table.tag - 1]!, own);
  return book.step((step) => {
    const selected = step.equalIndex(point.slice(block.vars), block.offset / 2 ** block.vars);
    let row = step.value(tag);
    for (const [i, column] of columns.entries()) row = step.add(row, step.mul(step.get(weights[i]!), column(step)));
    // What is not filled has 1.
    const left = step.sub(step.sub(step.get(alpha!), row), step.number(1));
    const values = block.kind === 'column' ? block.column.values : [];
    return [selected, step.mul(selected, left), ...values.map((_, i) => step.mul(selected, step.get(weights[i]!)))];
  });
};

/** From the witness's root, which was heard, to claims on every block. */
export const lookupSteps = (channel: StepChannel, plan: ProofPlan, shadows: Shadows): Looked => {
  const { listener } = channel;
  const tables = lookupTables(plan);
  const leaves = leavesOf(plan.columns, tables);
  const drawn = listener.challenges(3);
  const [q] = channel.receive(1) as [StepForm];
  const inverse = listener.book.step((step) => [step.invert(step.get(drawn[0]!))]);
  const p = scaled(q, leaves.padding, at({ record: inverse, word: 0 }));
  let layer: Layer = { p, q, point: [] };
  for (let j = 0; j < leaves.vars; j++) layer = layerSteps(channel, layer);
  const point = layer.point.map((ref) => shadows.of(ref));

  const { places, indexOf } = blocksOf(plan.columns, tables);
  const values = channel.receive(places.length);
  const valueAt = (place: Place): StepForm => values[indexOf(place)]!;
  const numerators: StepForm[] = [];
  const denominators: StepForm[] = [known(null)];
  for (const block of leaves.blocks) {
    const record = blockSteps(listener, shadows, plan, drawn, point, block);
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
  return places.map((place, i) => ({ place, point: point.slice(0, place.vars), value: values[i]! }));
};
