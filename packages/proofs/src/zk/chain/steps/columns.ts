/** Columns of a stack of matrices, held against their roots and combined: the twin of `commit/check-columns.ts`. */
import { SALT_BYTES } from '../../commit/commit.ts';
import { blowupOf, leafPrefix, type MatrixShape } from '../../commit/shape.ts';
import { queriesOf } from '../../commit/soundness.ts';
import { hashSteps } from './hashes.ts';
import type { Listener } from './listener.ts';
import { WORD_BYTES } from './machine.ts';
import { BLOCK_ROWS, type RowBlocks } from './rows.ts';
import { chained } from './sums.ts';
import { type Ref, type Register, type StepWriter, words } from './writer.ts';

/** Bytes that a column and its path begin at a multiple of, so that few chunks are read. */
const ALIGNMENT = 256;

/** A matrix whose columns are opened, and what its rows count. */
export type StepMatrix = {
  readonly shape: MatrixShape;
  readonly root: (step: StepWriter) => Register;
};

export type CombinedMatrix = StepMatrix & { readonly rows: RowBlocks };

/** Where the columns of one matrix lie in the data, from the offset of a position. */
export type ColumnPlace = { readonly shape: MatrixShape; readonly at: number; readonly pathAt: number };

/**
 * Where opened columns lie: of each position one of each matrix, its words big-endian, its salt where it hides, then the nodes
 * of its path.
 */
export type ColumnLayout = {
  readonly offset: number;
  readonly queries: number;
  /** Of the trees. */
  readonly levels: number;
  readonly columns: readonly ColumnPlace[];
  /** Bytes of all columns and paths of one position. */
  readonly stride: number;
};

const aligned = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT;

/** Bytes of a column that are hashed behind its prefix. */
export const columnBytes = ({ rows, randomness }: MatrixShape): number => 4 * rows + (randomness > 0 ? SALT_BYTES : 0);

/** @param code that all of the stack is opened in */
const layOut = (listener: Listener, shapes: readonly MatrixShape[], code: MatrixShape): ColumnLayout => {
  const [queries, levels] = [queriesOf(code), code.rowVars + blowupOf(code)];
  let at = 0;
  const columns = shapes.map((shape) => {
    const column = { shape, at, pathAt: at + columnBytes(shape) };
    at = aligned(column.pathAt + WORD_BYTES * levels);
    return column;
  });
  return { offset: listener.room(ALIGNMENT, at * queries), queries, levels, columns, stride: at };
};

/** A position: the combination of its columns, and the factors of its basis. */
export type Opened = { readonly value: Ref; readonly factors: readonly Ref[] };

/** The code of a row, and bits of the index of a coefficient of it. */
export type RowEncoding = { readonly code: MatrixShape; readonly vars: number };

/** Draws positions and opens all matrices there. */
export const columnSteps = async (
  listener: Listener,
  stack: readonly CombinedMatrix[],
  { code, vars }: RowEncoding,
  pause: () => Promise<void>,
): Promise<{ readonly layout: ColumnLayout; readonly opened: readonly Opened[] }> => {
  const { book } = listener;
  const layout = layOut(
    listener,
    stack.map(({ shape }) => shape),
    code,
  );
  const { queries, levels } = layout;
  const drawn = listener.positions(queries, levels);
  const opened: Opened[] = [];
  for (let k = 0; k < queries; k++) {
    await pause();
    const positionOf = (step: StepWriter): Register => step.position(step.get(drawn), k);
    const from = layout.offset + k * layout.stride;
    let value: Ref | null = null;
    for (const [m, { shape, root, rows }] of stack.entries()) {
      const { at, pathAt } = layout.columns[m]!;
      const prefix = { bytes: 64, put: (step: StepWriter) => step.putConstant(leafPrefix(shape)) };
      const leaf = hashSteps(book, prefix, from + at, columnBytes(shape));
      book.step((step) => {
        step.same(step.path(step.get(leaf), positionOf(step), levels, from + pathAt), root(step));
        return [];
      });
      const read = rows.flatMap((record, block) => (record === null ? [] : [{ record, block }]));
      const dot = (step: StepWriter, i: number): Register => {
        const { record, block } = read[i]!;
        const size = Math.min(BLOCK_ROWS, shape.rows - block * BLOCK_ROWS);
        const to = step.number(0);
        step.dot(to, step.get({ record, word: 0 }), size, from + at + 4 * block * BLOCK_ROWS);
        return to;
      };
      value = chained(book, read.length, dot, value);
    }
    const made = book.step((step) => factorsOf(step, positionOf(step), levels - 2, vars));
    opened.push({ value: value!, factors: words(made, 0, vars) });
  }
  return { layout, opened };
};

/** Factors of the first `vars` bits at a position of the code of 2^(known + 2) values: π(x) = 2x² − 1 leads from one to the next. */
const factorsOf = (step: StepWriter, position: Register, known: number, vars: number): Register[] => {
  const first = step.factors(position, known);
  const factors = Array.from({ length: Math.min(known, vars) }, (_, i) => first + i);
  while (factors.length < vars) {
    const x = factors.at(-1)!;
    factors.push(step.sub(step.scale(step.mul(x, x), 2), step.number(1)));
  }
  return factors;
};
