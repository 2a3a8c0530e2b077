import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tally } from '../../packages/node/src/engine/resolve.ts';
import { challenged } from './answers.ts';
import { selectiveChart } from './chart.ts';
import { curvesOf } from './curve.ts';
import { brier, calibrationError, clustersOf, correlationInterval, errorCorrelation, reliability } from './errors.ts';
import { measuredSet } from './measured.ts';
import { alone, type Ballot, panelsOf, quorumOf, ruledBy, ruling, twoRounds } from './panels.ts';
import { type Question, weightsOf } from './questions.ts';

const ask = (bad: boolean, ...stated: (number | null)[]): Question => ({
  bad,
  stated,
  leans: stated.map((ppm) => (ppm === null ? null : ppm > 500_000)),
});
/** Two jurors that err on the same question, a third that errs on another. */
const QUESTIONS = [
  ask(true, 950_000, 960_000, 40_000),
  ask(true, 20_000, 30_000, 990_000),
  ask(true, 970_000, 980_000, 980_000),
  ask(true, 940_000, 930_000, null),
  ask(false, 50_000, 60_000, 10_000),
  ask(false, 50_000, 60_000, 500_000),
];
const JURORS = ['a', 'b', 'c'].map((id) => ({ id, program: `surety/${id}@0` }));
const weights = weightsOf(QUESTIONS);

test('a ruling is the node’s own count, over every way that up to five can vote', () => {
  const all = (seats: number): Ballot[][] =>
    seats === 0 ? [[]] : all(seats - 1).flatMap((rest) => ([-1, 0, 1] as const).map((ballot) => [...rest, ballot]));
  for (const seats of [1, 3, 5])
    for (const ballots of all(seats)) {
      const votes = ballots.map((ballot) => ({ outcome: ballot === 0 ? null : ballot > 0 ? 0 : 1 }));
      const { outcome } = tally(votes, quorumOf(seats));
      assert.equal(ruling(ballots, quorumOf(seats)), outcome === null ? 0 : outcome === 0 ? 1 : -1);
    }
});

