/** What differs between the two sides of a proof where claims are passed from values to what those are computed from. */
import type { Tensor, ValueId } from '@surety/programs';
import type { Place } from '../commit/place.ts';
import type { Arithmetic } from '../field/arithmetic.ts';
import type { Ext } from '../field/ext.ts';
import type { Asking } from '../relations/asking.ts';
import type { OperandClaim } from '../relations/context.ts';
import type { ChoiceValues } from '../relations/relation.ts';

/** That a value's extension takes `value` at a point: an `Ext` of the prover, a `Form` of the verifier. */
export type ValueClaim<V, C = Ext> = { readonly point: readonly C[]; readonly value: V };

/** Claims on the exact sum of a node and on each part of its remainders, at one point. */
export type SumClaim<V, C = Ext> = { readonly point: readonly C[]; readonly sum: V; readonly limbs: readonly V[] };

/**
 * @typeParam V of values, C of coordinates, T of outputs as this side holds them; Ask and Told of what it asks for and is told: see
 * relations/asking.ts
 */
export type Side<V, Ask, Told, C = Ext, T = Tensor> = {
  readonly arithmetic: Arithmetic<C>;
  /** Runs sumchecks: one after the other, or all in one where nothing hides or binds. */
  readonly sums: (asks: readonly Ask[]) => readonly Told[];
  readonly challenges: (count: number) => readonly C[];
  readonly known: (value: C) => V;
  /** `Σ value·by`. */
  readonly combined: (parts: readonly (readonly [V, C])[]) => V;
  /** From a claim on what a node computes, before its stage, to claims on its operands. */
  readonly relation: (id: ValueId, claim: ValueClaim<V, C>) => Asking<Ask, Told, readonly OperandClaim<V, C>[]>;
  /** From a claim on the differences that a level of a maximum looks up. */
  readonly difference: (
    id: ValueId,
    level: number,
    claim: ValueClaim<V, C>,
  ) => Asking<Ask, Told, readonly OperandClaim<V, C>[]>;
  /** From a claim on the margins of an `argmax`, whose value is an output. */
  readonly margin: (
    id: ValueId,
    indices: T,
    claim: ValueClaim<V, C>,
  ) => Asking<Ask, Told, readonly OperandClaim<V, C>[]>;
  /** From what is claimed of an `argmax` that is no output, at a point of its operand. */
  readonly choice: (
    id: ValueId,
    point: readonly C[],
    values: ChoiceValues<V>,
  ) => Asking<Ask, Told, readonly OperandClaim<V, C>[]>;
  /** From a claim on where the indices of a `gather` find each element. */
  readonly key: (id: ValueId, claim: ValueClaim<V, C>) => Asking<Ask, Told, readonly OperandClaim<V, C>[]>;
  /** One claim at a random point in the place of others: of several on a value that has no block, or of those on a constant. */
  readonly merged: (id: ValueId, claims: readonly ValueClaim<V, C>[]) => Asking<Ask, Told, ValueClaim<V, C>>;
  /** From a claim on the quotients of a node whose channels have shifts of their own. */
  readonly perChannel: (id: ValueId, claim: ValueClaim<V, C>) => Asking<Ask, Told, SumClaim<V, C>>;
  /** A claim on a value that everybody knows: a verifier computes it itself. */
  readonly open: (id: ValueId, claim: ValueClaim<V, C>) => void;
  /** A claim on an output that other nodes read: as {@link open}. */
  readonly shown: (output: T, claim: ValueClaim<V, C>) => void;
  /** That two outputs of one value are alike. */
  readonly alike: (a: T, b: T) => void;
  /** What the parts of a hidden constant take at a point each: sent by the prover. */
  readonly strips: (places: readonly Place[], points: readonly (readonly C[])[]) => readonly V[];
  /** That a value is 0. */
  readonly zero: (value: V, what: string) => void;
  /** Called before claims on a value are passed on: for progress, and to stop. */
  readonly reached: (id: ValueId) => Promise<void>;
};
