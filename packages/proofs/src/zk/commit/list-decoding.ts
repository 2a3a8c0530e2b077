/**
 * How far from a code its words may be combined, beyond unique decoding: up to 1 − ρ^(1/3) of all places, which is short of Johnson's
 * 1 − √ρ (the "one-and-a-half Johnson bound" of Ben-Sasson, Goldberg, Kopparty and Saraf, 2019/336, who had it with a loss). All of
 * it holds of every linear code over a field F of n places, its symbols elements or vectors of them, of which two words share at
 * most A places; here with the proof, for a so large that a³ > A·n².
 *
 * Bad challenges. Let f and g be words, near the code or not. Call r of F bad if f + r·g shares a places or more with a code word
 * c_r, set A_r, but no pair of code words shares all of A_r with (f, g). At most (n + 1)/η are bad, η = (a³ − A·n²)/n³.
 *
 * Say s are. Of three drawn from them, A_1 ∩ A_2 ∩ A_3 has `Σ_x p_x³ ≥ a³/n²` places in the mean, p_x the share of those whose set
 * has x (their sum is at least a; the mean of cubes is at least the cube of the mean). It has at most n, so it has more than A with
 * probability at least η; that the first two are one has 1/s. So some r_1 ≠ r_2 have at least η·s − 1 third ones with more than A
 * places. On these places c_3 is what the line through c_1 and c_2 is at r_3; two code words that share more than A are one: these
 * c_r are all v_0 + r·v_1 for one pair of code words. Each r is bad, so at some x of A_r not both f = v_0 and g = v_1, while
 * f + r·g = v_0 + r·v_1 there: x tells r. So η·s − 1 ≤ n.
 *
 * If r is not bad, every code word that shares a places or more with f + r·g is v_0 + r·v_1 of a pair that shares them with (f, g),
 * since two code words that share a > A places are one.
 *
 * Lists. L code words that each share a places with a word: with c_x of them at place x, `Σ c_x = L·a`, and two of them share at most
 * A, so `n·(L·a/n)·(L·a/n − 1) ≤ Σ c_x·(c_x − 1) ≤ L·(L − 1)·A`: L is at most n·(a − A)/(a² − n·A).
 */

/** A code: how many places its words have, and how many of them two words share at most. */
export type Code = { readonly length: number; readonly shared: number };

/** `(n + 1)/η`, of which a is known: the most bad challenges, as a fraction. */
export const badChallenges = (
  { length, shared }: Code,
  agreement: number,
): { readonly numerator: bigint; readonly denominator: bigint } => {
  const [n, a] = [BigInt(length), BigInt(agreement)];
  return { numerator: (n + 1n) * n ** 3n, denominator: a ** 3n - BigInt(shared) * n ** 2n };
};

/** The most code words that share so many places with one word. */
export const listSize = ({ length, shared }: Code, agreement: number): bigint => {
  const [n, a, most] = [BigInt(length), BigInt(agreement), BigInt(shared)];
  return (n * (a - most)) / (a ** 2n - n * most);
};

/** The fewest places to share of which no more challenges are bad, or let one of the list survive a round of degree 2, than `most`. */
export const leastAgreement = (code: Code, most: bigint): number => {
  const few = (agreement: number): boolean => {
    const { numerator, denominator } = badChallenges(code, agreement);
    return denominator > 0n && numerator + 2n * listSize(code, agreement) * denominator <= most * denominator;
  };
  let [low, high] = [code.shared, code.length];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (few(middle)) high = middle;
    else low = middle;
  }
  return high;
};
