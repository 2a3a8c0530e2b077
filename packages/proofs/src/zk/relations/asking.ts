/**
 * Relations leave their sumchecks to whoever runs them: each asks for some, and goes on once it is told what they end in. So one at a
 * time may be run as it is asked for, or those of many relations together.
 */
import type { Summing } from '../sumcheck/joint.ts';
import type { Summed } from '../sumcheck/verify.ts';
import type { ProductClaim, ProductSum } from './product.ts';

export type Asking<Ask, Told, T> = Generator<readonly Ask[], T, readonly Told[]>;

export type ProverAsking<T> = Asking<ProductClaim, ProductSum, T>;
/** @typeParam V of values that are heard, C of coordinates and what is computed of them */
export type VerifierAsking<V, C, T> = Asking<Summing<V, C>, Summed<V, C>, T>;

/** What comes of it where whatever is asked for is run at once. */
export const answered = <Ask, Told, T>(
  asking: Asking<Ask, Told, T>,
  answer: (asks: readonly Ask[]) => readonly Told[],
): T => {
  let next = asking.next();
  while (!next.done) next = asking.next(answer(next.value));
  return next.value;
};

/** Asks for one sum of products. */
export function* askProduct(product: ProductClaim): ProverAsking<ProductSum> {
  const [sum] = yield [product];
  return sum!;
}

/** Asks for one sum. */
export function* askSum<V, C>(sum: Summing<V, C>): VerifierAsking<V, C, Summed<V, C>> {
  const [summed] = yield [sum];
  return summed!;
}
