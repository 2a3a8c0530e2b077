/** What each row of a stack counts in the combination of all, 32 to a record. */
import type { MatrixShape } from '../../commit/shape.ts';
import type { ProgramWriter, Ref, Register, StepWriter, Value } from './writer.ts';

const BLOCK_VARS = 5;
export const BLOCK_ROWS = 2 ** BLOCK_VARS;

/** Of a matrix: records of its rows in blocks; null of a block that counts nothing. */
export type RowBlocks = readonly (number | null)[];

/** Rows of one matrix of the stack, from one on. */
export type RowRange = { readonly matrix: number; readonly row: number; readonly count: number };

export class RowCoefficients {
  private readonly book: ProgramWriter;
  private readonly shapes: readonly Pick<MatrixShape, 'rows'>[];
  private readonly blocks: (number | null)[][];

  constructor(book: ProgramWriter, shapes: readonly Pick<MatrixShape, 'rows'>[]) {
    this.book = book;
    this.shapes = shapes;
    this.blocks = shapes.map(({ rows }) => new Array<number | null>(Math.ceil(rows / BLOCK_ROWS)).fill(null));
  }

  of(matrix: number): RowBlocks {
    return this.blocks[matrix]!;
  }

  /** Adds what a step makes for each row of a range, counted from its first. */
  add(range: RowRange, maker: (step: StepWriter) => (i: number) => Register): void {
    this.each(range, (step, to, from, size) => {
      const make = maker(step);
      for (let i = 0; i < size; i++) step.moveTo(to + i, step.add(to + i, make(from + i)));
    });
  }

  /** Adds `weight · eq(point, i)` to the rows of a range of 2^vars that begins at a multiple of it. */
  addEqual(matrix: number, row: number, point: readonly Value[], weight: Ref): void {
    const inBlock = Math.min(point.length, BLOCK_VARS);
    this.each({ matrix, row, count: 2 ** point.length }, (step, to, from) => {
      const high = point.slice(inBlock);
      const own = step.get(weight);
      const all = high.length === 0 ? own : step.mul(own, step.equalIndex(high, from / BLOCK_ROWS));
      step.equalTable(to, point.slice(0, inBlock), all);
    });
  }

  /** A step for each block that a range has rows of: theirs are in registers from `to` on, `size` rows from `from` of the range. */
  private each(
    { matrix, row, count }: RowRange,
    body: (step: StepWriter, to: Register, from: number, size: number) => void,
  ): void {
    for (let at = row; at < row + count; ) {
      const block = Math.floor(at / BLOCK_ROWS);
      const end = Math.min((block + 1) * BLOCK_ROWS, row + count);
      const [first, before] = [at, this.blocks[matrix]![block]!];
      this.blocks[matrix]![block] = this.book.step((step) => {
        const rows = Math.min(BLOCK_ROWS, this.shapes[matrix]!.rows - block * BLOCK_ROWS);
        const to = step.take(rows);
        if (before !== null) for (let i = 0; i < rows; i++) step.moveTo(to + i, step.get({ record: before, word: i }));
        body(step, to + (first % BLOCK_ROWS), first - row, end - first);
        return Array.from({ length: rows }, (_, i) => to + i);
      });
      at = end;
    }
  }
}
