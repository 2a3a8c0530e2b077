/** The graph of a program whose constants are at hand. */
import { type CheckedProgram, operandsOf, type Program, type ValueId } from '@surety/programs';
import { type ProofGraph, signedBits } from './graph.ts';
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

/** Declared bits of each value: what the program's bounds prove of what its clamps are given. */
const provedBits = ({ inputs, constants, nodes, unclamped }: CheckedProgram): readonly number[] => {
  const first = inputs.length + constants.length;
  return unclamped.map((range, id) => (nodes[id - first]?.stage ? signedBits(range) : 0));
};

/** @param bits declared, by value */
export const graphWith = (
  program: CheckedProgram,
  bits: readonly number[],
  hidden: ReadonlySet<ValueId>,
): ProofGraph => {
  const { inputs, constants, nodes, outputs, types, ranges } = program;
  const needed = neededOf(program, types.length);
  return withRanges({ inputs, constants, nodes, outputs, types, bits, hidden, needed }, ranges);
};

/** @param hide whether constants other than tables, shifts and indices are hidden */
export const graphOf = (program: CheckedProgram, hide: boolean): ProofGraph =>
  graphWith(program, provedBits(program), hide ? hiddenConstants(program) : new Set());
