/** Nodes that no relation is known of. */
import type { Node, ValueId } from '@surety/programs';

export type Unsupported = { readonly message: string; readonly next: string };

export type KnownOf = {
  /** Whether everybody knows the value: an open constant or input. */
  readonly open: (id: ValueId) => boolean;
  /** Whether everybody knows the node's value: an output. */
  readonly shown: boolean;
};

/** Why a node cannot be proved, or null. Messages go on where the operator's name stands. */
export const unsupportedNode = ({ form }: Node, { open }: Pick<KnownOf, 'open'>): Unsupported | null => {
  if (form.op === 'gather' && !open(form.index)) {
    return {
      message: 'takes computed or hidden indices of what is no public constant.',
      next: 'Let the indices be an open input or a constant, or the data a constant of a program whose weights are public, or committed to without being hidden.',
    };
  }
  return null;
};
