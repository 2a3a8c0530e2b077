/** Pearson's tests over buckets, whose number of degrees of freedom is even, so that their tail is a finite sum. */

/** Buckets that words of 31 bits are counted in. */
export const BUCKETS = 17;

/** How many samples of each word fall into each of equal parts of 0 .. 2^31 − 1. */
export const counted = (samples: readonly Uint32Array[]): number[][] =>
  Array.from({ length: samples[0]!.length }, (_, j) => {
    const counts = new Array<number>(BUCKETS).fill(0);
    for (const words of samples) counts[Math.floor(((words[j]! & 0x7fff_ffff) * BUCKETS) / 2 ** 31)]!++;
    return counts;
  });

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

/** Against the uniform distribution. */
export const fromUniform = (counts: readonly number[]): number => {
  const expected = sum(counts) / BUCKETS;
  return sum(counts.map((n) => (n - expected) ** 2 / expected));
};

/** Between two of as many samples. */
export const between = (a: readonly number[], b: readonly number[]): number =>
  sum(a.map((n, i) => (n + b[i]! === 0 ? 0 : (n - b[i]!) ** 2 / (n + b[i]!))));

/** How often chance alone gives a statistic of at least x, with {@link BUCKETS} − 1 degrees of freedom. */
export const tail = (x: number): number => {
  let term = 1;
  let total = 0;
  for (let i = 0; i < (BUCKETS - 1) / 2; i++) {
    total += term;
    term *= x / 2 / (i + 1);
  }
  return Math.exp(-x / 2) * total;
};

/** The statistic that chance exceeds with this probability. */
export const critical = (probability: number): number => {
  let [low, high] = [0, 10_000];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (tail(middle) > probability) low = middle;
    else high = middle;
  }
  return high;
};

/** What chance alone may do to all words of all tests of one proof together. */
export const SIGNIFICANCE = 1e-6;

/** Numbers of words that are not uniform. @param tests that share the significance */
export const uneven = (samples: readonly Uint32Array[], tests: number): number[] => {
  const limit = critical(SIGNIFICANCE / tests);
  return counted(samples).flatMap((counts, j) => (fromUniform(counts) > limit ? [j] : []));
};

/** Numbers of words that are not as often the same in one list of samples as in the other. */
export const unlike = (a: readonly Uint32Array[], b: readonly Uint32Array[], tests: number): number[] => {
  const limit = critical(SIGNIFICANCE / tests);
  const [countsA, countsB] = [counted(a), counted(b)];
  return countsA.flatMap((counts, j) => (between(counts, countsB[j]!) > limit ? [j] : []));
};
