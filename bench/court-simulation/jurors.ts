/** The AI jurors of the simulation, as `npm run bench -- selective` measured them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Family } from '../../lab/court/world.ts';

export type Jurors = {
  readonly families: readonly Family[];
  readonly errorCorrelation: number;
  readonly doubtCorrelation: number;
  /** Where the numbers are from, for the output. */
  readonly source: string;
};

/** What is used until something is measured; said in the output. */
const PLACEHOLDER: Jurors = {
  families: Array.from({ length: 9 }, (_, i) => ({ name: `family ${i}`, coverage: 0.6, accuracy: 0.95 })),
  errorCorrelation: 0.3,
  doubtCorrelation: 0.3,
  source: 'PLACEHOLDER jurors, nothing measured',
};

type Measured = {
  readonly sites: {
    readonly families: readonly Family[];
    readonly errorCorrelation: readonly (readonly number[])[];
    readonly doubtCorrelation: readonly (readonly number[])[];
  };
};

/** Mean over pairs; what is below zero counts as zero, for the simulation has only common causes. */
const meanOfPairs = (matrix: readonly (readonly number[])[]): number => {
  const pairs = matrix.flatMap((row, i) => row.slice(i + 1));
  return Math.max(0, pairs.reduce((sum, value) => sum + value, 0) / Math.max(1, pairs.length));
};

export const measuredJurors = (): Jurors => {
  const file = join(import.meta.dirname, '..', '..', 'docs', 'charts', 'selective.json');
  if (!existsSync(file)) return PLACEHOLDER;
  const { sites } = JSON.parse(readFileSync(file, 'utf8')) as Measured;
  return {
    families: sites.families,
    errorCorrelation: meanOfPairs(sites.errorCorrelation),
    doubtCorrelation: meanOfPairs(sites.doubtCorrelation),
    source: `${sites.families.length} site juror families as measured by bench selective`,
  };
};
