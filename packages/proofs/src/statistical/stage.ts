/** What the stages of folded nodes make of their sums (spec 12.3): all elements, in one pass. */
import { allocate, type CheckedProgram, type Tensor } from '@surety/programs';
import type { Folded } from './parts.ts';

/** Value of a folded node by its exact sums. */
export const stagedOf = (program: CheckedProgram, { node, id }: Folded, sums: Tensor): Tensor => {
  const { stage, dtype } = program.nodes[node]!;
  const { shape } = program.types[id]!;
  const { low, high, shift } = stage!;
  const values = allocate(dtype, sums.values.length);
  const channels = shape.at(-1)!;
  const shifts = typeof shift === 'number' ? null : program.constants[shift.constant - program.inputs.length]!.read();
  for (let i = 0, n = 0; i < values.length; i++) {
    const by = shifts === null ? (shift as number) : shifts[n]!;
    const q = by === 0 ? sums.values[i]! : (sums.values[i]! + (1 << (by - 1))) >> by;
    values[i] = q < low ? low : Math.min(q, high);
    if (++n === channels) n = 0;
  }
  return { dtype, shape, values };
};
