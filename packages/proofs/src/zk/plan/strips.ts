/** Hidden constants as parts whose sizes are powers of two, so that little padding is committed to. */
import type { Shape } from '@surety/programs';
import { bitsOf } from '../field/multilinear.ts';
import type { Strip } from './blocks.ts';

/** A rest of at most this part of a dimension is padded rather than cut further. */
const WASTE = 1 / 8;

type Piece = { readonly start: number; readonly vars: number };

/** 1536 = 1024 + 512; 1535 likewise, with one value of padding. */
const piecesOf = (size: number): Piece[] => {
  const pieces: Piece[] = [];
  for (let start = 0; start < size; ) {
    const rest = size - start;
    const whole = bitsOf(rest);
    const vars = 2 ** whole - rest <= size * WASTE ? whole : whole - 1;
    pieces.push({ start, vars });
    start += 2 ** vars;
  }
  return pieces;
};

/** The strips of a tensor, in row-major order. */
export const stripsOf = (shape: Shape): Strip[] =>
  shape.reduce<Strip[]>(
    (strips, size) =>
      strips.flatMap(({ starts, vars }) =>
        piecesOf(size).map((piece) => ({ starts: [...starts, piece.start], vars: [...vars, piece.vars] })),
      ),
    [{ starts: [], vars: [] }],
  );
