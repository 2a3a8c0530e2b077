/**
 * `evasion`: how often a white-box attacker finds a name that still looks like the brand and is not called a scam.
 * Per brand 1,000 names; the attacker keeps the ones that the target scores lowest. The closed player rehearses on the
 * attacker's own generator under another seed, so its figure is the best that secrecy alone can do.
 */
import { BRANDS, type Brand, purePlayers } from '../packages/analysts/src/pure.ts';
import { namesFor } from './evasion/attack.ts';
import { closedPlayer } from './evasion/closed.ts';
import type { Figure } from './figure.ts';
import { loadSites } from './sites/data.ts';
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

const figure = (name: string, value: number | null, peer: string): Figure => ({
  name,
  value,
  unit: '%',
  goal: '',
  holds: null,
  peer,
});

type Score = (n: Named) => number;

/** Share of the names kept by an attacker who aims at one score that another does not call a scam. */
const evasion = (surveys: readonly Named[][], name: string, aim: Score, judge: Score): Figure => {
  const passes = (n: Named): boolean => judge(n) <= COIN_PPM;
  const kept = surveys.map((names) => keep(names, aim));
  const share = (names: readonly Named[]): number => percent(names.filter(passes).length, names.length);
  const fallen = kept.filter((names) => names.some(passes)).length;
  const untargeted = `untargeted ${share(surveys.flat()).toFixed(1)} %`;
  return figure(name, share(kept.flat()), `${untargeted}, at least one name for ${fallen} of ${surveys.length} brands`);
};

const CLOSED = [
  'the same names against the market with one closed player',
  'the same names once the closed player holds half of the wealth',
  'the same names against the closed player alone',
  'false alarms of the closed player on legitimate crypto hosts',
] as const;

/** The attacker still aims at the open market: the closed player is what he cannot ask. */
const closedFigures = (surveys: readonly Named[][]): Figure[] => {
  const data = loadSites();
  if (data === null) return CLOSED.map((name) => figure(name, null, '../shared/data is absent'));
  const closed = closedPlayer(data, SECRET);
  const open: Score = (n) => n.market;
  /** The most that a player may hold: what the closed one grows to once labels show that it is right. */
  const rich: Score = (n) => {
    const shares = [...equalShares(n.beliefs.length).map((share) => Math.floor(share / 2)), 500_000];
    return restingPpm([...n.beliefs, closed(n.host)], shares, TOTAL_USD_PER_PLAYER * shares.length);
  };
  const alarms = data.testLegitimate.filter((host) => closed(host) > COIN_PPM).length;
  return [
    evasion(surveys, CLOSED[0], open, (n) => price([...n.beliefs, closed(n.host)])),
    evasion(surveys, CLOSED[1], open, rich),
    evasion(surveys, CLOSED[2], open, (n) => closed(n.host)),
    figure(CLOSED[3], percent(alarms, data.testLegitimate.length), 'at a threshold of one half'),
  ];
};

export const run = async (): Promise<Figure[]> => {
  const found = TARGETS.map((name) => BRANDS.find((brand) => brand.name === name));
  const brands = found.filter((brand) => brand !== undefined);
  process.stderr.write(`evasion: ${brands.length} brands, ${NAMES_PER_BRAND} names each\n`);
  const surveys = brands.map((brand, i) => survey(brand, 9_000 + i));
  const own = players.map((player, i) => {
    const belief: Score = (n) => n.beliefs[i] ?? COIN_PPM;
    return evasion(surveys, `evades ${player.id}`, belief, belief);
  });
  const market: Score = (n) => n.market;
  return [...own, evasion(surveys, 'evades the market of open players', market, market), ...closedFigures(surveys)];
};
