/** The opening as steps: the twin of `commit/check.ts`. */
import { stackCode } from '../../commit/batch.ts';
import { BLINDING_ROWS, blindingPoints, type HiddenPart } from '../../commit/hidden.ts';
import { COORDINATES } from '../../commit/levels.ts';
import { type MatrixShape, width } from '../../commit/shape.ts';
import { bitsOf } from '../../field/multilinear.ts';
import type { ColumnLayout, StepMatrix } from './columns.ts';
import { combinationSteps } from './combination.ts';
import { type StepForm, scaled } from './forms.ts';
import type { Listener } from './listener.ts';
import { weighPads } from './pads.ts';
import type { StepClaim } from './relations.ts';
import { RowCoefficients } from './rows.ts';
import { chained, evaluated } from './sums.ts';
import { type ProgramWriter, type Ref, type Register, type StepWriter, type Value, words } from './writer.ts';

/** Pads that one step adds to what their row counts. */
const PADS = 8;

export type HiddenOpening = Pick<HiddenPart, 'pads' | 'blinding'> & { readonly statements: readonly StepForm[] };

/** Adds what the rows of a claim count. */
const addClaim = (
  book: ProgramWriter,
  rows: RowCoefficients,
  { rowVars }: Pick<MatrixShape, 'rowVars'>,
  { place, point }: StepClaim,
  weigh: (step: StepWriter) => Register,
  rho: readonly Ref[],
): void => {
  const { matrix, offset, vars } = place;
  const shared = Math.min(vars, rowVars);
  const record = book.step((step) => {
    const along = step.equalPoints(point.slice(0, shared), rho.slice(0, shared));
    const weight = step.mul(weigh(step), along);
    const part = (offset % width({ rowVars })) / 2 ** vars;
    return [shared === rowVars ? weight : step.mul(weight, step.equalIndex(rho.slice(shared), part))];
  });
  const row = Math.floor(offset / width({ rowVars }));
  const [rowPoint, weight] = [point.slice(shared), { record, word: 0 }];
  if (place.rows === undefined) rows.addEqual(matrix, row, rowPoint, weight);
  else {
    rows.add(
      { matrix, row, count: place.rows },
      (step) => (i) => step.mul(step.get(weight), step.equalIndex(rowPoint, i)),
    );
  }
};

/** Adds what the rows of pads count, each by the pads in it, and those of the blinding vectors. */
const addHidden = (
  book: ProgramWriter,
  rows: RowCoefficients,
  { pads, blinding }: HiddenOpening,
  weights: readonly (Ref | null)[],
  weighBlinding: (step: StepWriter) => Register,
  rho: readonly Ref[],
): void => {
  const points = blindingPoints(rho.length);
  const record = book.step((step) =>
    points.map((point) => {
      const known = point.map(([x]): Value => ({ known: x }));
      return step.mul(weighBlinding(step), step.equalPoints(known, rho));
    }),
  );
  const ofVectors = words(record, 0, points.length);
  rows.add(
    { ...blinding, count: BLINDING_ROWS },
    (step) => (i) => step.mul(step.get(ofVectors[Math.floor(i / COORDINATES)]!), step.unit(i % COORDINATES)),
  );
  // The four coordinates of a pad are neighbours: the lowest two variables choose among them.
  const lower = book.step((step) => [
    Array.from({ length: COORDINATES }, (_, c) => step.mul(step.unit(c), step.equalIndex(rho.slice(0, 2), c))).reduce(
      step.add,
    ),
  ]);
  const each = 2 ** (rho.length - 2);
  const sums = Array.from({ length: pads.rows }, (_, row) => {
    const own = weights
      .slice(row * each, (row + 1) * each)
      .flatMap((weight, i) => (weight === null ? [] : [{ weight, i }]));
    const term = (step: StepWriter, group: number): Register =>
      own
        .slice(PADS * group, PADS * (group + 1))
        .map(({ weight, i }) => step.mul(step.get(weight), step.equalIndex(rho.slice(2), i)))
        .reduce(step.add);
    return own.length === 0 ? null : chained(book, Math.ceil(own.length / PADS), term);
  });
  for (const [i, sum] of sums.entries()) {
    if (sum === null) continue;
    rows.add(
      { matrix: pads.matrix, row: pads.row + i, count: 1 },
      (step) => () => step.mul(step.get(sum), step.get({ record: lower, word: 0 })),
    );
  }
};

/** @returns where the columns lie, for whoever lays out the data */
export const openingSteps = async (
  listener: Listener,
  matrices: readonly StepMatrix[],
  claims: readonly StepClaim[],
  hidden: HiddenOpening | null,
  pause: () => Promise<void>,
): Promise<readonly ColumnLayout[]> => {
  const { book } = listener;
  const shapes = matrices.map(({ shape }) => shape);
  const code = stackCode(shapes);
  const { rowVars } = code;
  const [blinded] = hidden === null ? [] : listener.receive(1);
  const statements = hidden?.statements ?? [];
  const weightPoint = listener.challenges(bitsOf(claims.length + statements.length + (hidden === null ? 0 : 1)));
  const last = claims.length + statements.length;
  const weighBlinding = (step: StepWriter): Register => step.equalIndex(weightPoint, last);
  let total: Value;
  let pads: readonly (Ref | null)[] = [];
  if (blinded === undefined) {
    total = evaluated(
      book,
      claims.flatMap(({ value }, l) => scaled(value, 1, (step) => step.equalIndex(weightPoint, l))),
    );
  } else {
    const weighed = weighPads(book, [...claims.map(({ value }) => value), ...statements], weightPoint);
    pads = weighed.weights;
    const term = (step: StepWriter): Register => step.mul(step.element(blinded), weighBlinding(step));
    total = chained(book, 1, term, weighed.total);
  }
  const { point: rho, value } = listener.rounds(total, rowVars, []);
  const rows = new RowCoefficients(book, shapes);
  await pause();
  for (const [l, claim] of claims.entries()) {
    addClaim(book, rows, code, claim, (step) => step.equalIndex(weightPoint, l), rho);
  }
  await pause();
  if (hidden !== null) addHidden(book, rows, hidden, pads, weighBlinding, rho);
  const stack = matrices.map((matrix, m) => ({ ...matrix, rows: rows.of(m) }));
  return combinationSteps(listener, stack, code, { point: rho, value: value! }, pause);
};
