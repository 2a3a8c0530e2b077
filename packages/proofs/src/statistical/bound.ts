/** How likely an error is to escape (spec 19.3), exactly and without rounding down. */
import type { Parts } from './parts.ts';

/** A chance as a fraction of whole numbers. */
export type Chance = { readonly numerator: bigint; readonly denominator: bigint };

export type EscapeBound = {
  /** Of any wrong sum. */
  readonly sums: Chance;
  /** Elements of replayed nodes and how many of them were drawn; null where all were run again. */
  readonly sampled: { readonly elements: number; readonly draws: number } | null;
};

const FIELD = 2n ** 31n - 1n;

/**
 * Chance that wrong sums of one node agree with so many vectors. The difference is a form in the elements drawn, linear in
 * each of two for a `matmul` and of four for a `conv`, and so 0 with chance 2/p or 4/p at most (Schwartz and Zippel). Of several
 * wrong nodes the first decides, for what it reads is right.
 */
export const sumsBound = ({ folded }: Parts, vectors: number): Chance => {
  if (folded.length === 0) return { numerator: 0n, denominator: 1n };
  const degree = folded.some(({ form }) => form.op === 'conv') ? 4n : 2n;
  return { numerator: degree ** BigInt(vectors), denominator: FIELD ** BigInt(vectors) };
};

export const escapeBound = (parts: Parts, vectors: number, sample: { readonly draws: number } | null): EscapeBound => ({
  sums: sumsBound(parts, vectors),
  sampled: sample === null ? null : { elements: replayedElements(parts), draws: sample.draws },
});

/** Elements of all replayed nodes of one run. */
export const replayedElements = ({ program, replayed }: Pick<Parts, 'program' | 'replayed'>): number => {
  const first = program.inputs.length + program.constants.length;
  return replayed.reduce(
    (sum, node) => sum + program.types[first + node]!.shape.reduce((product, size) => product * size, 1),
    0,
  );
};

/** Chance that none of the draws, each uniform over all elements, hits one of `changed`. */
export const missChance = (elements: number, changed: number, draws: number): Chance => ({
  numerator: BigInt(elements - changed) ** BigInt(draws),
  denominator: BigInt(elements) ** BigInt(draws),
});

/** The largest b with chance ≤ 2^−b; a chance of 0 has 256, which is what the hashes bear. */
export const boundBits = ({ numerator, denominator }: Chance): number => {
  if (numerator === 0n) return 256;
  let bits = 0;
  while (bits < 256 && numerator << BigInt(bits + 1) <= denominator) bits++;
  return bits;
};

/** Chance of a chance, at most, after `tries` of which each was seen to fail: each leaves one possibility less. */
export const afterTries = ({ numerator, denominator }: Chance, tries: number): Chance => {
  const left = denominator - BigInt(tries) * numerator;
  return left <= 0n
    ? { numerator: 1n, denominator: 1n }
    : { numerator: numerator * BigInt(tries + 1), denominator: left };
};

/** Parts of 10^18, rounded up. */
export const perE18 = ({ numerator, denominator }: Chance): bigint =>
  (numerator * 10n ** 18n + denominator - 1n) / denominator;
