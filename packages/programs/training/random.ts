/** A small seeded generator (Marsaglia's xorshift32), so that training is the same at every run. */

/** Numbers in 0 .. 1 (1 excluded). */
export const random = (seed: number): (() => number) => {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
};

/** Indices 0 .. length − 1 in random order (Fisher and Yates). */
export const shuffled = (length: number, next: () => number): Int32Array => {
  const order = Int32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
};
