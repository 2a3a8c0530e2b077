/**
 * In which order claims on values are dealt with: the last value first, of those that no other can leave a claim on any more. Each
 * value is looked at as often as it is an operand, however long some have to wait.
 */
import type { ValueId } from '@surety/programs';

export type Order = {
  /** The next value; undefined where all that are left wait for others. A value that was taken still {@link hold}s. */
  readonly next: () => ValueId | undefined;
  /** Once more the value may leave claims: it does until it is released as often, and once for having been taken. */
  readonly hold: (id: ValueId) => void;
  readonly release: (id: ValueId) => void;
};

/** @param operands of each value those that have to wait for its claims: none with a block, and each below it */
export const orderOf = (operands: readonly ReadonlySet<ValueId>[]): Order => {
  const held = operands.map(() => 1);
  const claimers = operands.map(() => 0);
  for (const own of operands) for (const id of own) claimers[id]!++;
  // The last at the end.
  const ready = [...operands.keys()].filter((id) => claimers[id] === 0);
  const insert = (id: ValueId): void => {
    let [low, high] = [0, ready.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ready[middle]! < id) low = middle + 1;
      else high = middle;
    }
    ready.splice(low, 0, id);
  };
  return {
    next: () => ready.pop(),
    hold: (id) => {
      held[id]!++;
    },
    release: (id) => {
      held[id]!--;
      if (held[id]! > 0) return;
      for (const operand of operands[id]!) {
        claimers[operand]!--;
        if (claimers[operand] === 0) insert(operand);
      }
    },
  };
};
