/**
 * Whether equal modulo p is equal as integers, of programs whose constants are hidden but of their types (constants/range.ts):
 * by intervals from those types, what tables let values be, and nothing that is only declared.
 */
import { DTYPE_RANGE, exactBounds, extent, Facts, type Interval, type Known, type ValueId } from '@surety/programs';
import { P } from '../field/ext.ts';
import { constantOf, isConstant, isInput, nodeOf, type ProofGraph } from '../graph/graph.ts';
import { type Wide, wideRange } from './differences.ts';
import type { ProofPlan } from './plan.ts';
import { lookedQuotients, type Staged, valuesOf } from './stages.ts';
import type { TableSpec } from './tables.ts';
import type { Tie } from './ties.ts';

/** Whether two integers of these intervals are equal if they are the same element. */
const apart = (a: Interval, b: Interval): boolean => Math.max(a.high - b.low, b.high - a.low) < P;

const union = (ranges: readonly Interval[]): Interval => ({
  low: Math.min(...ranges.map(({ low }) => low)),
  high: Math.max(...ranges.map(({ high }) => high)),
});

/** What a committed quotient and remainder can make of a sum that is shifted by so much. */
const summedBy = ({ quotients }: Staged, shift: number): Interval => {
  const { low, high } = lookedQuotients(quotients);
  const half = shift === 0 ? 0 : 2 ** (shift - 1);
  return { low: low * 2 ** shift - half, high: (high + 1) * 2 ** shift - 1 - half };
};

type Judged = { readonly range: Interval; readonly exact: boolean };

class Ranges {
  private readonly plan: ProofPlan;
  private readonly known: Known[] = [];

  constructor(plan: ProofPlan) {
    this.plan = plan;
  }

  /** The range of a value, those of lower number being known; and whether a sum that it is made from could be another. */
  judge(id: ValueId): Judged {
    const { graph, ties } = this.plan;
    const own = this.leaf(graph, id);
    const tie = ties[id] ?? null;
    const judged =
      own !== null ? { range: own, exact: true } : tie === null ? { range: ZERO, exact: true } : this.node(id, tie);
    const open = isConstant(graph, id) && !graph.hidden.has(id);
    const facts = open ? new Facts(() => constantOf(graph, id).read()) : null;
    this.known.push({ shape: graph.types[id]!.shape, range: judged.range, facts });
    return judged;
  }

  private leaf(graph: ProofGraph, id: ValueId): Interval | null {
    if (isInput(graph, id)) return graph.inputs[id]!;
    if (!isConstant(graph, id)) return null;
    const { dtype, read } = constantOf(graph, id);
    return graph.hidden.has(id) ? DTYPE_RANGE[dtype] : extent(read());
  }

  private node(id: ValueId, tie: Tie): Judged {
    const { form, stage } = nodeOf(this.plan.graph, id)!;
    const range = (operand: ValueId): Interval => this.known[operand]!.range;
    if (tie.kind === 'staged') return { range: valuesOf(tie.quotients), exact: this.exactSums(id, tie) };
    if (stage !== null) return { range: this.sums(id), exact: true };
    if (form.op === 'lookup')
      return this.lookedUp(range(form.x), tie, extent(constantOf(this.plan.graph, form.table).read()));
    if (form.op === 'argmax') return this.lookedUp(differences(range(form.x)), tie, this.plan.graph.ranges[id]!);
    if (form.op === 'max_pool' || form.op === 'reduce_max') {
      return this.lookedUp(differences(range(form.x)), tie, range(form.x));
    }
    return { range: union(movedBy(form).map(range)), exact: true };
  }

  /** Of all channels. */
  private sums(id: ValueId): Interval {
    const all: Interval[] = [];
    exactBounds(
      nodeOf(this.plan.graph, id)!.form,
      (operand) => this.known[operand]!,
      (exact) => all.push(exact),
    );
    return union(all);
  }

  private exactSums(id: ValueId, tie: Staged): boolean {
    const sums = this.sums(id);
    return tie.shifts.every((shift) => apart(sums, summedBy(tie, shift)));
  }

  private lookedUp(index: Interval, tie: Tie, range: Interval): Judged {
    const rows = 'table' in tie ? rowsOf(this.plan.graph, tie.table) : index;
    return { range, exact: apart(index, rows) };
  }
}

const ZERO: Interval = { low: 0, high: 0 };

const differences = ({ low, high }: Interval): Interval => ({ low: low - high - 1, high: high - low });

const rowsOf = (graph: ProofGraph, spec: TableSpec | Wide): Interval => {
  if ('upper' in spec) return wideRange(spec);
  if (spec.kind === 'range') return spec;
  if (spec.kind === 'clamp') return { low: spec.from, high: spec.to };
  return { low: spec.first, high: spec.first + graph.types[spec.table]!.shape[0]! - 1 };
};

/** What an operator without a stage takes its elements from. */
const movedBy = (form: NonNullable<ReturnType<typeof nodeOf>>['form']): readonly ValueId[] => {
  if (form.op === 'gather') return [form.data];
  if (form.op === 'concat') return form.x;
  return 'x' in form && typeof form.x === 'number' ? [form.x] : [];
};

/**
 * Values that might be others than integers make them though every hidden constant is of its type: sums that the stated types
 * let differ from what is committed to by 2^31 − 1, and outputs that are such sums themselves.
 */
export const openSums = (plan: ProofPlan): readonly ValueId[] => {
  const ranges = new Ranges(plan);
  const { graph } = plan;
  const judged = graph.types.map((_, id) => ranges.judge(id));
  const shown = new Set(graph.outputs.map(({ value }) => value));
  return [...graph.types.keys()].filter((id) => {
    const { range, exact } = judged[id]!;
    return !exact || (shown.has(id) && !apart(range, DTYPE_RANGE[graph.types[id]!.dtype]));
  });
};
