/**
 * `evasion`: how often a white-box attacker finds a name that still looks like the brand and is not called a scam.
 * Per brand 1,000 names; the attacker keeps the ones that the target scores lowest.
 */
import { BRANDS, type Brand, purePlayers } from '../packages/analysts/src/pure.ts';
import { namesFor } from './evasion/attack.ts';
import { closedPlayer } from './evasion/closed.ts';
import type { Figure } from './figure.ts';
import { type Beliefs, restingPpm } from './sites/market.ts';

const NAMES_PER_BRAND = 1_000;
/** The attacker registers the best few of a brand. */
const KEPT = 10;
const COIN_PPM = 500_000;
/** Drawn anew in real life; fixed here so that the figure can be repeated. */
const SECRET = 771_013;

const TARGETS =
  'metamask uniswap opensea coinbase binance ledger trezor phantom aave lido pancakeswap hyperliquid eigenlayer arbitrum walletconnect trustwallet kraken magiceden raydium starknet zksync layerzero etherscan rabby polymarket'.split(
    ' ',
  );

const players = purePlayers.filter((player) => player.reads.includes('site'));
/** Equal wealth: what a market opens with, before anybody earned more. */
const equalShares = (count: number): number[] => Array.from({ length: count }, () => Math.floor(1_000_000 / count));
const TOTAL_USD_PER_PLAYER = 1_000;

const price = (beliefs: Beliefs): number =>
  restingPpm(beliefs, equalShares(beliefs.length), TOTAL_USD_PER_PLAYER * beliefs.length);

type Named = { readonly host: string; readonly beliefs: Beliefs; readonly market: number };

const survey = (brand: Brand, seed: number): Named[] =>
  namesFor(brand, NAMES_PER_BRAND, seed).map((host) => {
    const beliefs = players.map((player) => player.readSync({ kind: 'site', host }).probabilityPpm);
    return { host, beliefs, market: price(beliefs) };
  });

/** The names an attacker keeps who wants a low `score`. */
const keep = (names: readonly Named[], score: (n: Named) => number): Named[] =>
  [...names].sort((a, b) => score(a) - score(b) || (a.host < b.host ? -1 : 1)).slice(0, KEPT);

const percent = (part: number, whole: number): number => (100 * part) / Math.max(1, whole);

export const run = async (): Promise<Figure[]> => {
  const brands = TARGETS.map((name) => BRANDS.find((brand) => brand.name === name)).filter(
    (brand) => brand !== undefined,
  );
  process.stderr.write(`evasion: ${brands.length} brands, ${NAMES_PER_BRAND} names each\n`);
  const surveys = brands.map((brand, i) => survey(brand, 9_000 + i));
  const closed = closedPlayer(SECRET);
  const withClosed = (n: Named): number => price([...n.beliefs, closed(n.host)]);
  /** The most that a player may hold: what the closed one grows to once labels show that it is right. */
  const withRichClosed = (n: Named): number => {
    const beliefs = [...n.beliefs, closed(n.host)];
    const shares = [...equalShares(n.beliefs.length).map((share) => Math.floor(share / 2)), 500_000];
    return restingPpm(beliefs, shares, TOTAL_USD_PER_PLAYER * beliefs.length);
  };
  const figure = (name: string, value: number, peer = ''): Figure => ({
    name,
    value,
    unit: '%',
    goal: '',
    holds: null,
    peer,
  });
  /** Share of kept names, and of all tried names, that the judge does not call a scam. */
  const evasion = (name: string, aim: (n: Named) => number, judge: (n: Named) => number): Figure => {
    const kept = surveys.flatMap((names) => keep(names, aim));
    const all = surveys.flat();
    const passing = (names: readonly Named[]): number =>
      percent(names.filter((n) => judge(n) <= COIN_PPM).length, names.length);
    const brandsFallen = surveys.filter((names) => keep(names, aim).some((n) => judge(n) <= COIN_PPM)).length;
    return figure(
      name,
      passing(kept),
      `untargeted ${passing(all).toFixed(1)} %, at least one name for ${brandsFallen} of ${surveys.length} brands`,
    );
  };
  return [
    ...players.map((player, i) =>
      evasion(
        `evades ${player.id}`,
        (n) => n.beliefs[i] ?? COIN_PPM,
        (n) => n.beliefs[i] ?? COIN_PPM,
      ),
    ),
    evasion(
      'evades the market of open players',
      (n) => n.market,
      (n) => n.market,
    ),
    evasion('the same names against the market with one closed player', (n) => n.market, withClosed),
    evasion('the same names once the closed player holds half of the wealth', (n) => n.market, withRichClosed),
    evasion(
      'the same names against the closed player alone',
      (n) => n.market,
      (n) => closed(n.host),
    ),
  ];
};
