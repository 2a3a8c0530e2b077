/** Exact chances of a panel's ruling, beside what is played. */
import type { Chances } from './world.ts';

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

/** Every split of `n` votes into right, wrong and neither, with its chance. */
function* splits(n: number, { right, wrong }: Chances): Generator<readonly [number, number, number]> {
  for (let r = 0; r <= n; r += 1) {
    for (let w = 0; r + w <= n; w += 1) {
      yield [r, w, choose(n, r) * choose(n - r, w) * right ** r * wrong ** w * (1 - right - wrong) ** (n - r - w)];
    }
  }
}

/** Ruling of `seats` jurors alike whose votes share a cause, on two outcomes. */
export const rulingChances = (seats: number, quorum: number, juror: Chances, correlation: number): Ruling => {
  const sum = { right: 0, wrong: 0, none: 0 };
  const causes = [
    [1, 0, juror.right],
    [0, 1, juror.wrong],
    [0, 0, 1 - juror.right - juror.wrong],
  ] as const;
  for (let common = 0; common <= seats; common += 1) {
    const shared = binomial(seats, common, Math.sqrt(correlation));
    for (const [isRight, isWrong, cause] of causes) {
      for (const [r, w, own] of splits(seats - common, juror)) {
        const [right, wrong] = [r + isRight * common, w + isWrong * common];
        const ruling = right + wrong < quorum || right === wrong ? 'none' : right > wrong ? 'right' : 'wrong';
        sum[ruling] += shared * cause * own;
      }
    }
  }
  return sum;
};
