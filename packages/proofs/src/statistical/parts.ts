/** Which nodes of a program are checked by their sums and which are run again (spec 19.2). */
import {
  type CheckedProgram,
  elements,
  I32_MAX,
  type IntegerForm,
  multiplyAccumulates,
  type Node,
  type TensorType,
  type ValueId,
} from '@surety/programs';
import { type Width, widthOf } from './packed.ts';

export type Linear = Extract<IntegerForm, { readonly op: 'matmul' | 'conv' }>;

/** A node that is checked by its sums. */
export type Folded = {
  /** Place among the nodes, from 0. */
  readonly node: number;
  readonly id: ValueId;
  readonly form: Linear;
  /** Of the sums: the node's shape, i32. */
  readonly type: TensorType;
  /** Bytes of a sum in a record. */
  readonly bytes: Width;
};

export type Parts = {
  readonly program: CheckedProgram;
  /** Least number of multiplications that checking saves for each one that it takes; 0 folds every linear node. */
  readonly gain: number;
  readonly folded: readonly Folded[];
  /** Nodes that are run again. */
  readonly replayed: readonly number[];
  /** Elements of all folded nodes: how many sums a record has. */
  readonly sums: number;
  /** Bytes that they take there. */
  readonly sumsBytes: number;
};

/**
 * Multiplications saved for each element read or written. Measured: a sum that is read, multiplied, rounded and hashed takes a
 * check three to six nanoseconds, in which the kernels do one to two hundred multiply-accumulates; below this running again is as
 * cheap (docs/decisions/statistical-proofs.md).
 */
export const GAIN = 128;

/** Values that a check of the node reads and that change from run to run, and sums. */
const touched = ({ form }: Node, program: CheckedProgram, out: number): number => {
  const size = (id: ValueId): number => elements(program.types[id]!.shape);
  const changing = (id: ValueId): number =>
    id >= program.inputs.length && id < program.inputs.length + program.constants.length ? 0 : size(id);
  if (form.op === 'matmul') return size(form.a) + changing(form.b) + out;
  if (form.op === 'conv') return size(form.x) + changing(form.w) + out;
  return out;
};

const macsOf = (program: CheckedProgram, node: number): number => {
  const { shape } = program.types[program.inputs.length + program.constants.length + node]!;
  return multiplyAccumulates(program.nodes[node]!, shape, (value) => program.types[value]!.shape);
};

/** @param gain a whole number, 0 .. 2^32 − 1 */
export const partsOf = (program: CheckedProgram, gain: number = GAIN): Parts => {
  const first = program.inputs.length + program.constants.length;
  const folded: Folded[] = [];
  const replayed: number[] = [];
  for (const [node, { form }] of program.nodes.entries()) {
    const id = first + node;
    const { shape } = program.types[id]!;
    const linear = form.op === 'matmul' || form.op === 'conv';
    const saved = linear ? multiplyAccumulates(program.nodes[node]!, shape, (value) => program.types[value]!.shape) : 0;
    if (linear && saved >= gain * touched(program.nodes[node]!, program, elements(shape))) {
      folded.push({ node, id, form, type: { dtype: 'i32', shape }, bytes: widthOf(program, node) });
    } else replayed.push(node);
  }
  const sums = folded.reduce((sum, { type }) => sum + elements(type.shape), 0);
  const sumsBytes = folded.reduce((sum, { type, bytes }) => sum + elements(type.shape) * bytes, 0);
  return { program, gain, folded, replayed, sums, sumsBytes };
};

/**
 * Work of checking a record, in multiply-accumulates that take as long: an element that is read or written is taken to cost as
 * much as {@link GAIN} of them.
 */
export const checkWork = ({ program, folded, replayed }: Parts): number => {
  const first = program.inputs.length + program.constants.length;
  const sizeOf = (node: number): number => elements(program.types[first + node]!.shape);
  const checked = folded.map(({ node }) => GAIN * touched(program.nodes[node]!, program, sizeOf(node)));
  const run = replayed.map((node) => macsOf(program, node) + sizeOf(node));
  return [...checked, ...run].reduce((sum, work) => sum + work, 0);
};

/**
 * The program with the exact sums of every folded node as further nodes behind its own: their stage shifts by 0 and clamps
 * nothing, so what comes out is f of spec 12.3. The other nodes, and their numbers, stay.
 */
export const widened = ({ program, folded }: Parts): Node[] => [
  ...program.nodes,
  ...folded.map(({ form }): Node => ({ form, dtype: 'i32', stage: { shift: 0, low: -I32_MAX, high: I32_MAX } })),
];
