/** Which model families count as one juror: those whose measured errors go together (spec 21.5). */
import { no, type Refusal } from './problem.ts';

/** Correlations of errors above this join two families into one cluster, in parts per million. */
export const CLUSTER_THRESHOLD_PPM = 500_000;

/**
 * Clusters of families: two whose errors correlate above the threshold are in one, and so are all that a chain of such pairs links.
 * @param correlationsPpm symmetric, one row a family in the order given; parts per million, −10^6 .. 10^6
 * @returns a number from 1 for each family, in order of first appearance, or a refusal of what is no such matrix
 */
export const clustersOf = (
  correlationsPpm: readonly (readonly number[])[],
  thresholdPpm: number = CLUSTER_THRESHOLD_PPM,
): { readonly ok: true; readonly value: readonly number[] } | Refusal => {
  const count = correlationsPpm.length;
  const broken = correlationsPpm.some(
    (row, i) =>
      row.length !== count ||
      row.some((ppm, j) => !Number.isInteger(ppm) || Math.abs(ppm) > 1_000_000 || correlationsPpm[j]?.[i] !== ppm),
  );
  if (broken || count > 255) {
    const message = 'The correlations are no symmetric matrix of whole parts per million.';
    const next = 'Give one row and one column for each family.';
    return no('input.malformed', 'correlationsPpm', count, 'symmetric, at most 255 families', message, next);
  }
  const clusters = new Array<number>(count).fill(0);
  let last = 0;
  for (let start = 0; start < count; start += 1) {
    if (clusters[start] !== 0) continue;
    last += 1;
    const open = [start];
    for (let family = open.pop(); family !== undefined; family = open.pop()) {
      if (clusters[family] !== 0) continue;
      clusters[family] = last;
      for (const [other, ppm] of correlationsPpm[family]!.entries()) if (ppm > thresholdPpm) open.push(other);
    }
  }
  return { ok: true, value: clusters };
};
