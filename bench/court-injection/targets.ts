/** Made-up names that still look like a brand, and what every site juror states of them. No data is needed. */
import { COURT_MEASURED } from '../../packages/analysts/src/court/index.ts';
import { BRANDS, type Brand, siteJurors } from '../../packages/analysts/src/pure.ts';
import { namesFor } from '../evasion/attack.ts';
import { type Ballot, ballotOf, type Panel, panelsOf, quorumOf, ruling } from '../selective/panels.ts';

const TARGETS =
  'metamask uniswap opensea coinbase binance ledger trezor phantom aave lido pancakeswap hyperliquid eigenlayer arbitrum walletconnect trustwallet kraken magiceden raydium starknet'.split(
    ' ',
  );

export type Target = {
  readonly host: string;
  /** Each juror's probability that it is a scam, parts per million, or `null`. */
  readonly stated: readonly (number | null)[];
};

/** `count` names of each of twenty brands, grouped by brand; another seed gives others. */
export const targetsOf = (count: number, seed: number): Target[][] =>
  TARGETS.map((name) => BRANDS.find((brand) => brand.name === name))
    .filter((brand): brand is Brand => brand !== undefined)
    .map((brand, i) =>
      namesFor(brand, count, seed + i).map((host) => ({
        host,
        stated: siteJurors.map((juror) => juror.readSync({ kind: 'site', host }).probabilityPpm),
      })),
    );

/** Places of the site jurors by voice. */
export const voices = (): number[][] =>
  (COURT_MEASURED.sets.sites?.clusters ?? []).map((cluster) =>
    cluster.map((id) => siteJurors.findIndex((juror) => juror.id === id)),
  );

export const drawn = (seats: number): Panel[] => panelsOf(voices(), seats);

/** What a panel rules of a target; beside it sit `obedient` jurors who vote "not a scam" whatever they read. */
export const ruledOn = (panel: Panel, { stated }: Target, lossToGain: number, obedient = 0): Ballot =>
  ruling(
    [
      ...panel.members.map((member) => ballotOf(stated[member] ?? null, lossToGain)),
      ...new Array<Ballot>(obedient).fill(-1),
    ],
    quorumOf(panel.seats + obedient),
  );

/** Share of targets, over all panels, of which the ruling is this. */
export const shareRuled = (
  targets: readonly Target[],
  panels: readonly Panel[],
  lossToGain: number,
  wanted: (ruled: Ballot) => boolean,
  obedient = 0,
): number => {
  let sum = 0;
  for (const target of targets)
    for (const panel of panels) if (wanted(ruledOn(panel, target, lossToGain, obedient))) sum += panel.share;
  const whole = panels.reduce((total, { share }) => total + share, 0);
  return sum / Math.max(1, targets.length) / whole;
};

const HALF_PPM = 500_000;

/** Of each brand, the names on which these jurors' mean probability is lowest. */
export const lowest = (brands: readonly (readonly Target[])[], members: readonly number[], kept: number): Target[] =>
  keepLowest(brands, ({ stated }) => members.reduce((sum, member) => sum + (stated[member] ?? HALF_PPM), 0), kept);

/** Of each brand, the names with the lowest score. */
export const keepLowest = (
  brands: readonly (readonly Target[])[],
  score: (target: Target) => number,
  kept: number,
): Target[] =>
  brands.flatMap((targets) =>
    targets
      .map((target) => ({ target, value: score(target) }))
      .sort((a, b) => a.value - b.value || (a.target.host < b.target.host ? -1 : 1))
      .slice(0, kept)
      .map(({ target }) => target),
  );
