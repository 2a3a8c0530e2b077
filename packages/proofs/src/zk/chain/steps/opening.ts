/** The opening as steps: the twin of `commit/check.ts` for matrices that hide nothing. */
import { leafPrefix, type MatrixShape, width } from '../../commit/shape.ts';
import { queriesOf } from '../../commit/soundness.ts';
import { bitsOf } from '../../field/multilinear.ts';
import { hashSteps, type Listener } from './listener.ts';
import { WORD_BYTES } from './machine.ts';
import type { StepClaim } from './relations.ts';
import { type Ref, type Register, type StepWriter, words } from './writer.ts';

/** Elements of the combined row that one step folds: 2^6. */
const PIECE_VARS = 6;

/** Rows whose coefficients are one record. */
const BLOCK_VARS = 5;
const BLOCK_ROWS = 2 ** BLOCK_VARS;

/** Bytes that a column and its path begin at a multiple of, so that few chunks are read. */
const ALIGNMENT = 256;

export type StepMatrix = { readonly shape: MatrixShape; readonly root: (step: StepWriter) => Register };

/** Where opened columns lie in the data: of each position one of each matrix, its words big-endian, then the nodes of its path. */
export type ColumnLayout = {
  readonly offset: number;
  readonly queries: number;
  readonly levels: number;
  /** From the offset of a position, by matrix. */
  readonly columns: readonly { readonly rows: number; readonly at: number; readonly pathAt: number }[];
  /** Bytes of all columns and paths of one position. */
  readonly stride: number;
};

const aligned = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

export const columnLayout = (shapes: readonly MatrixShape[], from: number): ColumnLayout => {
  const rowVars = shapes[0]!.rowVars;
  let at = 0;
  const levels = rowVars + 2;
  const columns = shapes.map(({ rows }) => {
    const column = { rows, at, pathAt: at + 4 * rows };
    at = aligned(column.pathAt + WORD_BYTES * levels);
    return column;
  });
  return { offset: aligned(from), queries: queriesOf({ rowVars, randomness: 0 }), levels, columns, stride: at };
};

/** Adds terms one step after the other. */
const chained = (listener: Listener, count: number, term: (step: StepWriter, i: number) => Register): Ref => {
  let sum: Ref | null = null;
  for (let i = 0; i < count; i++) {
    const before = sum;
    const record = listener.book.step((step) => {
      const own = term(step, i);
      return [before === null ? own : step.add(step.get(before), own)];
    });
    sum = { record, word: 0 };
  }
  return sum!;
};

/** Coefficients of rows in the combination, 32 to a record; null where no claim reads them. */
const coefficients = (
  listener: Listener,
  shapes: readonly MatrixShape[],
  claims: readonly StepClaim[],
  weightPoint: readonly Ref[],
  rho: readonly Ref[],
): readonly (readonly (number | null)[])[] => {
  const { book } = listener;
  const blocks = shapes.map(({ rows }) => new Array<number | null>(Math.ceil(rows / BLOCK_ROWS)).fill(null));
  for (const [l, { place, point }] of claims.entries()) {
    const { matrix, offset, vars } = place;
    const { rowVars, rows: all } = shapes[matrix]!;
    const shared = Math.min(vars, rowVars);
    const [row, rows] = [Math.floor(offset / width({ rowVars })), 2 ** (vars - shared)];
    const record = book.step((step) => {
      const along = step.equalPoints(point.slice(0, shared), rho.slice(0, shared));
      const weight = step.mul(step.equalIndex(weightPoint, l), along);
      const part = (offset % width({ rowVars })) / 2 ** vars;
      return [shared === rowVars ? weight : step.mul(weight, step.equalIndex(rho.slice(shared), part))];
    });
    const rowPoint = point.slice(shared);
    const inBlock = Math.min(rowPoint.length, BLOCK_VARS);
    for (let done = 0; done < rows; done += BLOCK_ROWS) {
      const block = Math.floor((row + done) / BLOCK_ROWS);
      const before = blocks[matrix]![block]!;
      blocks[matrix]![block] = book.step((step) => {
        const size = Math.min(BLOCK_ROWS, all - block * BLOCK_ROWS);
        const to = step.take(size);
        if (before !== null) for (let i = 0; i < size; i++) step.moveTo(to + i, step.get({ record: before, word: i }));
        const own = step.get({ record, word: 0 });
        const high = rowPoint.slice(inBlock);
        const weight = high.length === 0 ? own : step.mul(own, step.equalIndex(high, done / BLOCK_ROWS));
        step.equalTable(to + ((row + done) % BLOCK_ROWS), rowPoint.slice(0, inBlock), weight);
        return Array.from({ length: size }, (_, i) => to + i);
      });
    }
  }
  return blocks;
};

