/** What is committed of the measurements: counts and correlations, no question. `court/measured.ts` of analysts reads it. */
import type { CourtMeasured, MeasuredSet } from '../../packages/analysts/src/court/measured.ts';
import { RATIOS } from './curve.ts';
import { clustersOf } from './errors.ts';
import { type Ballot, ballotOf } from './panels.ts';
import type { Question, QuestionSet } from './questions.ts';

/** Ratio at which the votes of all jurors on a question are counted together. */
export const JOINT_RATIO = 9;

const SIGNS: Readonly<Record<Ballot, string>> = { 1: '+', [-1]: '-', 0: '0' };

const votesOf = (questions: readonly Question[], juror: number): MeasuredSet['votes'][string] =>
  RATIOS.map((lossToGain) => {
    const count = (bad: boolean, ballot: Ballot): number =>
      questions.filter((q) => q.bad === bad && ballotOf(q.stated[juror] ?? null, lossToGain) === ballot).length;
    return [lossToGain, count(true, 1), count(true, -1), count(false, 1), count(false, -1)];
  });

const patternsOf = (questions: readonly Question[]): MeasuredSet['patterns'] => {
  const patterns = new Map<string, [bad: number, good: number]>();
  for (const { bad, stated } of questions) {
    const pattern = stated.map((ppm) => SIGNS[ballotOf(ppm, JOINT_RATIO)]).join('');
    const [ofBad, ofGood] = patterns.get(pattern) ?? [0, 0];
    patterns.set(pattern, bad ? [ofBad + 1, ofGood] : [ofBad, ofGood + 1]);
  }
  return [...patterns].sort(([a], [b]) => (a < b ? -1 : 1)).map(([pattern, [bad, good]]) => [pattern, bad, good]);
};

export type Correlations = readonly (readonly (number | null)[])[];

export const measuredSet = (
  { jurors, questions }: QuestionSet,
  correlations: Correlations,
  threshold: number,
): MeasuredSet => ({
  bad: questions.filter(({ bad }) => bad).length,
  good: questions.filter(({ bad }) => !bad).length,
  jurors: jurors.map(({ id }) => id),
  programs: Object.fromEntries(jurors.map(({ id, program }) => [id, program])),
  correlationPermille: correlations.map((row) => row.map((phi) => (phi === null ? null : Math.round(1000 * phi)))),
  clusters: clustersOf(correlations, threshold).map((cluster) => cluster.map((i) => jurors[i]!.id)),
  votes: Object.fromEntries(jurors.map(({ id }, i) => [id, votesOf(questions, i)])),
  patterns: patternsOf(questions),
});

export const measuredFile = (threshold: number, sets: Readonly<Record<string, MeasuredSet>>): CourtMeasured => ({
  command: 'npm run bench -- selective',
  clusterThresholdPermille: Math.round(1000 * threshold),
  patternsAtLossToGain: JOINT_RATIO,
  sets,
});
