/**
 * What a proof that hides and binds nothing leaves to its opening: values that were not sent, by the numbers that forms have of them,
 * and forms of which each is to be 0. Each value counts in the opening as much as the forms of claims and statements, by the weights
 * of those, have of it.
 */
import type { Form } from '../channel/form.ts';
import type { Evaluation } from './place.ts';

export type LeftPart = {
  readonly values: readonly Evaluation[];
  readonly statements: readonly Form[];
};

/** A prover also knows its claims' values as the verifier does. */
export type LeftProof = LeftPart & { readonly claimed: readonly Form[] };
