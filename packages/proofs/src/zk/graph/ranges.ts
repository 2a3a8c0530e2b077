/** Ranges of values from what both sides of a proof know: inputs, public constants, declared bits and stages. */
import { DTYPE_RANGE, extent, type Interval, operandsOf, type ValueId } from '@surety/programs';
import { constantOf, isConstant, isInput, nodeOf, type ProofGraph } from './graph.ts';

const union = (ranges: readonly Interval[]): Interval => ({
  low: Math.min(...ranges.map(({ low }) => low)),
  high: Math.max(...ranges.map(({ high }) => high)),
});

const rangeOf = (
  graph: Omit<ProofGraph, 'ranges'>,
  id: ValueId,
  before: readonly Interval[],
  known: readonly Interval[],
): Interval => {
  const whole = graph as ProofGraph;
  if (isInput(whole, id)) return graph.inputs[id]!;
  if (isConstant(whole, id)) {
    const constant = constantOf(whole, id);
    if (graph.hidden.has(id)) return DTYPE_RANGE[constant.dtype];
    return known[id] ?? extent(constant.read());
  }
  const { form, stage } = nodeOf(whole, id)!;
  if (stage !== null) {
    const { low, high } = graph.quotients[id]!;
    const within = (x: number): number => Math.min(Math.max(x, stage.low), stage.high);
    return { low: within(low), high: within(high) };
  }
  if (form.op === 'lookup') return extent(constantOf(whole, form.table).read());
  if (form.op === 'argmax') return { low: 0, high: graph.types[form.x]!.shape.at(-1)! - 1 };
  if (form.op === 'gather') return before[form.data]!;
  return union(operandsOf(form).map((operand) => before[operand]!));
};

/**
 * The graph with the range of each value.
 * @param known ranges of public constants, by value, where they are known
 */
export const withRanges = (graph: Omit<ProofGraph, 'ranges'>, known: readonly Interval[] = []): ProofGraph => {
  const ranges: Interval[] = [];
  for (let id = 0; id < graph.types.length; id++) ranges.push(rangeOf(graph, id, ranges, known));
  return { ...graph, ranges };
};
