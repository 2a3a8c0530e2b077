/** What proofs of one size take, and how that grows. */

export type Growth = {
  readonly weights: number;
  /** Seconds; 0 where nothing is committed to. */
  readonly commit: number;
  readonly prove: number;
  readonly verify: number;
  readonly proofKib: number;
  readonly peakMib: number;
};

export const SIZES = [1e4, 1e5, 1e6, 1e7, 1e8] as const;

/** Four square layers with about so many weights. */
export const widthsOf = (weights: number): number[] => new Array<number>(5).fill(Math.round(Math.sqrt(weights / 4)));

/** Slope of the logarithms, by least squares over the upper half of the sizes. */
export const exponent = (rows: readonly Growth[], kind: Exclude<keyof Growth, 'weights'>): number => {
  const upper = rows
    .slice(Math.floor(rows.length / 2))
    .map((row) => [Math.log(row.weights), Math.log(row[kind])] as const);
  const mean = (of: 0 | 1): number => upper.reduce((sum, pair) => sum + pair[of], 0) / upper.length;
  const [x, y] = [mean(0), mean(1)];
  const above = upper.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return above / upper.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
};
