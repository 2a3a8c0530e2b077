/** The AI jurors of the simulation: votes on held-out sites as `npm run bench -- selective` counted them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alike, type Family, type Pattern } from '../../lab/court/world.ts';

const FILE = join(import.meta.dirname, '../../packages/analysts/src/artefact/court-measured.json');

/** Jurors at one ratio of loss to gain. */
export type Jurors = {
  readonly families: readonly Family[];
  readonly correlation: number;
  /** Votes together, where they were counted at this ratio. */
  readonly patterns: readonly Pattern[] | null;
};

type Count = readonly [lossToGain: number, badBad: number, badGood: number, goodBad: number, goodGood: number];

/** What is read of the committed counts: `+` and the first outcome say that a site is bad. */
type Measured = {
  readonly patternsAtLossToGain: number;
  readonly sets: {
    readonly sites: {
      readonly bad: number;
      readonly good: number;
      readonly jurors: readonly string[];
      readonly correlationPermille: readonly (readonly (number | null)[])[];
      readonly clusters: readonly (readonly string[])[];
      readonly votes: Readonly<Record<string, readonly Count[]>>;
      readonly patterns: readonly (readonly [string, number, number])[];
    };
  };
};

const read = (): Measured | null => (existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Measured) : null);

const measured = read();

/** Where the jurors are from, for the output. */
export const SOURCE =
  measured === null
    ? 'PLACEHOLDER: 9 families alike, 60 % sure, 95 % right, correlation 0.3; nothing measured'
    : `${measured.sets.sites.jurors.length} site juror families as bench selective measured them`;

/** Ratios of loss to gain at which votes were counted, up to 9. */
export const RATIOS: readonly number[] =
  measured === null
    ? [9]
    : Object.values(measured.sets.sites.votes)[0]!
        .map(([ratio]) => ratio)
        .filter((ratio) => ratio <= 9);

/** Mean over pairs of different clusters, for only those sit together. */
const meanCorrelation = ({ jurors, clusters, correlationPermille }: Measured['sets']['sites']): number => {
  const clusterOf = (i: number): number => clusters.findIndex((cluster) => cluster.includes(jurors[i]!));
  const pairs = correlationPermille.flatMap((row, i) =>
    row.filter((value, j) => j > i && value !== null && clusterOf(i) !== clusterOf(j)),
  );
  return Math.max(0, pairs.reduce<number>((sum, value) => sum + value!, 0) / pairs.length / 1_000);
};

/** The measured jurors at a ratio of loss to gain, or the placeholder. */
export const jurorsAt = (lossToGain: number): Jurors => {
  if (measured === null) return { families: alike(9, 0.6, 0.95), correlation: 0.3, patterns: null };
  const { sites } = measured.sets;
  const families = sites.jurors.map((name): Family => {
    const [, badBad, badGood, goodBad, goodGood] = sites.votes[name]!.find(([ratio]) => ratio === lossToGain)!;
    const cluster = sites.clusters.findIndex((one) => one.includes(name)) + 1;
    const bad = { right: badBad / sites.bad, wrong: badGood / sites.bad };
    return { name, cluster, chances: [bad, { right: goodGood / sites.good, wrong: goodBad / sites.good }] };
  });
  const together = measured.patternsAtLossToGain === lossToGain ? sites.patterns : null;
  const patterns = together?.map(
    ([votes, bad, good]): Pattern => ({ votes, counts: [bad / sites.bad, good / sites.good] }),
  );
  return { families, correlation: meanCorrelation(sites), patterns: patterns ?? null };
};
