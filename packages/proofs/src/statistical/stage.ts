/** What the stages of folded nodes make of their sums (spec 12.3): all elements, in one pass. */
import { allocate, type CheckedProgram, type Tensor } from '@surety/programs';
import type { Folded } from './parts.ts';

/** Value of a folded node by its exact sums. */
export const stagedOf = (program: CheckedProgram, { node, id }: Folded, sums: Tensor): Tensor => {
  const { stage, dtype } = program.nodes[node]!;
  const { shape } = program.types[id]!;
  const { low, high, shift } = stage!;
  const values = allocate(dtype, sums.values.length);
  const given = sums.values as Int32Array;
  if (typeof shift === 'number') {
    const half = shift === 0 ? 0 : 1 << (shift - 1);
    for (let i = 0; i < given.length; i++) values[i] = Math.max(low, Math.min(high, (given[i]! + half) >> shift));
    return { dtype, shape, values };
  }
  const shifts = program.constants[shift.constant - program.inputs.length]!.read();
  for (let i = 0, n = 0; i < given.length; i++) {
    const by = shifts[n]!;
    const half = by === 0 ? 0 : 1 << (by - 1);
    values[i] = Math.max(low, Math.min(high, (given[i]! + half) >> by));
    if (++n === shifts.length) n = 0;
  }
  return { dtype, shape, values };
};
