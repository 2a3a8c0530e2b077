/** Sixty questions about sixty names, good and bad, none of them asked twice. */
const BRANDS = ['uniswap', 'metamask', 'opensea', 'ledger', 'aave', 'lido', 'curve', 'phantom', 'trezor', 'coinbase'];
const BAIT = ['claim-rewards.app', 'wallet-restore.xyz', 'airdrop-bonus.net', 'support-login.top', 'migrate.finance'];
const GENUINE = [
  'uniswap.org',
  'metamask.io',
  'opensea.io',
  'ledger.com',
  'aave.com',
  'lido.fi',
  'google.com',
  'wikipedia.org',
  'github.com',
  'mozilla.org',
];

export const QUESTIONS: readonly string[] = [
  ...BRANDS.flatMap((brand) => BAIT.map((bait) => `${brand}-${bait}`)),
  ...GENUINE,
].map((name) => `Is ${name} a scam?`);
