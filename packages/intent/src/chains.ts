/** EVM chains by the names people use (numbers: chainlist.org, EIP-155; short names: EIP-3770). */

const CHAINS: readonly (readonly [number, string, ...string[]])[] = [
  [1, 'Ethereum', 'eth', 'mainnet', 'ethereum mainnet', 'l1'],
  [10, 'Optimism', 'op', 'op mainnet', 'oeth'],
  [25, 'Cronos', 'cro'],
  [56, 'BNB Chain', 'bnb', 'bsc', 'bnb smart chain', 'binance smart chain'],
  [100, 'Gnosis', 'gno', 'gnosis chain', 'xdai'],
  [130, 'Unichain'],
  [137, 'Polygon', 'matic', 'polygon pos'],
  [146, 'Sonic'],
  [250, 'Fantom', 'ftm'],
  [324, 'zkSync Era', 'zksync', 'era'],
  [480, 'World Chain', 'worldchain'],
  [5000, 'Mantle', 'mnt'],
  [8453, 'Base', 'base mainnet'],
  [31337, 'the local chain', 'local', 'localhost', 'anvil', 'hardhat', 'local chain', 'development'],
  [34443, 'Mode'],
  [42161, 'Arbitrum One', 'arb1', 'arbitrum', 'arb'],
  [42220, 'Celo'],
  [43114, 'Avalanche', 'avax', 'avalanche c-chain', 'c-chain'],
  [59144, 'Linea'],
  [80094, 'Berachain'],
  [81457, 'Blast'],
  [84532, 'Base Sepolia', 'basesep'],
  [421614, 'Arbitrum Sepolia'],
  [534352, 'Scroll', 'scr'],
  [11155111, 'Sepolia', 'sep'],
];
const BY_NAME = new Map(CHAINS.flatMap(([id, ...names]) => names.map((name) => [name.toLowerCase(), id] as const)));
const NAMES = new Map(CHAINS.map(([id, name]) => [id, name] as const));
const NOT_EVM = new Set([
  'solana',
  'bitcoin',
  'tron',
  'sui',
  'aptos',
  'ton',
  'near',
  'cosmos',
  'cardano',
  'polkadot',
  'xrpl',
  'ripple',
]);

/** Chain ids go up to what survives every JSON reader (EIP-2294 allows a little more). */
export const MAX_CHAIN_ID = 2 ** 53 - 1;

/** The id of a chain by name, short name or decimal number; `null` where unknown. */
export const chainIdOf = (name: string): number | null => {
  const key = name.trim().toLowerCase();
  if (/^[1-9]\d{0,15}$/.test(key)) return Number(key) <= MAX_CHAIN_ID ? Number(key) : null;
  return BY_NAME.get(key) ?? null;
};

/** A chain as people say it, e.g. `Base`, or `chain 4217` where we have no name. */
export const chainName = (chainId: number): string => NAMES.get(chainId) ?? `chain ${chainId}`;

/** Whether this names a well-known chain whose addresses are not EVM addresses. */
export const isNotEvm = (name: string): boolean => NOT_EVM.has(name.trim().toLowerCase());
