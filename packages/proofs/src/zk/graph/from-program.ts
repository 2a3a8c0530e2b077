/** The graph of a program whose constants are at hand. */
import { type CheckedProgram, extent, type Interval, operandsOf, type Program, type ValueId } from '@surety/programs';
import { P } from '../field/ext.ts';
import { coarse } from './declared.ts';
import type { ProofGraph } from './graph.ts';
import { withRanges } from './ranges.ts';

/**
 * Constants that have to be public: tables, shifts and indices, by which others are looked up. All others can be hidden.
 */
const structural = ({ nodes }: Program): ReadonlySet<ValueId> => {
  const ids = new Set<ValueId>();
  for (const { form, stage } of nodes) {
    if (form.op === 'lookup') ids.add(form.table);
    if (form.op === 'gather') ids.add(form.index);
    if (stage !== null && typeof stage.shift === 'object') ids.add(stage.shift.constant);
  }
  return ids;
};

/** Constants that a private program hides: every one but tables, shifts and indices. */
export const hiddenConstants = (program: Program): ReadonlySet<ValueId> => {
  const open = structural(program);
  const ids = program.constants.map((_, i) => program.inputs.length + i);
  return new Set(ids.filter((id) => !open.has(id)));
};

/** Which values the outputs need. */
export const neededOf = (program: Program, count: number): readonly boolean[] => {
  const needed = new Array<boolean>(count).fill(false);
  for (const { value } of program.outputs) needed[value] = true;
  const first = program.inputs.length + program.constants.length;
  for (let i = program.nodes.length - 1; i >= 0; i--) {
    const { form } = program.nodes[i]!;
    if (needed[first + i]) for (const operand of operandsOf(form)) needed[operand] = true;
  }
  return needed;
};

/**
 * Declared of each value: what the program's bounds prove of what its clamps are given.
 * @param hide whether that is made coarser where it can be, as it tells something of the constants
 */
const provedQuotients = (program: CheckedProgram, hide: boolean): readonly (Interval | null)[] => {
  const { inputs, constants, nodes, unclamped } = program;
  const first = inputs.length + constants.length;
  return unclamped.map((range, id) => {
    const stage = nodes[id - first]?.stage ?? null;
    if (stage === null) return null;
    const by = stage.shift;
    const shift = typeof by === 'number' ? by : extent(constants[by.constant - inputs.length]!.read()).high;
    const wide = coarse(range);
    return hide && 2 ** shift * (wide.high - wide.low + 1) <= P ? wide : range;
  });
};

/** @param quotients declared, by value */
export const graphWith = (
  program: CheckedProgram,
  quotients: ProofGraph['quotients'],
  hidden: ReadonlySet<ValueId>,
): ProofGraph => {
  const { inputs, constants, nodes, outputs, types, ranges } = program;
  const needed = neededOf(program, types.length);
  return withRanges({ inputs, constants, nodes, outputs, types, quotients, hidden, needed }, ranges);
};

type Graphs = { readonly [hides in 'open' | 'hidden']?: ProofGraph };

/** Programs do not change, and plans of proofs are kept by their graphs. */
const made = new WeakMap<CheckedProgram, Graphs>();

/**
 * The graph of a program, made once.
 * @param hide whether constants other than tables, shifts and indices are hidden
 */
export const graphOf = (program: CheckedProgram, hide: boolean): ProofGraph => {
  const graphs = made.get(program);
  const kind = hide ? 'hidden' : 'open';
  const known = graphs?.[kind];
  if (known !== undefined) return known;
  const hidden = hide ? hiddenConstants(program) : new Set<ValueId>();
  const graph = graphWith(program, provedQuotients(program, hide), hidden);
  made.set(program, { ...graphs, [kind]: graph });
  return graph;
};
