/** What the chain takes and costs: gas in dollars, and how long a transaction can wait. */
import { ceilDiv, E18, PPM } from './integers.ts';
import type { ChainFacts } from './question.ts';

const WEI_PER_NATIVE = 10n ** 18n;

/** Chance, in parts of 10^18, with which a transaction may still wait after {@link inclusionBlocks}: one in a billion. */
export const INCLUSION_MISS_E18 = E18 / 1_000_000_000n;

/** Micro-dollars of so much gas; rounded up. */
export const gasMicroUsd = (gas: bigint, chain: ChainFacts): bigint =>
  ceilDiv(gas * chain.weiPerGas * chain.microUsdPerNative, WEI_PER_NATIVE);

/** Fewest blocks by which a transaction is in with all but {@link INCLUSION_MISS_E18}, each block's chance being its own. */
export const inclusionBlocks = (chain: ChainFacts): bigint => {
  const waits = PPM - BigInt(chain.passPpm);
  let blocks = 1n;
  for (let missE18 = ceilDiv(E18 * waits, PPM); missE18 > INCLUSION_MISS_E18; blocks++) {
    missE18 = ceilDiv(missE18 * waits, PPM);
  }
  return blocks;
};

/** Milliseconds of {@link inclusionBlocks}. */
export const inclusionMilliseconds = (chain: ChainFacts): bigint => inclusionBlocks(chain) * chain.blockMilliseconds;

/** Milliseconds that a transaction waits on average; rounded up. */
export const meanWaitMilliseconds = (chain: ChainFacts): bigint =>
  ceilDiv(PPM * chain.blockMilliseconds, BigInt(chain.passPpm));

/** Milliseconds until a transaction that is in is taken for settled. */
export const settleMilliseconds = (chain: ChainFacts): bigint => BigInt(chain.confirmations) * chain.blockMilliseconds;

/** Seconds for which keeping a transaction off the chain costs less than `gainMicroUsd`; rounded up. */
export const censorSeconds = (gainMicroUsd: bigint, chain: ChainFacts): bigint =>
  ceilDiv(gainMicroUsd, chain.censorMicroUsdPerSecond);
