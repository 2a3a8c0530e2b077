/** What the two sides of a relation know of the program and its values. */
import type { Node, Tensor, TensorType, ValueId } from '@surety/programs';
import type { Place } from '../commit/place.ts';
import type { Ext } from '../field/ext.ts';
import type { BaseVector, ExtVector, ProofMemory } from '../memory.ts';

/** What both know. */
export type RelationContext = {
  /** Scratch memory; relations give back all they take. */
  readonly memory: ProofMemory;
  /** Of every value, by number. */
  readonly types: readonly TensorType[];
  /** Values that everybody knows (public constants and inputs); null of others. No claims are left on these. */
  readonly open: (id: ValueId) => Tensor | null;
  /** Whether the next proof may be about another value: an input. Nothing that is said may depend on it but for the values. */
  readonly varies?: (id: ValueId) => boolean;
  /** Where a value is committed to; null of others. */
  readonly place: (id: ValueId) => Place | null;
  /** Numbers of the relus of a maximum, level by level, or of the largest values of an `argmax`: blocks that `padded` gives. */
  readonly relus: (id: ValueId) => readonly ValueId[];
};

export type ProverContext = RelationContext & {
  /** A value as elements of M31, each dimension padded to a power of two with zeros. */
  readonly padded: (id: ValueId) => BaseVector;
  /** Inputs and constants as they lie in the program, hidden or not; null of what nodes computed. */
  readonly raw: (id: ValueId) => Tensor | null;
};

export type VerifierContext = RelationContext;

/** The extension of a value takes `value` at `point` (lowest bit first, of the padded value). */
export type OperandClaim<V> = {
  readonly operand: ValueId;
  readonly point: readonly Ext[];
  readonly value: V;
};

/** A node and the number of its value. */
export type NodeAt = { readonly node: Node; readonly id: ValueId };

export type AnyVector = BaseVector | ExtVector;
