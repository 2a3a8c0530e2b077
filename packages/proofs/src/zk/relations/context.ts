/** What the two sides of a relation know of the program and its values. */
import type { Node, Tensor, TensorType, ValueId } from '@surety/programs';
import type { Place } from '../commit/place.ts';
import { type Arithmetic, EXTENSION } from '../field/arithmetic.ts';
import type { Ext } from '../field/ext.ts';
import type { BaseVector, ExtVector, ProofMemory } from '../memory.ts';

/** What both know. @typeParam C of coordinates and of what is computed of them */
export type RelationContext<C = Ext> = {
  readonly arithmetic: Arithmetic<C>;
  /** Of every value, by number. */
  readonly types: readonly TensorType[];
  /** Whether everybody knows a value: a public constant or input. No claims are left on these. */
  readonly isOpen: (id: ValueId) => boolean;
  /** An open value by which others are chosen. */
  readonly indices: (id: ValueId) => Tensor;
  /** Whether the next proof may be about another value: an input. Nothing that is said may depend on it but for the values. */
  readonly varies?: (id: ValueId) => boolean;
  /** Where a value is committed to; null of others. */
  readonly place: (id: ValueId) => Place | null;
  /** Numbers of the relus of a maximum, level by level, or of the largest values of an `argmax`: blocks that `padded` gives. */
  readonly relus: (id: ValueId) => readonly ValueId[];
};

/** What is computed with here. */
type Computing = {
  /** Scratch memory; relations give back all they take. */
  readonly memory: ProofMemory;
  /** Values that everybody knows; null of others. */
  readonly open: (id: ValueId) => Tensor | null;
};

export type ProverContext = RelationContext &
  Computing & {
    /** A value as elements of M31, each dimension padded to a power of two with zeros. */
    readonly padded: (id: ValueId) => BaseVector;
    /** Inputs and constants as they lie in the program, hidden or not; null of what nodes computed. */
    readonly raw: (id: ValueId) => Tensor | null;
  };

export type VerifierContext = RelationContext & Computing;

/** What follows of a context from the values that are open. */
export const contextOf = (
  memory: ProofMemory,
  open: (id: ValueId) => Tensor | null,
): Computing & Pick<RelationContext, 'arithmetic' | 'isOpen' | 'indices'> => ({
  memory,
  open,
  arithmetic: EXTENSION,
  isOpen: (id) => open(id) !== null,
  indices: (id) => open(id)!,
});

/** The extension of a value takes `value` at `point` (lowest bit first, of the padded value). */
export type OperandClaim<V, C = Ext> = {
  readonly operand: ValueId;
  readonly point: readonly C[];
  readonly value: V;
};

/** A node and the number of its value. */
export type NodeAt = { readonly node: Node; readonly id: ValueId };

export type AnyVector = BaseVector | ExtVector;
