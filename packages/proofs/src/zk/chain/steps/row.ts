/** A row that is sent, read a piece at a time. */
import type { Listener } from './listener.ts';
import { ELEMENT_BYTES } from './listener.ts';
import type { Register, StepWriter, Value } from './writer.ts';

/** Elements that one step folds: 2^6. */
const PIECE_VARS = 6;

/** Elements of a row from `start`, a multiple of 2^vars. */
type Piece = { readonly start: number; readonly vars: number; readonly data: number };

export type SentRow = readonly Piece[];

/** Hears a row of so many elements. */
export const hearRow = (listener: Listener, length: number): SentRow => {
  let data = 0;
  listener.hear(ELEMENT_BYTES * length, ({ offset }) => {
    data = offset;
    return [];
  });
  const pieces: Piece[] = [];
  for (let start = 0; start < length; ) {
    const vars = Math.min(PIECE_VARS, Math.floor(Math.log2(length - start)));
    pieces.push({ start, vars, data: data + ELEMENT_BYTES * start });
    start += 2 ** vars;
  }
  return pieces;
};

/** What a piece adds to the row's extension at a point. */
export const pieceAt = (step: StepWriter, { start, vars, data }: Piece, point: readonly Value[]): Register => {
  const folded = step.fold(point.slice(0, vars), data);
  const high = point.slice(vars);
  return high.length === 0 ? folded : step.mul(folded, step.equalIndex(high, start / 2 ** vars));
};

/** What a piece adds to the row's code word, at the place with these factors. */
export const pieceEncoded = (step: StepWriter, { start, vars, data }: Piece, factors: readonly Value[]): Register => {
  const folded = step.foldPowers(factors.slice(0, vars), data);
  return start === 0 ? folded : step.mul(folded, step.product(factors.slice(vars), start / 2 ** vars));
};
