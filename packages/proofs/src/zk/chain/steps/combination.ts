/** The opening of the combination of all rows of a stack, through its levels: the twin of `commit/check-combination.ts`. */
import { COORDINATES, levelsOf, messageLength, messageVars } from '../../commit/levels.ts';
import { type MatrixShape, width } from '../../commit/shape.ts';
import { bitsOf } from '../../field/multilinear.ts';
import { type ColumnLayout, type CombinedMatrix, columnSteps, type Opened } from './columns.ts';
import type { Listener } from './listener.ts';
import { hearRow, pieceAt, pieceEncoded, type SentRow } from './row.ts';
import { RowCoefficients } from './rows.ts';
import { chained } from './sums.ts';
import { indexWeights, type ProgramWriter, type Ref, type Register, type StepWriter, type Value } from './writer.ts';

/** Positions whose values one step adds up. */
const VALUES = 8;

/** That a row has a value: by eq at points, and at places of code words of the rows it came from, each times its weight. */
type RowClaim = {
  readonly points: readonly { readonly point: readonly Value[]; readonly weight: Value }[];
  readonly places: readonly { readonly factors: readonly Ref[]; readonly weight: Ref }[];
  readonly value: Value;
};

/** The value claimed, one at a point, and those of columns, by weights. */
const joinedValue = (
  book: ProgramWriter,
  value: Value,
  sampled: Value,
  opened: readonly Opened[],
  weights: readonly Ref[],
): Ref => {
  const record = book.step((step) => {
    const own = step.mul(step.value(value), step.equalIndex(weights, 0));
    return [step.add(own, step.mul(step.value(sampled), step.equalIndex(weights, 1)))];
  });
  const term = (step: StepWriter, i: number): Register =>
    opened
      .slice(VALUES * i, VALUES * (i + 1))
      .map((each, k) => step.mul(step.get(each.value), step.equalIndex(weights, 2 + VALUES * i + k)))
      .reduce(step.add);
  return chained(book, Math.ceil(opened.length / VALUES), term, { record, word: 0 });
};

/** A claim joined to those on columns, once the sumcheck has bound its highest variables to a point. */
const bound = (
  book: ProgramWriter,
  claim: RowClaim,
  sample: readonly Ref[],
  opened: readonly Opened[],
  weights: readonly Ref[],
  summed: { readonly point: readonly Ref[]; readonly value: Value },
): RowClaim => {
  const left = sample.length - summed.point.length;
  const weigh = (make: (step: StepWriter) => Register): Ref => ({ record: book.step((step) => [make(step)]), word: 0 });
  const atPoint = (point: readonly Value[], index: number, before: Value | null) => ({
    point: point.slice(0, left),
    weight: weigh((step) => {
      const own = step.mul(step.equalIndex(weights, index), step.equalPoints(point.slice(left), summed.point));
      return before === null ? own : step.mul(own, step.value(before));
    }),
  });
  // A coefficient whose bit is set counts its factor: `1 − r + r·factor` of a variable bound to r.
  const atPlace = (factors: readonly Ref[], index: number, before: Value | null) => ({
    factors: factors.slice(0, left),
    weight: weigh((step) => {
      let all = step.equalIndex(weights, index);
      if (before !== null) all = step.mul(all, step.value(before));
      const one = step.number(1);
      for (const [i, r] of summed.point.entries()) {
        const more = step.mul(step.get(r), step.sub(step.get(factors[left + i]!), one));
        all = step.mul(all, step.add(one, more));
      }
      return all;
    }),
  });
  return {
    points: [...claim.points.map(({ point, weight }) => atPoint(point, 0, weight)), atPoint(sample, 1, null)],
    places: [
      ...claim.places.map(({ factors, weight }) => atPlace(factors, 0, weight)),
      ...opened.map(({ factors }, k) => atPlace(factors, 2 + k, null)),
    ],
    value: summed.value,
  };
};

/** That a row which was sent has the value claimed. */
const checkValue = (book: ProgramWriter, row: SentRow, { points, places, value }: RowClaim): void => {
  const terms = [
    ...points.flatMap(({ point, weight }) =>
      row
        .filter(({ start }) => start < 2 ** point.length)
        .map((piece) => (step: StepWriter) => step.mul(step.value(weight), pieceAt(step, piece, point))),
    ),
    ...places.flatMap(({ factors, weight }) =>
      row.map((piece) => (step: StepWriter) => step.mul(step.get(weight), pieceEncoded(step, piece, factors))),
    ),
  ];
  const weighed = chained(book, terms.length, (step, i) => terms[i]!(step));
  book.step((step) => {
    step.same(step.get(weighed), step.value(value));
    return [];
  });
};

/** What each row of the base field counts in the combination of a level's rows. */
const levelRows = (book: ProgramWriter, { rows }: MatrixShape, point: readonly Ref[]): RowCoefficients => {
  const coefficients = new RowCoefficients(book, [{ rows }]);
  coefficients.add({ matrix: 0, row: 0, count: rows }, (step) => {
    const weights = indexWeights(step, point);
    return (i) => step.mul(weights(Math.floor(i / COORDINATES)), step.unit(i % COORDINATES));
  });
  return coefficients;
};

/**
 * @param claimed that the sum of the row's values by eq of the point is the value
 * @returns where columns lie, for whoever lays out the data
 */
export const combinationSteps = async (
  listener: Listener,
  stack: readonly CombinedMatrix[],
  code: MatrixShape,
  { point, value }: { readonly point: readonly Ref[]; readonly value: Value },
  pause: () => Promise<void>,
): Promise<readonly ColumnLayout[]> => {
  const { book } = listener;
  const layouts: ColumnLayout[] = [];
  const levels = levelsOf(code);
  let [matrices, own, length, vars] = [stack, code, messageLength(code), messageVars(code)];
  // Random coefficients lie behind the values, and count nothing: of a row that is sent they are not read.
  const behind: Value[] = Array.from({ length: levels.length === 0 ? 0 : vars - point.length }, () => ({ known: 0 }));
  let claim: RowClaim = { points: [{ point: [...point, ...behind], weight: { known: 1 } }], places: [], value };
  for (const { foldVars, shape } of levels) {
    const heard = listener.hear(32, ({ step, offset }) => [step.bytes(offset)]);
    const sample = listener.challenges(vars);
    const [sampled] = listener.receive(1) as [number];
    const { layout, opened } = await columnSteps(listener, matrices, { code: own, vars }, pause);
    layouts.push(layout);
    const weights = listener.challenges(bitsOf(2 + opened.length));
    const joined = joinedValue(book, claim.value, { data: sampled }, opened, weights);
    const summed = listener.rounds(joined, foldVars, []);
    claim = bound(book, claim, sample, opened, weights, { point: summed.point, value: summed.value! });
    const rows = levelRows(book, shape, summed.point).of(0);
    matrices = [{ shape, root: (step) => step.get({ record: heard, word: 1 }), rows }];
    [own, length, vars] = [shape, width(shape), shape.rowVars];
  }
  const row = hearRow(listener, length);
  checkValue(book, row, claim);
  const { layout, opened } = await columnSteps(listener, matrices, { code: own, vars }, pause);
  for (const { value: combined, factors } of opened) {
    await pause();
    const encoded = chained(book, row.length, (step, i) => pieceEncoded(step, row[i]!, factors));
    book.step((step) => {
      step.same(step.get(combined), step.get(encoded));
      return [];
    });
  }
  return [...layouts, layout];
};
