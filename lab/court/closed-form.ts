/** Exact chances of a panel's ruling, beside what is played. */

/** Chances that a panel rules for the right outcome, for the wrong one, or not at all. */
export type Ruling = { readonly right: number; readonly wrong: number; readonly none: number };

/** `n` over `k`. */
const choose = (n: number, k: number): number => {
  let ways = 1;
  for (let i = 0; i < k; i += 1) ways = (ways * (n - i)) / (i + 1);
  return ways;
};

/** Binomial chance of `k` among `n`. */
export const binomial = (n: number, k: number, p: number): number => choose(n, k) * p ** k * (1 - p) ** (n - k);

/** The chance that a share of the jurors, drawn one by one out of many, is a majority of a full panel. */
export const capture = (seats: number, share: number): number => {
  let chance = 0;
  for (let k = Math.floor(seats / 2) + 1; k <= seats; k += 1) chance += binomial(seats, k, share);
  return chance;
};

/** Ruling of `n` jurors whose errors share a cause, each abstaining by itself; two outcomes. */
export const rulingChances = (
  seats: number,
  quorum: number,
  juror: { readonly coverage: number; readonly accuracy: number; readonly errorCorrelation: number },
): Ruling => {
  const { coverage, accuracy, errorCorrelation } = juror;
  const share = Math.sqrt(errorCorrelation);
  const sum = { right: 0, wrong: 0, none: 0 };
  for (let cast = 0; cast <= seats; cast += 1) {
    const sure = binomial(seats, cast, coverage);
    if (cast < quorum) {
      sum.none += sure;
      continue;
    }
    for (let common = 0; common <= cast; common += 1) {
      for (const commonRight of [true, false]) {
        const cause = binomial(cast, common, share) * (commonRight ? accuracy : 1 - accuracy);
        for (let own = 0; own <= cast - common; own += 1) {
          const chance = sure * cause * binomial(cast - common, own, accuracy);
          const right = own + (commonRight ? common : 0);
          sum[2 * right > cast ? 'right' : 2 * right < cast ? 'wrong' : 'none'] += chance;
        }
      }
    }
  }
  return sum;
};
