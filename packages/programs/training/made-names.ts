/** Site names made up here, for samples that are committed: no entry of anybody's list is among them but by chance. */
import { random } from './random.ts';
import type { NamedSite } from './site-names.ts';

const BRANDS = ['uniswap', 'aave', 'lido', 'curve', 'opensea', 'metamask', 'ledger', 'arbitrum', 'compound', 'safe'];
const BAIT = ['claim', 'rewards', 'airdrop', 'free', 'verify', 'connect', 'bonus', 'mint', 'restore', 'wallet'];
const WORDS = ['protocol', 'labs', 'finance', 'docs', 'network', 'dao', 'research', 'studio', 'foundation', 'works'];
const BAIT_ENDS = ['app', 'xyz', 'site', 'online', 'live', 'top'];
const PLAIN_ENDS = ['org', 'com', 'io', 'fi', 'eu'];

/** As many names of bait (1) as plain ones (0), in turn. */
export const madeNames = (count: number, seed: number): readonly NamedSite[] => {
  const next = random(seed);
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)]!;
  return Array.from({ length: count }, (_, i) =>
    i % 2 === 0
      ? { name: `${pick(BRANDS)}-${pick(BAIT)}${pick(BAIT)}.${pick(BAIT_ENDS)}`, label: 1 }
      : { name: `${pick(WORDS)}${pick(BRANDS)}.${pick(PLAIN_ENDS)}`, label: 0 },
  );
};
