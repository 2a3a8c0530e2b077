/** Nodes that no relation is known of. */
import type { Node, ValueId } from '@surety/programs';

export type Unsupported = { readonly message: string; readonly next: string };

export type KnownOf = {
  /** Whether everybody knows the value: an open constant or input. */
  readonly open: (id: ValueId) => boolean;
  /** Whether the node's value is an output that no node reads. */
  readonly onlyOutput: boolean;
};

/** Why a node cannot be proved, or null. Messages go on where the operator's name stands. */
export const unsupportedNode = ({ form }: Node, { open, onlyOutput }: KnownOf): Unsupported | null => {
  if (form.op === 'gather' && !open(form.index)) {
    return {
      message: 'takes indices that are computed or hidden.',
      next: 'Let the indices be an open input or a constant, or read a table by `lookup`.',
    };
  }
  if (form.op === 'argmax' && !onlyOutput) {
    return {
      message: 'gives indices that other nodes read.',
      next: 'Make the indices an output, and what reads them another program.',
    };
  }
  return null;
};
