/**
 * Draws the tables of this folder: made-up loans, whether they were repaid, and a group that has to do with income only. The
 * same bytes at each run; `node examples/training/draw-loans.ts` writes them anew.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const COLUMNS = 'income,debt,years,late,group,repaid';

/** Whole numbers that a seed repeats (a linear congruence modulo 2^31 − 1). */
const drawer = (seed: number): ((low: number, high: number) => number) => {
  let state = seed;
  return (low, high) => {
    state = (state * 48_271) % 0x7fffffff;
    return low + (state % (high - low + 1));
  };
};

const loans = (rows: number, seed: number): string => {
  const draw = drawer(seed);
  const lines = Array.from({ length: rows }, (_, i) => {
    const group = i % 2;
    const [income, debt, years, late] = [draw(15, 140) + 10 * group, draw(0, 90), draw(0, 30), draw(0, 6)];
    const score = income - debt + years - 12 * late + draw(-15, 15);
    return [income, debt, years, late, group, score > 20 ? 1 : 0].join(',');
  });
  return `${[COLUMNS, ...lines].join('\n')}\n`;
};

/** By the names of their files. */
export const TABLES: Readonly<Record<string, string>> = {
  'loans.csv': loans(128, 11),
  'audit.csv': loans(60, 12),
};

if (import.meta.main) {
  for (const [name, text] of Object.entries(TABLES)) writeFileSync(join(import.meta.dirname, name), text);
}
