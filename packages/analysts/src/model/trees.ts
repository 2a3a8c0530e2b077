/**
 * Boosted oblivious trees over whole-number features: every level of a tree asks one question of all, so a
 * tree of depth d is d questions and 2^d leaves. Integers only.
 */

export type Tree = {
  /** Per level: feature index, then the largest value that answers "no". */
  readonly features: readonly number[];
  readonly thresholds: readonly number[];
  /** Thousandths of a logit; the bit of level i is set where its feature exceeds its threshold. */
  readonly leavesMilli: readonly number[];
};

export type TreeModel = { readonly biasMilli: number; readonly trees: readonly Tree[] };

/** Logit of "scam" in thousandths. */
export const treesMilli = (model: TreeModel, features: readonly number[]): number => {
  let sum = model.biasMilli;
  for (const tree of model.trees) {
    let leaf = 0;
    for (let level = 0; level < tree.features.length; level++) {
      if (features[tree.features[level]!]! > tree.thresholds[level]!) leaf |= 1 << level;
    }
    sum += tree.leavesMilli[leaf]!;
  }
  return sum;
};
