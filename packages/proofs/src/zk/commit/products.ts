/**
 * The sum that an opening proves, `Σ_products Σ_c combination(c) · weights(c)`, in as few products as its claims allow: claims
 * at one column point share its weights, claims within one row share the row.
 */
import { add, type Ext, ONE, ZERO } from '../field/ext.ts';
import type { BaseVector, ExtVector, ProofMemory } from '../memory.ts';
import type { Committed } from './commit.ts';
import { groupTerms, rowKey } from './groups.ts';
import { BASIS, blindingPoints, type HiddenPart } from './hidden.ts';
import { storedWidth, width } from './shape.ts';
import type { Term } from './terms.ts';

export type Product = {
  /** A combination of rows, randomness included; or one row as it lies in its matrix. */
  readonly combination: ExtVector | BaseVector;
  /** Of the values of a row. */
  readonly weights: ExtVector;
};

/** Whether it is no row of the base field. */
export const isExtVector = (vector: ExtVector | BaseVector): vector is ExtVector => 'stride' in vector;

/** A term with its weight, and the fold of its rows where the caller has it. */
export type Weighted = { readonly term: Term; readonly weight: Ext; readonly fold: ExtVector | undefined };

export class Products {
  readonly all: Product[] = [];
  private readonly memory: ProofMemory;
  private readonly stack: readonly Committed[];
  private readonly length: number;
  private readonly rowVars: number;

  constructor(memory: ProofMemory, stack: readonly Committed[], length: number) {
    this.memory = memory;
    this.stack = stack;
    this.length = length;
    this.rowVars = stack[0]!.shape.rowVars;
  }

  addClaims(claims: readonly Weighted[], pads: readonly RowWeights[]): void {
    const { points, rows } = groupTerms(claims, ({ term }) => term);
    for (const group of points) this.atOnePoint(group);
    const padded = new Map(pads.map((weights) => [rowKey(weights), weights]));
    for (const group of rows) {
      const { term } = group[0]!;
      this.inOneRow(term, group, padded.get(rowKey(term)));
      padded.delete(rowKey(term));
    }
    for (const weights of padded.values()) this.inOneRow(weights, [], weights);
  }

  /** The value of the blinding claim. */
  blindingValue(rows: HiddenPart['blinding']): Ext {
    const { memory } = this;
    const mark = memory.mark();
    const out = memory.take(16);
    let value = ZERO;
    for (const { combination, weights } of this.blinding(rows, ONE)) {
      memory.kernels.dotExt(
        out,
        combination.address,
        combination.stride,
        weights.address,
        weights.stride,
        weights.length,
      );
      value = add(value, memory.element(out));
    }
    memory.release(mark);
    return value;
  }

  /** The blinding claim with its weight. */
  addBlinding(rows: HiddenPart['blinding'], weight: Ext): void {
    this.all.push(...this.blinding(rows, weight));
  }

  private blinding({ matrix, row }: HiddenPart['blinding'], weight: Ext) {
    return blindingPoints(this.rowVars).map((point, k) => {
      const combination = this.zeros(this.length);
      this.addRows(combination, { matrix, row: row + 4 * k, rows: 4 }, BASIS);
      return { combination, weights: this.eq(point, weight) };
    });
  }

  private atOnePoint(group: readonly Weighted[]): void {
    const combination = this.zeros(this.length);
    for (const { term, weight, fold } of group) {
      if (fold === undefined) this.addTerm(combination, term, weight);
      else this.addScaled(combination, fold, weight);
    }
    const weights = this.zeros(width({ rowVars: this.rowVars }));
    this.addEq(weights, group[0]!.term, ONE);
    this.all.push({ combination, weights });
  }

  private inOneRow(
    { matrix, row }: Pick<Term, 'matrix' | 'row'>,
    group: readonly Weighted[],
    pads: RowWeights | undefined,
  ): void {
    const { rows, shape } = this.stack[matrix]!;
    const combination = { address: rows.address + 4 * row * storedWidth(shape), length: storedWidth(shape) };
    const weights = this.zeros(width({ rowVars: this.rowVars }));
    if (pads !== undefined) {
      const { address, stride, length } = pads.weights;
      this.memory.kernels.spreadWeights(weights.address, weights.stride, address, stride, length);
    }
    for (const { term, weight } of group) this.addEq(weights, term, weight);
    this.all.push({ combination, weights });
  }

  private zeros(length: number): ExtVector {
    const vector = this.memory.ext(length);
    this.memory.bytes(vector.address, 4 * vector.stride).fill(0);
    return vector;
  }

  private eq(point: readonly Ext[], scale: Ext): ExtVector {
    const table = this.memory.ext(2 ** point.length);
    eqInto(this.memory, table, point, scale);
    return table;
  }

  /** Adds what the columns of a term count to those of a row. */
  private addEq({ address, stride }: ExtVector, { column, columnPoint }: Term, scale: Ext): void {
    const mark = this.memory.mark();
    const own = this.eq(columnPoint, scale);
    this.memory.kernels.addExt(address + 4 * column, stride, own.address, own.stride, own.length);
    this.memory.release(mark);
  }

  private addTerm(out: ExtVector, term: Term, weight: Ext): void {
    const mark = this.memory.mark();
    const coefficients = this.eq(term.rowPoint, weight);
    this.addFrom(out, term, coefficients);
    this.memory.release(mark);
  }

  private addRows(out: ExtVector, rows: Pick<Term, 'matrix' | 'row' | 'rows'>, by: readonly Ext[]): void {
    const mark = this.memory.mark();
    const coefficients = this.memory.ext(by.length);
    for (const [i, element] of by.entries()) this.memory.setEntry(coefficients, i, element);
    this.addFrom(out, rows, coefficients);
    this.memory.release(mark);
  }

  private addFrom(out: ExtVector, { matrix, row, rows }: Pick<Term, 'matrix' | 'row' | 'rows'>, by: ExtVector): void {
    addCombination(this.memory, this.stack[matrix]!, out, row, rows, by);
  }

  private addScaled(out: ExtVector, vector: ExtVector, by: Ext): void {
    const mark = this.memory.mark();
    const scale = this.memory.take(16);
    this.memory.put(scale, [by]);
    this.memory.kernels.addScaled(out.address, out.stride, vector.address, vector.stride, scale, this.length);
    this.memory.release(mark);
  }
}

/** Weights of the pads of one row, in order. */
export type RowWeights = { readonly matrix: number; readonly row: number; readonly weights: ExtVector };

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
