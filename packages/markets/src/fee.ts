/** The fee on trades, parts per million of what changes hands, on top of the price. */

const PPM = 1_000_000n;

/** Fee on an amount that changes hands in either direction, rounded up. */
export const feeOn = (amountMicroUsd: bigint, feePpm: number): bigint => {
  if (feePpm === 0) return 0n;
  const size = amountMicroUsd < 0n ? -amountMicroUsd : amountMicroUsd;
  return (size * BigInt(feePpm) + PPM - 1n) / PPM;
};

/** The most that may go to the maker so that with its fee it stays within an amount. */
export const beforeFee = (amountMicroUsd: bigint, feePpm: number): bigint =>
  feePpm === 0 ? amountMicroUsd : (amountMicroUsd * PPM) / (PPM + BigInt(feePpm));
