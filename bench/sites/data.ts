/**
 * The labelled hosts of the `sites` bench and how they are split: by time and by registered domain, never at
 * random. Positives are dated phishing domains, negatives hosts of legitimate crypto projects.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { hostParts } from '../../packages/analysts/src/pure.ts';
import { bucket, onePerDomain } from '../../packages/analysts/training/example.ts';
import { ethPhishingDetect, legitimateSide, projectLists } from '../../packages/analysts/training/sources.ts';

const SHARED = join(import.meta.dirname, '../../../shared/data');
const PHISHING = join(SHARED, 'phishing/dated-domains-until-2025.csv');
const LEGITIMATE = join(SHARED, 'tokens/legitimate-hosts.txt');

/** The shipped models' newest training data; everything first seen later is new to them. */
const SHIPPED_AS_OF = '2025-07-01';
/** Wealth is learned between the two dates and frozen at the second; figures are measured from there on. */
export const TEST_FROM = '2025-10-01';

export type Dated = { readonly host: string; readonly firstSeen: string };

export type SitesData = {
  /** The day the models are trained. */
  readonly asOf: string;
  /** Everything listed before the test, newest first, one host per registered domain. */
  readonly before: readonly Dated[];
  /** First seen in the quarter before the test, on registered domains never listed before that quarter. */
  readonly wealthScams: readonly string[];
  /** First seen from `TEST_FROM` on, on registered domains that no list and no training set held before. */
  readonly testScams: readonly string[];
  /** Legitimate hosts that no model was trained on: wealth is learned on the one part, figures on the other. */
  readonly wealthLegitimate: readonly string[];
  readonly testLegitimate: readonly string[];
  /** Legitimate hosts on other registered domains, for training the measured models. */
  readonly trainLegitimate: readonly string[];
  /** Further ones for training: projects in token and chain lists, and an allow list; none held out or listed by then. */
  readonly otherLegitimate: readonly string[];
  /** The frozen list inside the npm package `eth-phishing-detect`. */
  readonly frozenList: readonly string[];
  /** Hosts labelled both ways (a registered domain in both files), left out everywhere. */
  readonly contested: number;
};

const registrable = (host: string): string => hostParts(host).registrable;

const readDated = (): Dated[] =>
  readFileSync(PHISHING, 'utf8')
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line.includes(','))
    .map((line) => {
      const at = line.lastIndexOf(',');
      return { host: line.slice(0, at).toLowerCase().replace(/\.+$/, ''), firstSeen: line.slice(at + 1) };
    });

/** Hosts whose registered domain is new: in none of `seen`, and met for the first time here. */
const fresh = (hosts: readonly string[], seen: ReadonlySet<string>): string[] =>
  onePerDomain(hosts).filter((host) => !seen.has(registrable(host)));

const setOf = (hosts: Iterable<string>): Set<string> => new Set([...hosts].map(registrable));

/** The split data; `null` where the shared files are absent. */
export const loadSites = (): SitesData | null => {
  if (!existsSync(PHISHING) || !existsSync(LEGITIMATE)) return null;
  const dated = readDated();
  const legitimate = readFileSync(LEGITIMATE, 'utf8')
    .split(/\r?\n/)
    .filter((host) => host.includes('.'));
  const frozen = ethPhishingDetect().hosts;
  const { whitelist: allowed } = createRequire(import.meta.url)('eth-phishing-detect/src/config.json') as {
    readonly whitelist: readonly string[];
  };
  const listed = setOf([...dated.map((d) => d.host), ...frozen]);
  const own = setOf(legitimate);
  const clean = legitimate.filter((host) => !listed.has(registrable(host)));
  const scams = dated.filter((d) => !own.has(registrable(d.host)));
  const until = (date: string): string[] => scams.filter((d) => d.firstSeen < date).map((d) => d.host);
  const from = (first: string, last: string): string[] =>
    scams.filter((d) => d.firstSeen >= first && d.firstSeen < last).map((d) => d.host);
  const held = clean.filter((host) => legitimateSide(host) === 'test');
  const forWealth = (host: string): boolean => bucket(registrable(host), 'wealth') % 10 < 3;
  const dateOf = new Map(scams.map((d) => [d.host, d.firstSeen]));
  /** What a model trained on the day the test begins may know to be listed. */
  const known = setOf([...until(TEST_FROM), ...frozen]);
  return {
    asOf: TEST_FROM,
    before: onePerDomain(until(TEST_FROM).reverse()).map((host) => ({ host, firstSeen: dateOf.get(host)! })),
    wealthScams: fresh(from(SHIPPED_AS_OF, TEST_FROM), setOf([...until(SHIPPED_AS_OF), ...frozen])),
    testScams: fresh(from(TEST_FROM, '9999'), known),
    wealthLegitimate: held.filter(forWealth),
    testLegitimate: held.filter((host) => !forWealth(host)),
    trainLegitimate: clean.filter((host) => legitimateSide(host) !== 'test'),
    otherLegitimate: onePerDomain([...allowed, ...projectLists().flatMap((list) => list.hosts)]).filter(
      (host) => !own.has(registrable(host)) && !known.has(registrable(host)),
    ),
    frozenList: frozen,
    contested: legitimate.length - clean.length,
  };
};
