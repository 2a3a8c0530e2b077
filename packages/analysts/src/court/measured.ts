/**
 * What was measured of the built-in jurors on labelled questions that neither trained nor calibrated them: how often they
 * vote and err, and how alike. Written by `npm run bench -- selective`; counts only. A simulation of the court reads it in
 * place of assumptions, and a draw to seat no two jurors of one cluster.
 */

import measured from '../artefact/court-measured.json' with { type: 'json' };

export type MeasuredSet = {
  /** Labelled questions whose subject was what a high probability says (a scam, an impostor), and others. */
  readonly bad: number;
  readonly good: number;
  /** Ids, in the order of everything below. */
  readonly jurors: readonly string[];
  /** Of each juror, the program that was measured. */
  readonly programs: Readonly<Record<string, string>>;
  /**
   * Correlation (phi) of two jurors' errors if each had to say one thing (no sign seen: good), both answers weighing the same;
   * thousandths.
   * `null` where one of them never erred.
   */
  readonly correlationPermille: readonly (readonly (number | null)[])[];
  /** Jurors whose errors correlate above the threshold count as one voice. */
  readonly clusters: readonly (readonly string[])[];
  /** Of each juror, rows of L/G, bad called bad, bad called good, good called bad, good called good; the rest abstained. */
  readonly votes: Readonly<Record<string, readonly (readonly number[])[]>>;
  /** Votes of all jurors on one question (`+` bad, `-` good, `0` none), and on how many bad and good questions they were so. */
  readonly patterns: readonly (readonly [pattern: string, bad: number, good: number])[];
};

export type CourtMeasured = {
  readonly command: string;
  readonly clusterThresholdPermille: number;
  readonly patternsAtLossToGain: number;
  /** `sites` and `tokens`. */
  readonly sets: Readonly<Record<string, MeasuredSet>>;
};

export const COURT_MEASURED = measured as unknown as CourtMeasured;

/**
 * The cluster that a juror votes with, as a name: two jurors with one name are one voice. `null` for a juror, or a kind of
 * subject, of which nothing was measured: it may be anybody's copy.
 */
export const clusterOf = (kind: 'sites' | 'tokens', juror: string): string | null => {
  const cluster = COURT_MEASURED.sets[kind]?.clusters.find((members) => members.includes(juror));
  return cluster === undefined ? null : `${kind}:${cluster[0]}`;
};
