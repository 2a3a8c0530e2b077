/** Networks of drand whose rounds seat panels: their keys and schedules, as their operators publish them (drand.love). */

/** What a verifier pins of a network. */
export type DrandNetwork = {
  readonly name: string;
  /** How a round is signed: over the round alone, or over the last signature too. */
  readonly scheme: 'bls-unchained-g1-rfc9380' | 'pedersen-bls-chained';
  /** Compressed, hex: 96 bytes in G2 for signatures in G1, 48 bytes in G1 for signatures in G2. */
  readonly publicKey: string;
  /** SHA-256 over the network's parameters, by which relays name it. */
  readonly chainHash: string;
  /** Unix seconds of round 1. */
  readonly genesisSeconds: number;
  readonly periodSeconds: number;
};

/** Every 3 seconds, unchained: what a contract verifies with the precompiles of EIP-2537. */
export const QUICKNET: DrandNetwork = {
  name: 'drand quicknet',
  scheme: 'bls-unchained-g1-rfc9380',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  chainHash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  genesisSeconds: 1_692_803_367,
  periodSeconds: 3,
};

/** The first network, every 30 seconds, each round signed over the one before. */
export const DEFAULT: DrandNetwork = {
  name: 'drand default',
  scheme: 'pedersen-bls-chained',
  publicKey: '868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31',
  chainHash: '8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce',
  genesisSeconds: 1_595_431_050,
  periodSeconds: 30,
};

/** The first round at or after a moment (Unix seconds): the one that seats a panel whose beacon is due then. */
export const roundAt = ({ genesisSeconds, periodSeconds }: DrandNetwork, at: number): number =>
  at <= genesisSeconds ? 1 : Math.ceil((at - genesisSeconds) / periodSeconds) + 1;
