/** Some elements of replayed nodes, drawn from a seed and computed again one by one, where running all of them is too much. */
import type { Node, Tensor, ValueId } from '@surety/programs';
import { elementOf, namedBy, type Operands } from '../optimistic/operator.ts';
import { replayedElements } from './bound.ts';
import { drawIndices } from './draw.ts';
import type { Parts } from './parts.ts';
import type { Lookup, StagedValue } from './replay.ts';

export type Sample = {
  /** 32 bytes that the provider did not know when it committed to the trace. */
  readonly seed: Uint8Array;
  /** How many elements are drawn, with repetition. */
  readonly draws: number;
};

type WrongElement =
  | { readonly part: 'element'; readonly node: number; readonly element: number }
  | { readonly part: 'range'; readonly node: number };

/** Of what is drawn here; nodes use their own number. */
const PURPOSE = 0xffff_ffff;

const argmaxOf = (x: Tensor, element: number): number => {
  const k = x.shape.at(-1)!;
  const row = x.values.subarray(element * k, (element + 1) * k);
  let best = 0;
  for (let i = 1; i < k; i++) if (row[i]! > row[best]!) best = i;
  return best;
};

/** What an element of a node has to be. */
const wantedOf = (node: Node, type: Tensor, element: number, value: (id: ValueId) => Tensor): number => {
  if (node.form.op === 'argmax') return argmaxOf(value(node.form.x), element);
  const named = namedBy(node);
  const operands: Operands = {
    type: (place) => value(named[place]!),
    run: (place, index, count) => value(named[place]!).values.subarray(index, index + count),
  };
  return Number(elementOf({ node, type }, element, operands));
};

/**
 * The revealed values, each within what is proved of it, with the drawn elements held against their operands.
 * @param of.values of the replayed nodes, in their order
 */
export const sampled = (
  { program, folded, replayed }: Parts,
  of: {
    readonly inputs: readonly Tensor[];
    readonly staged: StagedValue;
    readonly values: readonly Tensor[];
    readonly sample: Sample;
  },
): { readonly wrong: WrongElement } | { readonly wrong: null; readonly value: Lookup } => {
  const constantsFrom = program.inputs.length;
  const nodesFrom = constantsFrom + program.constants.length;
  const known = new Map<ValueId, Tensor>();
  for (const [i, { id }] of folded.entries()) known.set(id, of.staged(i));
  for (const [i, node] of replayed.entries()) {
    const { low, high } = program.ranges[nodesFrom + node]!;
    const tensor = of.values[i]!;
    for (const value of tensor.values) if (value < low || value > high) return { wrong: { part: 'range', node } };
    known.set(nodesFrom + node, tensor);
  }
  const constants = new Map<ValueId, Tensor>();
  const value: Lookup = (id) => {
    if (id < constantsFrom) return of.inputs[id]!;
    if (id >= nodesFrom) return known.get(id)!;
    let constant = constants.get(id);
    if (constant === undefined) {
      const { dtype, shape, read } = program.constants[id - constantsFrom]!;
      constant = { dtype, shape, values: read() };
      constants.set(id, constant);
    }
    return constant;
  };
  const total = replayedElements({ program, replayed });
  const draws = total === 0 ? [] : drawIndices(of.sample.seed, [PURPOSE], of.sample.draws, total);
  for (const drawn of draws) {
    let element = drawn;
    let at = 0;
    while (element >= of.values[at]!.values.length) element -= of.values[at++]!.values.length;
    const node = replayed[at]!;
    const wanted = wantedOf(program.nodes[node]!, of.values[at]!, element, value);
    if (wanted !== of.values[at]!.values[element]) return { wrong: { part: 'element', node, element } };
  }
  return { wrong: null, value };
};
