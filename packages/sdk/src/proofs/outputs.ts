/** What a proved run gave, as numbers. */
import { type OutputSpec, type Tensor, toReals } from '@surety/programs';

export type ProvedOutput = {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly integers: readonly number[];
  /** What the integers stand for (spec 12.2). */
  readonly reals: readonly number[];
};

export const outputsOf = (specs: readonly OutputSpec[], tensors: readonly Tensor[]): readonly ProvedOutput[] =>
  tensors.map(({ dtype, shape, values }, i) => {
    const { name, encoding } = specs[i]!;
    return { name, dtype, shape, integers: Array.from(values), reals: toReals(values, encoding) };
  });
