/** The player that `surety player new` writes: about thirty lines that a person reads and changes. */

export const playerSource = (
  name: string,
): string => `// ${name}: a player for Surety. Let it trade:  surety player add ${name}.mjs
import { createClient, loadWallet, openAccount, play } from '@surety/sdk';

/** Words that sites which steal from wallets like to carry. Change them: this is where your view goes. */
const BAIT = ['airdrop', 'bonus', 'claim', 'connect', 'free', 'gift', 'login', 'mint', 'restore', 'reward', 'rewards', 'support', 'sync', 'unlock', 'verify', 'wallet'];

/**
 * What you believe of a question: parts per million that its first outcome ("scam", "genuine", "yes") is right.
 * null stays out of the market. Only a belief that differs from the price makes a trade.
 */
export const believe = ({ subject, predicate }) => {
  if (subject.kind !== 'site' || predicate !== 'scam') return null;
  const words = subject.host.split(/[.-]/);
  const bait = words.filter((word) => BAIT.includes(word)).length;
  if (bait > 0) return Math.min(970_000, 800_000 + 60_000 * bait);
  return words.length <= 3 ? 200_000 : 450_000;
};

// \`surety player add\` sets both: the node's address, and the key of this player's own account.
if (import.meta.main) {
  const client = createClient({ url: process.env.SURETY_URL });
  const wallet = loadWallet(process.env.SURETY_PLAYER_KEY);
  const account = await openAccount({ client, wallet });
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const say = (market, text) => console.log(\`\${market.marketId.slice(0, 8)}  \${market.claim.subject.host ?? market.claim.subject.kind}  \${text}\`);
  const onTrade = (market, { probabilitiesPpm }) => say(market, \`\${market.claim.outcomes[0]} \${market.probabilitiesPpm[0] / 10_000} % -> \${probabilitiesPpm[0] / 10_000} %\`);
  await play({ client, account, believe, onTrade, onRefusal: (market, refusal) => say(market, refusal.message), signal: stop.signal });
}
`;
