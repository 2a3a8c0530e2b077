/** Writes `vectors/analysts.json`: what every pure analyst says of fixed subjects, under which program. */

import type { Subject } from '@surety/core';
import { pureJurors, purePlayers } from '../../packages/analysts/src/pure.ts';
import { writeVectors } from './write.ts';

const HOSTS = [
  'google.com',
  'uniswap.org',
  'app.aave.com',
  'uniswap-claim-rewards.app',
  'opensea.io-claim.xyz',
  'xn--mtamask-bya.io',
  'myetherwalled.cf',
  'thebluebarnbakery.com',
  'some-new-protocol.finance',
  'fix-wallets.pages.dev',
  '52.2.239.151',
  'pages.dev',
];
const USDT = '0xdAC17F958D2ee523a2206206994597C13D831ec7';
const SUBJECTS: readonly Subject[] = [
  ...HOSTS.map((host) => ({ kind: 'site', host }) as const),
  { kind: 'token', chainId: 1, address: USDT, symbol: 'USDT' },
  { kind: 'token', chainId: 1, address: '0x1111111111111111111111111111111111111111', symbol: 'USDT' },
  { kind: 'message', text: 'Your wallet is suspended. Enter your seed phrase at metamask-help.com within 2 hours.' },
  { kind: 'message', text: 'Lunch at noon?' },
  { kind: 'address', chainId: 1, address: '0x1111111111111111111111111111111111111111' },
];

const readings = [...purePlayers, ...pureJurors].flatMap((analyst) =>
  SUBJECTS.filter((subject) => analyst.reads.includes(subject.kind)).map((subject) => {
    const { program, probabilityPpm, facts } = analyst.readSync(subject);
    return { program, subject, probabilityPpm, facts };
  }),
);

writeVectors('analysts', {
  what: 'What each pure analyst answers, by its program id; written by scripts/vectors/analysts.ts.',
  readings,
});
