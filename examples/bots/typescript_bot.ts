/** A player in a few lines: `node examples/bots/typescript_bot.ts http://127.0.0.1:4810`. Change `believe`. */
import { createClient, createWallet, openAccount, play } from '@surety/sdk';

const client = createClient({ url: process.argv[2] ?? process.env.SURETY_URL ?? 'http://127.0.0.1:4810' });
const wallet = createWallet();
const { faucet, environment } = await client.network();
if (faucet) await client.faucet({ address: wallet.address });
const account = await openAccount({ client, wallet });
process.stdout.write(`account ${wallet.address} (${environment})\n`);

const BAIT = /claim|airdrop|reward|bonus|giveaway|verify|wallet-connect|support/;

await play({
  client,
  account,
  believe: ({ subject, predicate }) =>
    subject.kind === 'site' && predicate === 'scam' && BAIT.test(subject.host) ? 900_000 : null,
  onTrade: (market, result) => process.stdout.write(`${market.plainWords} ${JSON.stringify(result)}\n`),
  onRefusal: (market, { code }) => process.stdout.write(`${market.plainWords} ${code}\n`),
  ...(process.argv.includes('--once') && { signal: AbortSignal.timeout(3_000) }),
});
process.exit(0);
