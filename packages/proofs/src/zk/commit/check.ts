/** The verifier's side of an opening: see open.ts. */
import type { VerifierChannel } from '../channel/channel.ts';
import { type Form, known } from '../channel/form.ts';
import { extsOf } from '../channel/open.ts';
import { add, type Ext, mul, ONE, ZERO } from '../field/ext.ts';
import { eqPoints } from '../field/multilinear.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import { checkSumcheck } from '../sumcheck/verify.ts';
import { drawWeights, readInTheClear, stackCode, totalOf } from './batch.ts';
import { checkCombination } from './check-combination.ts';
import type { Commitment } from './commit.ts';
import { BASIS, blindingPoints, type HiddenPart } from './hidden.ts';
import type { LeftPart } from './left.ts';
import type { Claim, Evaluation } from './place.ts';
import { eqInto, padCount, padRows, type RowWeights } from './products.ts';
import type { MatrixShape } from './shape.ts';
import { columnWeight, termOf } from './terms.ts';

/** What there is to open beside claims: where something is hidden, or values were left. */
export type OpeningParts = { readonly hidden?: HiddenPart; readonly left?: LeftPart };

/**
 * @throws ProofError unless every claim holds of the one matrix that each root can be opened to (up to the error of
 *   soundness.ts)
 */
export const checkOpening = (
  channel: VerifierChannel,
  memory: ProofMemory,
  stack: readonly Commitment[],
  claims: readonly Claim<Form>[],
  parts: OpeningParts = {},
): void => {
  const mark = memory.mark();
  try {
    check(channel, memory, stack, claims, parts);
  } finally {
    memory.release(mark);
  }
};

const check = (
  channel: VerifierChannel,
  memory: ProofMemory,
  stack: readonly Commitment[],
  claims: readonly Claim<Form>[],
  { hidden, left }: OpeningParts,
): void => {
  const shapes = stack.map(({ shape }) => shape);
  const code = stackCode(shapes);
  const { rowVars } = code;
  const blinded = hidden === undefined ? ZERO : extsOf(channel.published(16))[0]!;
  const statements = (hidden ?? left)?.statements ?? [];
  const weights = drawWeights(channel, claims.length + statements.length + (hidden === undefined ? 0 : 1));
  const values = [...claims.map(({ value }) => value), ...statements];
  const count = hidden === undefined ? (left?.values.length ?? 0) : padCount(hidden.pads, rowVars);
  const total = totalOf(values, weights, count);
  const sum = hidden === undefined ? total.constant : add(total.constant, mul(weights.at(-1)!, blinded));
  const { point, value } = checkSumcheck(readInTheClear(channel), known(sum), rowVars, 2, []);
  const rows = new RowCoefficients(memory, shapes);
  const addRows = (evaluation: Evaluation, weight: Ext): void => {
    const term = termOf(evaluation, shapes);
    rows.add(term.matrix, term.row, term.rows, term.rowPoint, mul(weight, columnWeight(term, point)));
  };
  for (const [l, claim] of claims.entries()) addRows(claim, weights[l]!);
  for (const [k, value] of (left?.values ?? []).entries()) addRows(value, total.unsent[k]!);
  if (hidden !== undefined) {
    for (const [k, at] of blindingPoints(rowVars).entries()) {
      const weight = mul(weights.at(-1)!, eqPoints(at, point));
      for (const [c, unit] of BASIS.entries()) {
        rows.add(hidden.blinding.matrix, hidden.blinding.row + 4 * k + c, 1, [], mul(weight, unit));
      }
    }
    for (const [i, weight] of padsAt(memory, padRows(memory, hidden.pads, total.unsent), point).entries()) {
      rows.add(hidden.pads.matrix, hidden.pads.row + i, 1, [], weight);
    }
  }

  const combined = stack.map((commitment, m) => ({ commitment, coefficients: rows.of(m) }));
  checkCombination(channel, memory, combined, code, point, value.constant);
};

/** Coefficients of all rows in the combination, a vector for each matrix. */
class RowCoefficients {
  private readonly memory: ProofMemory;
  private readonly vectors: readonly ExtVector[];

  constructor(memory: ProofMemory, shapes: readonly MatrixShape[]) {
    this.memory = memory;
    this.vectors = shapes.map(({ rows }) => {
      const vector = memory.ext(rows);
      memory.bytes(vector.address, 4 * vector.stride).fill(0);
      return vector;
    });
  }

  of(matrix: number): ExtVector {
    return this.vectors[matrix]!;
  }

  /** Adds `weight · eq(point, i)` to those of `rows` rows from `row`. */
  add(matrix: number, row: number, rows: number, point: readonly Ext[], weight: Ext): void {
    const { memory } = this;
    const mark = memory.mark();
    const table = memory.ext(2 ** point.length);
    eqInto(memory, table, point, weight);
    const one = memory.take(16);
    memory.put(one, [ONE]);
    const { address, stride } = this.vectors[matrix]!;
    memory.kernels.addScaled(address + 4 * row, stride, table.address, table.stride, one, rows);
    memory.release(mark);
  }
}

/** What the weights of the pads of each row come to at a column point. */
const padsAt = (memory: ProofMemory, rows: readonly RowWeights[], point: readonly Ext[]): Ext[] => {
  const mark = memory.mark();
  const upper = memory.ext(2 ** (point.length - 2));
  eqInto(memory, upper, point.slice(2), ONE);
  const out = memory.take(16);
  // The four coordinates of a pad are neighbours: the lowest two variables choose among them.
  const lower = BASIS.map((unit, c) => mul(unit, corner(point, c))).reduce(add, ZERO);
  const sums = rows.map(({ weights: { address, stride, length } }) => {
    memory.kernels.dotExt(out, address, stride, upper.address, upper.stride, length);
    return mul(memory.element(out), lower);
  });
  memory.release(mark);
  return sums;
};

/** `eq(point, c)` over the lowest two variables. */
const corner = (point: readonly Ext[], c: number): Ext =>
  eqPoints(point.slice(0, 2), [c % 2 === 1 ? ONE : ZERO, c >= 2 ? ONE : ZERO]);
