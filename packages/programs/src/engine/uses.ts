/** In which forms the nodes of a program read each constant, and which values are one and the same memory. */
import type { CheckedProgram } from '../check.ts';
import { type Node, operandsOf, type ValueId } from '../program.ts';

/** How a node's weights are laid out for the kernels. */
export type Layout =
  | { readonly kind: 'tiles'; readonly groups: number; readonly n: number; readonly k: number }
  | { readonly kind: 'taps'; readonly channels: number; readonly taps: number };

export type Uses = {
  /** The value whose memory a value lies in: itself, or of a `reshape` what it reads. */
  readonly roots: readonly ValueId[];
  /** Constants that some node reads as they are. */
  readonly plain: ReadonlySet<ValueId>;
  /** Layout of the weights of a node, by its index, where they are constant. */
  readonly layouts: ReadonlyMap<number, Layout>;
};

/** The operand that holds weights. */
export const weightsOf = ({ form }: Node): ValueId | null =>
  form.op === 'matmul' ? form.b : form.op === 'conv' ? form.w : null;

export const biasOf = ({ form }: Node): ValueId | null =>
  form.op === 'matmul' || form.op === 'conv' ? form.bias : null;

export const usesOf = (program: CheckedProgram): Uses => {
  const inputs = program.inputs.length;
  const first = inputs + program.constants.length;
  const isConstant = (id: ValueId | null): boolean => id !== null && id >= inputs && id < first;
  const roots = program.types.map((_, id) => id);
  const plain = new Set<ValueId>();
  const layouts = new Map<number, Layout>();
  const layoutOf = ({ form }: Node): Layout | null => {
    if (form.op === 'matmul') {
      const shape = program.types[form.b]!.shape;
      const [n, k] = [shape.at(-2)!, shape.at(-1)!];
      return { kind: 'tiles', groups: shape.slice(0, -2).reduce((product, size) => product * size, 1), n, k };
    }
    if (form.op !== 'conv') return null;
    const [count, kh, kw, depth] = program.types[form.w]!.shape as [number, number, number, number];
    const vectors = form.bias === null || isConstant(form.bias);
    if (depth === 1 && form.groups === count && vectors && form.groups > 1) {
      return { kind: 'taps', channels: count, taps: kh * kw };
    }
    return { kind: 'tiles', groups: form.groups, n: count / form.groups, k: kh * kw * depth };
  };
  for (const [i, node] of program.nodes.entries()) {
    const { form } = node;
    if (form.op === 'reshape') roots[first + i] = roots[form.x]!;
    const weights = weightsOf(node);
    const packed = isConstant(weights);
    if (packed) layouts.set(i, layoutOf(node)!);
    for (const [position, id] of operandsOf(form).entries()) {
      // Constant weights are read packed, constant biases as a channel vector; a may be the same value as b.
      const special = (packed && position === 1 && id === weights) || (position === 2 && id === biasOf(node));
      if (!special && isConstant(roots[id]!)) plain.add(roots[id]!);
    }
  }
  return { roots, plain, layouts };
};
