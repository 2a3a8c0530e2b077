/** Likeness of a label to listed labels: cosine of its character runs, rare runs weighing more. */

import type { HostParts } from '../../../packages/analysts/src/host.ts';
import type { Example } from '../../../packages/analysts/training/example.ts';

const RUN = 3;
/** A run found in a larger share of the labels says nothing and costs most. */
const COMMONEST = 0.02;

const runsOf = ({ label, subdomains }: HostParts): string[] => {
  const text = `^${[...subdomains, label].join('.').slice(0, 64)}$`;
  return [...new Set(Array.from({ length: Math.max(1, text.length - RUN + 1) }, (_, i) => text.slice(i, i + RUN)))];
};

/** Cosines of the nearest, the fifth and the twentieth neighbour. */
export type Likeness = (parts: HostParts) => readonly [number, number, number];

/** Indexes hosts; what is asked must not be among them. */
export const fitNeighbours = (hosts: readonly Example[]): Likeness => {
  const lists = new Map<string, number[]>();
  const rows = hosts.map((e) => runsOf(e.parts));
  rows.forEach((row, i) => {
    for (const run of row) {
      const list = lists.get(run);
      if (list === undefined) lists.set(run, [i]);
      else list.push(i);
    }
  });
  const weightOf = (run: string): number => Math.log((hosts.length + 1) / ((lists.get(run)?.length ?? 0) + 1)) ** 2;
  const norms = Float64Array.from(rows, (row) => Math.sqrt(row.reduce((sum, run) => sum + weightOf(run), 0)));
  const sums = new Float64Array(hosts.length);
  return (parts) => {
    const row = runsOf(parts);
    const norm = Math.sqrt(row.reduce((sum, run) => sum + weightOf(run), 0));
    const touched: number[] = [];
    for (const run of row) {
      const list = lists.get(run);
      if (list === undefined || list.length > COMMONEST * hosts.length + 50) continue;
      const weight = weightOf(run);
      for (const i of list) {
        if (sums[i] === 0) touched.push(i);
        sums[i] = sums[i]! + weight;
      }
    }
    const cosines = Float64Array.from(touched, (i) => sums[i]! / (norm * norms[i]!)).sort();
    for (const i of touched) sums[i] = 0;
    return [cosines.at(-1) ?? 0, cosines.at(-5) ?? 0, cosines.at(-20) ?? 0];
  };
};
