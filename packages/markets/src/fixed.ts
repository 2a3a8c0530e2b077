/**
 * Base-2 exponential and logarithm on 128-bit fixed-point integers, step by step as spec/04-market.md fixes them and
 * as `contracts/src/lmsr/Lmsr.sol` computes them in 256-bit words. "Q128" means 128 fractional bits.
 */
import { EXP2_COARSE, EXP2_FINE, EXP2_MIDDLE, EXP2_SERIES, LOG2_SERIES, LOG2_TABLE } from './generated/tables.ts';

const [E1, E2, E3, E4, E5, E6] = EXP2_SERIES as [bigint, bigint, bigint, bigint, bigint, bigint];
const [L0, L1, L2, L3, L4, L5, L6] = LOG2_SERIES as [bigint, bigint, bigint, bigint, bigint, bigint, bigint];

/**
 * 2^(fraction − 1) as Q128, for a Q128 fraction in [0, 1): three table look-ups of six bits each and a series of
 * degree six. The result lies in [2^127, 2^128) and is at most 2^-124 below the true value, never above it.
 */
export const exp2 = (fraction: bigint): bigint => {
  const index = Number(fraction >> 110n);
  const rest = BigInt.asUintN(110, fraction);
  let series = E5 + ((E6 * rest) >> 128n);
  series = E4 + ((series * rest) >> 128n);
  series = E3 + ((series * rest) >> 128n);
  series = E2 + ((series * rest) >> 128n);
  series = E1 + ((series * rest) >> 128n);
  series = (series * rest) >> 128n;
  let power = EXP2_COARSE[index >> 12]!;
  power += (power * EXP2_MIDDLE[(index >> 6) & 63]!) >> 128n;
  power += (power * EXP2_FINE[index & 63]!) >> 128n;
  return power + ((power * series) >> 128n);
};

/**
 * log2(value / 2^127) as Q128, for 2^127 ≤ value < 2^132: a table of 256 entries and the series of
 * log2((1+s)/(1−s)). At most 2^-124 below the true value, never above it.
 */
export const log2 = (value: bigint): bigint => {
  const head = Number(value >> 119n);
  const octaves = 23 - Math.clz32(head);
  const leading = head >> octaves;
  const base = BigInt(leading) << BigInt(119 + octaves);
  const s = ((value - base) << 128n) / (value + base);
  const square = (s * s) >> 128n;
  let series = L5 + ((L6 * square) >> 128n);
  series = L4 + ((series * square) >> 128n);
  series = L3 + ((series * square) >> 128n);
  series = L2 + ((series * square) >> 128n);
  series = L1 + ((series * square) >> 128n);
  series = L0 + ((series * square) >> 128n);
  return (BigInt(octaves) << 128n) + LOG2_TABLE[leading - 256]! + ((s * series) >> 128n);
};