/** @returns where the columns lie, for whoever lays out the data */
export const openingSteps = (
  listener: Listener,
  matrices: readonly StepMatrix[],
  claims: readonly StepClaim[],
): ColumnLayout => {
  const { book } = listener;
  const shapes = matrices.map(({ shape }) => shape);
  const { rowVars } = shapes[0]!;
  const pieceVars = Math.min(rowVars, PIECE_VARS);
  const pieces = 2 ** (rowVars - pieceVars);
  const weightPoint = listener.challenges(bitsOf(claims.length));
  const total = chained(listener, claims.length, (step, l) =>
    step.mul(step.equalIndex(weightPoint, l), step.value(claims[l]!.value)),
  );
  const { point: rho, value } = listener.plainSum(total, rowVars);

  let rowAt = 0;
  const heard = listener.hear(16 * 2 ** rowVars, ({ offset }) => {
    rowAt = offset;
    return [];
  });
  const pieceAt = (i: number): number => rowAt + 16 * i * 2 ** pieceVars;
  const atRho = chained(listener, pieces, (step, i) =>
    step.mul(step.fold(rho.slice(0, pieceVars), pieceAt(i)), step.equalIndex(rho.slice(pieceVars), i)),
  );
  book.step((step) => {
    step.same(step.get(atRho), step.value(value));
    return [];
  });
  const rows = coefficients(listener, shapes, claims, weightPoint, rho);

  const layout = columnLayout(shapes, listener.end);
  const { queries, levels } = layout;
  const drawn = book.step((step) => {
    const first = step.positions(step.get({ record: heard, word: 0 }), queries, levels);
    return Array.from({ length: Math.ceil(queries / 8) }, (_, i) => first + i);
  });
  const positionOf = (step: StepWriter, k: number): Register => step.position(step.get({ record: drawn, word: 0 }), k);
  for (let k = 0; k < queries; k++) {
    const sums = matrices.map(({ shape, root }, m) => {
      const { at, pathAt } = layout.columns[m]!;
      const from = layout.offset + k * layout.stride;
      const prefix = { bytes: 64, put: (step: StepWriter) => step.putConstant(leafPrefix(shape)) };
      const leaf = hashSteps(book, prefix, from + at, 4 * shape.rows);
      book.step((step) => {
        step.same(step.path(step.get(leaf), positionOf(step, k), levels, from + pathAt), root(step));
        return [];
      });
      const read = rows[m]!.flatMap((record, block) => (record === null ? [] : [{ record, block }]));
      return chained(listener, read.length, (step, i) => {
        const { record, block } = read[i]!;
        const size = Math.min(BLOCK_ROWS, shape.rows - block * BLOCK_ROWS);
        const to = step.number(0);
        step.dot(to, step.get({ record, word: 0 }), size, from + at + 4 * block * BLOCK_ROWS);
        return to;
      });
    });
    const made = book.step((step) => {
      const first = step.factors(positionOf(step, k), rowVars);
      return Array.from({ length: rowVars }, (_, i) => first + i);
    });
    const factors = words(made, 0, rowVars);
    const encoded = chained(listener, pieces, (step, i) =>
      step.mul(step.foldPowers(factors.slice(0, pieceVars), pieceAt(i)), step.product(factors.slice(pieceVars), i)),
    );
    book.step((step) => {
      step.same(sums.map((sum) => step.get(sum)).reduce(step.add), step.get(encoded));
      return [];
    });
  }
  return layout;
};
