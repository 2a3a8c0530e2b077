/** What a program weighs and what one run of it costs. */
import { type CheckedProgram, shapeOf } from './check.ts';
import type { Node, OpName, ValueId } from './program.ts';
import { DTYPE_BYTES, elements, type Shape } from './tensor.ts';

export type Cost = {
  /** How many nodes of each operator there are. */
  readonly operators: Readonly<Partial<Record<OpName, number>>>;
  /** Elements of all constants: weights, biases, shifts and tables. */
  readonly parameters: number;
  readonly constantBytes: number;
  /** Multiplications whose results are summed, of one run. */
  readonly multiplyAccumulates: number;
  /** Elements that all nodes of one run write. */
  readonly elementsWritten: number;
};

/** Multiply-accumulates of one node. */
export const multiplyAccumulates = ({ form }: Node, out: Shape, shape: (id: ValueId) => Shape): number => {
  switch (form.op) {
    case 'matmul':
      return elements(out) * shape(form.b).at(-1)!;
    case 'conv':
      return elements(out) * elements(shape(form.w).slice(1));
    case 'mul':
      return elements(out);
    case 'affine':
      return elements(out) * form.x.length;
    default:
      return 0;
  }
};

export const costOf = (program: CheckedProgram): Cost => {
  const operators: Partial<Record<OpName, number>> = {};
  const first = program.inputs.length + program.constants.length;
  let macs = 0;
  let written = 0;
  program.nodes.forEach((node, i) => {
    operators[node.form.op] = (operators[node.form.op] ?? 0) + 1;
    const out = shapeOf(program, first + i);
    macs += multiplyAccumulates(node, out, (id) => shapeOf(program, id));
    written += elements(out);
  });
  const sizes = program.constants.map(({ shape }) => elements(shape));
  return {
    operators,
    parameters: sizes.reduce((a, b) => a + b, 0),
    constantBytes: program.constants.reduce((sum, { dtype }, i) => sum + DTYPE_BYTES[dtype] * sizes[i]!, 0),
    multiplyAccumulates: macs,
    elementsWritten: written,
  };
};
