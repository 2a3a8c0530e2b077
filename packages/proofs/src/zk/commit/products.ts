/**
 * The sum that an opening proves, `Σ_products Σ_c combination(c) · weights(c)`, in as few products as its claims allow: claims
 * at one column point share its weights, claims within one row share the row.
 */
import { type Ext, ONE } from '../field/ext.ts';
import type { BaseVector, ExtVector, ProofMemory } from '../memory.ts';
import type { ColumnWeights } from './column-weights.ts';
import type { Committed } from './commit.ts';
import { groupTerms, rowKey } from './groups.ts';
import { BASIS, blindingPoints, type HiddenPart } from './hidden.ts';
import { storedWidth, width } from './shape.ts';
import type { Term } from './terms.ts';

export type Product = {
  /** A combination of rows, randomness included; or one row as it lies in its matrix. */
  readonly combination: ExtVector | BaseVector;
  /** Of the values of a row. */
  readonly weights: ColumnWeights;
};

/** Whether it is no row of the base field. */
export const isExtVector = (vector: ExtVector | BaseVector): vector is ExtVector => 'stride' in vector;

/** A term with its weight, and the fold of its rows where the caller has it. */
export type Weighted = { readonly term: Term; readonly weight: Ext; readonly fold: ExtVector | undefined };

/** Weights of the pads of one row, in order. */
export type RowWeights = { readonly matrix: number; readonly row: number; readonly weights: ExtVector };

/**
 * The products of claims and pads. Takes room for what they combine.
 * @param length words of a row, randomness included, of the matrix that has most
 */
export const productsOf = (
  memory: ProofMemory,
  stack: readonly Committed[],
  length: number,
  claims: readonly Weighted[],
  pads: readonly RowWeights[],
): Product[] => {
  const { points, rows } = groupTerms(claims, ({ term }) => term);
  const padded = new Map(pads.map((weights) => [rowKey(weights), weights]));
  const rowVars = stack[0]!.shape.rowVars;
  const inOneRow = (at: Pick<Term, 'matrix' | 'row'>, group: readonly Weighted[]): Product => {
    const { rows: all, shape } = stack[at.matrix]!;
    const own = padded.get(rowKey(at));
    padded.delete(rowKey(at));
    const stored = storedWidth(shape);
    return {
      combination: { address: all.address + 4 * at.row * stored, length: stored },
      weights: {
        claims: group.map(({ term, weight }) => ({ ...term, weight })),
        others: own === undefined ? null : spread(memory, own.weights, rowVars),
      },
    };
  };
  return [
    ...points.map((group) => atOnePoint(memory, stack, length, group)),
    ...rows.map((group) => inOneRow(group[0]!.term, group)),
    ...[...padded.values()].map((own) => inOneRow(own, [])),
  ];
};

const atOnePoint = (
  memory: ProofMemory,
  stack: readonly Committed[],
  length: number,
  group: readonly Weighted[],
): Product => {
  const combination = zeros(memory, length);
  for (const { term, weight, fold } of group) {
    const mark = memory.mark();
    if (fold === undefined) {
      const coefficients = memory.ext(2 ** term.rowPoint.length);
      eqInto(memory, coefficients, term.rowPoint, weight);
      addCombination(memory, stack[term.matrix]!, combination, term.row, term.rows, coefficients);
    } else {
      const scale = memory.take(16);
      memory.put(scale, [weight]);
      memory.kernels.addScaled(combination.address, combination.stride, fold.address, fold.stride, scale, length);
    }
    memory.release(mark);
  }
  return { combination, weights: { claims: [{ ...group[0]!.term, weight: ONE }], others: null } };
};

/** A blinding vector, and where it is claimed. */
export type Blinding = { readonly combination: ExtVector; readonly point: readonly Ext[] };

/** The blinding vectors. Takes room for them. */
export const blindingOf = (
  memory: ProofMemory,
  stack: readonly Committed[],
  length: number,
  { matrix, row }: HiddenPart['blinding'],
): Blinding[] =>
  blindingPoints(stack[0]!.shape.rowVars).map((point, k) => {
    const combination = zeros(memory, length);
    const mark = memory.mark();
    const units = memory.ext(BASIS.length);
    for (const [i, unit] of BASIS.entries()) memory.setEntry(units, i, unit);
    addCombination(memory, stack[matrix]!, combination, row + 4 * k, BASIS.length, units);
    memory.release(mark);
    return { combination, point };
  });

export const blindingProduct = ({ combination, point }: Blinding, weight: Ext): Product => ({
  combination,
  weights: { claims: [{ column: 0, columnPoint: point, weight }], others: null },
});

export const zeros = (memory: ProofMemory, length: number): ExtVector => {
  const vector = memory.ext(length);
  memory.bytes(vector.address, 4 * vector.stride).fill(0);
  return vector;
};

/** How many pads there is room for. */
export const padCount = ({ rows }: HiddenPart['pads'], rowVars: number): number => (rows * width({ rowVars })) / 4;

/** Weights of all pads, row by row. */
export const padRows = (
  memory: ProofMemory,
  { matrix, row, rows }: HiddenPart['pads'],
  pads: readonly Ext[],
): RowWeights[] => {
  const { address, stride } = memory.ext(pads.length);
  for (let c = 0; c < 4; c++) {
    const plane = memory.words({ address: address + c * stride, length: pads.length });
    for (let k = 0; k < pads.length; k++) plane[k] = pads[k]![c]!;
  }
  const length = pads.length / rows;
  return Array.from({ length: rows }, (_, i) => ({
    matrix,
    row: row + i,
    weights: { address: address + 4 * i * length, stride, length },
  }));
};

/** What the columns of a row of pads count, out of what the pads do. */
const spread = (memory: ProofMemory, { address, stride, length }: ExtVector, rowVars: number): ExtVector => {
  const weights = zeros(memory, width({ rowVars }));
  memory.kernels.spreadWeights(weights.address, weights.stride, address, stride, length);
  return weights;
};

/** Writes `scale · eq(point, ·)`. */
export const eqInto = (memory: ProofMemory, table: ExtVector, point: readonly Ext[], scale: Ext): void => {
  const mark = memory.mark();
  const at = memory.take(16 * (point.length + 1));
  memory.put(at, [scale, ...point]);
  memory.kernels.eqTable(table.address, table.stride, at, at + 16, point.length);
  memory.release(mark);
};

/** Adds `Σ_i by_i · row_i` of a matrix, randomness included. */
export const addCombination = (
  memory: ProofMemory,
  committed: Committed,
  out: ExtVector,
  row: number,
  rows: number,
  by: ExtVector,
): void => {
  const stored = storedWidth(committed.shape);
  const at = committed.rows.address + 4 * row * stored;
  memory.kernels.addRows(out.address, out.stride, at, 4 * stored, by.address, by.stride, rows, stored);
};
