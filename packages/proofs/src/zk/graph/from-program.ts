/** The graph of a program whose constants are at hand. */
import { type CheckedProgram, extent, type Interval, operandsOf, type Program, type ValueId } from '@surety/programs';
import { P } from '../field/ext.ts';
import { coarse } from './declared.ts';
import type { ProofGraph } from './graph.ts';
import { withRanges } from './ranges.ts';

/**
 * Constants that have to be public: tables, shifts and indices, by which others are looked up. All others can be hidden. What
 * computed indices choose from has to be looked up as well; a commitment that hides nothing leaves it public.
 */
const structural = ({ inputs, constants, nodes }: Program, proofs: number): ReadonlySet<ValueId> => {
  const ids = new Set<ValueId>();
  const isComputed = (id: ValueId): boolean => id >= inputs.length + constants.length;
  for (const { form, stage } of nodes) {
    if (form.op === 'lookup') ids.add(form.table);
    if (form.op === 'gather') ids.add(form.index);
    if (form.op === 'gather' && proofs === 0 && isComputed(form.index)) ids.add(form.data);
    if (stage !== null && typeof stage.shift === 'object') ids.add(stage.shift.constant);
  }
  return ids;
};

/**
 * Constants that are committed to: every one but tables, shifts and indices.
 * @param proofs those that the commitment hides them in; 0 where it only binds
 */
export const hiddenConstants = (program: Program, proofs: number): ReadonlySet<ValueId> => {
  const open = structural(program, proofs);
  const ids = program.constants.map((_, i) => program.inputs.length + i);
  return new Set(ids.filter((id) => !open.has(id)));
};

/** Proofs that one commitment hides its constants in, at most: random words behind rows grow with their number. */
export const MOST_PROOFS = 256;

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

type Graphs = { readonly [hides in 'open' | 'bound' | 'hidden']?: ProofGraph };

/** Programs do not change, and plans of proofs are kept by their graphs. */
const made = new WeakMap<CheckedProgram, Graphs>();

/**
 * The graph of a program, made once.
 * @param hide whether constants other than tables, shifts and indices are committed to
 * @param proofs those that the commitment hides them in; 0 where it only binds
 */
export const graphOf = (program: CheckedProgram, hide: boolean, proofs = MOST_PROOFS): ProofGraph => {
  const graphs = made.get(program);
  const kind = !hide ? 'open' : proofs === 0 ? 'bound' : 'hidden';
  const known = graphs?.[kind];
  if (known !== undefined) return known;
  const hidden = hide ? hiddenConstants(program, proofs) : new Set<ValueId>();
  const graph = graphWith(program, provedQuotients(program, hide), hidden);
  made.set(program, { ...graphs, [kind]: graph });
  return graph;
};