test('a draw seats one family of a cluster, every panel with its share', () => {
  const panels = panelsOf([[0, 1], [2], [3]], 2);
  assert.equal(panels.length, 5);
  assert.ok(Math.abs(panels.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-12);
  assert.ok(panels.every(({ members }) => !(members.includes(0) && members.includes(1))));
  assert.deepEqual(panelsOf([[0], [1]], 3), []);
});

test('nobody sits twice: the second round takes fresh voices, then other families, and leaves seats empty', () => {
  const rounds = twoRounds([[0, 1], [2], [3], [4]]);
  assert.ok(Math.abs(rounds.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-12);
  for (const { members, next } of rounds) {
    assert.equal(new Set([...members, ...(next?.members ?? [])]).size, members.length + (next?.members.length ?? 0));
    assert.equal(next?.seats, 7);
    assert.equal(next?.members.length, members.some((member) => member < 2) ? 2 : 1);
  }
  const round = { members: [0], seats: 1, share: 1, next: { members: [1], seats: 1, share: 1 } };
  assert.deepEqual([ruledBy(round, [-1, 1]), ruledBy(round, [0, 1])], [-1, 1]);
});

test('a challenged answer is judged by voices that did not give it: upheld, overturned, or left', () => {
  const [sure, clear] = [990_000, 5_000];
  const market = [sure, sure, null];
  const [upheld, overturned, left] = [sure, clear, null].map((ppm) => ask(true, ...market, ppm, ppm, null));
  const unanswered = ask(true, sure, null, null, sure, sure, sure);
  const wrong = ask(false, ...market, null, null, sure);
  const clusters = [[0, 1, 2], [3], [4], [5]];
  const counts = challenged([upheld!, overturned!, left!, unanswered, wrong], clusters, 9);
  assert.deepEqual(counts.right, { answers: 3, upheld: 1, overturned: 1 });
  assert.deepEqual(counts.wrong, { answers: 1, upheld: 0, overturned: 0 });
  assert.deepEqual(challenged([upheld!], [[0, 1, 2], [3], [4]], 9).right.upheld, 0, 'two voices fill no three seats');
});

test('errors that fall together correlate, those that do not do not, and close ones are one cluster', () => {
  const phi = (a: number, b: number) => errorCorrelation(QUESTIONS, weights, [a, b]);
  assert.ok(Math.abs((phi(0, 1) ?? 0) - 1) < 1e-12);
  assert.ok((phi(0, 2) ?? 1) < 0);
  const { low, high } = correlationInterval(QUESTIONS, weights, [0, 2]);
  assert.ok(low <= high && high < 0.5);
  assert.equal(errorCorrelation([ask(true, 900_000, 900_000)], [1], [0, 1]), null, 'nobody ever errs');
  const rows = [0, 1, 2].map((a) => [0, 1, 2].map((b) => phi(a, b)));
  assert.deepEqual(clustersOf(rows, 0.5), [[0, 1], [2]]);
});

test('clusters join through a third, and through the last that comes', () => {
  const near = 0.9;
  const rows = [
    [1, 0, 0, near],
    [0, 1, near, 0],
    [0, near, 1, near],
    [near, 0, near, 1],
  ];
  assert.deepEqual(clustersOf(rows, 0.5), [[0, 1, 2, 3]]);
});

test('coverage and accuracy follow the ratio: fewer and righter', () => {
  const [curve] = curvesOf(QUESTIONS, weights, [{ name: 'all', panels: [{ members: [0, 1, 2], seats: 3, share: 1 }] }]);
  const at = (ratio: number) => curve?.points.find(({ lossToGain }) => lossToGain === ratio);
  // At 9: right on the first, third, fourth and both good ones; wrong on the second, 2 to 1.
  assert.deepEqual([at(9)?.coverage, at(9)?.wrong], [100, 1]);
  assert.ok(Math.abs((at(9)?.accuracy ?? 0) - 87.5) < 1e-9);
  assert.deepEqual([at(99)?.coverage, at(99)?.accuracy], [0, null]);
  const inside = at(9);
  assert.ok(inside !== undefined && inside.accuracyInterval.low <= 87.5 && inside.accuracyInterval.high >= 87.5);
});

test('a probability that is kept has no calibration error; alike ones are never cut apart', () => {
  const honest = [ask(true, 750_000), ask(true, 750_000), ask(true, 750_000), ask(false, 750_000)];
  const even = new Float64Array(4).fill(0.25);
  assert.deepEqual(reliability(honest, even, 0), [{ statedPercent: 75, foundPercent: 75, weight: 1 }]);
  assert.equal(calibrationError(reliability(honest, even, 0)), 0);
  const sure = honest.map(({ bad }) => ask(bad, 950_000));
  assert.equal(calibrationError(reliability(sure, even, 0)), 20);
  assert.ok(Math.abs(brier(honest, even, 0) - 0.1875) < 1e-12);
});

test('what is committed adds up to the questions', () => {
  const set = measuredSet(
    { kind: 'sites', jurors: JURORS, questions: QUESTIONS },
    [
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 1],
    ],
    0.5,
  );
  assert.deepEqual([set.bad, set.good], [4, 2]);
  assert.deepEqual(set.clusters, [['a', 'b'], ['c']]);
  assert.deepEqual(
    set.votes.a?.find(([ratio]) => ratio === 9),
    [9, 3, 1, 0, 2],
  );
  assert.equal(
    set.patterns.reduce((sum, [, bad, good]) => sum + bad + good, 0),
    QUESTIONS.length,
  );
});

test('the chart draws every juror and panel', () => {
  const curves = curvesOf(QUESTIONS, weights, [
    { name: 'a', panels: [alone(0)] },
    { name: 'all', panels: [{ members: [0, 1, 2], seats: 3, share: 1 }] },
  ]);
  const set = { title: 'x', jurors: curves.slice(0, 1), panels: curves.slice(1) };
  const svg = selectiveChart([set], [{ name: 'a', bins: reliability(QUESTIONS, weights, 0) }]);
  assert.ok(svg.startsWith('<svg') && !svg.includes('NaN'));
  assert.equal(svg.match(/<polyline/g)?.length, 4);
});
