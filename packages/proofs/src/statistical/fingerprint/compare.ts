/** A fingerprint held against activations of one's own: how far apart, and whether that is more than rounding makes. */
import { ok, type Result, refuserOf } from '@surety/core';
import { type Fingerprint, largest, PEAK, scaled } from './fingerprint.ts';

/** How far a fingerprint is from own activations, each the mean over its rows, in millionths. */
export type Distance = {
  /** Of the differences of kept activations and of peaks, relative to the peak. */
  readonly errorPpm: number;
  /** Share of kept positions that are not among one's own largest. */
  readonly missingPpm: number;
};

/** What rounding and other orders of summation may make. */
export type Tolerance = Distance;

const refused = refuserOf<'statistical.unfit'>();

/**
 * @param own activations of one's own run of the named model on the same input, row by row
 * Problems: `statistical.unfit` where rows or width differ.
 */
export const distanceTo = (fingerprint: Fingerprint, own: readonly ArrayLike<number>[]): Result<Distance> => {
  const { width, rows } = fingerprint;
  if (own.length !== rows.length || own.some(({ length }) => length !== width)) {
    const limit = `${rows.length} rows of ${width}`;
    const next = 'Run the model on the input that the fingerprint is about.';
    return refused('statistical.unfit', 'own', 'The activations have another shape.', next, { limit });
  }
  let [error, missing] = [0, 0];
  for (const [i, { peak, entries }] of rows.entries()) {
    const row = own[i]!;
    const mine = new Set(largest(row, entries.length));
    const ownPeak = Array.from(row).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const differences = entries.map(({ index, value }) => Math.abs(value - scaled(row[index]!, peak)) / PEAK);
    differences.push(peak === 0 ? (ownPeak === 0 ? 0 : 1) : Math.min(1, Math.abs(ownPeak - peak) / peak));
    error += differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
    missing += entries.filter(({ index }) => !mine.has(index)).length / entries.length;
  }
  return ok({
    errorPpm: Math.ceil((error / rows.length) * 1e6),
    missingPpm: Math.ceil((missing / rows.length) * 1e6),
  });
};

/** Whether a distance is one that the tolerance allows. */
export const within = (distance: Distance, tolerance: Tolerance): boolean =>
  distance.errorPpm <= tolerance.errorPpm && distance.missingPpm <= tolerance.missingPpm;

/**
 * The tolerance that lets through what honest runs showed, and `margin` times as much.
 * @param honest distances between runs of one model by different kernels, machines or orders of summation; at least one
 */
export const toleranceOf = (honest: readonly Distance[], margin: number): Tolerance => ({
  errorPpm: Math.ceil(margin * Math.max(1, ...honest.map(({ errorPpm }) => errorPpm))),
  missingPpm: Math.min(1_000_000, Math.ceil(margin * Math.max(...honest.map(({ missingPpm }) => missingPpm)))),
});
