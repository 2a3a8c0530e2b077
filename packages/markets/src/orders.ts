/** What players may order. `spec/04-market.md` section 4. */

export type Order =
  /** Buy so many micro-shares; `limitProbabilityPpm` is the highest price the trade may leave behind. */
  | {
      readonly kind: 'buy';
      readonly outcome: number;
      readonly sharesMicroShares: bigint;
      /** The most it may cost, with fee. */
      readonly maxCostMicroUsd?: bigint;
      readonly limitProbabilityPpm?: number;
    }
  /** Buy what an amount pays for, fee included, to within one micro-share. */
  | {
      readonly kind: 'spend';
      readonly outcome: number;
      readonly amountMicroUsd: bigint;
      readonly minSharesMicroShares?: bigint;
      readonly limitProbabilityPpm?: number;
    }
  /** Sell so many micro-shares; `limitProbabilityPpm` is the lowest price the trade may leave behind. */
  | {
      readonly kind: 'sell';
      readonly outcome: number;
      readonly sharesMicroShares: bigint;
      /** The least it must yield, after fee. */
      readonly minProceedsMicroUsd?: bigint;
      readonly limitProbabilityPpm?: number;
    }
  /**
   * Bring the price of `outcome` to `probabilityPpm`, stopping on the near side of it. Upwards it buys. Downwards it
   * sells, or with two outcomes and too few shares held buys the other outcome.
   */
  | {
      readonly kind: 'to-probability';
      readonly outcome: number;
      readonly probabilityPpm: number;
      /** The most it may cost, with fee. */
      readonly maxCostMicroUsd?: bigint;
    };
