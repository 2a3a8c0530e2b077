/** What the tree of fractions takes of a prover's memory beside the columns. */
import { bitsOf } from '../field/multilinear.ts';
import { BLOCK_VARS, upperOf } from './fractions.ts';
import { LEAST_VARS } from './leaves.ts';
import { KEPT_VARS, PLACES } from './strips.ts';

const EXT_BYTES = 16;

/** Numerators and denominators of 2^vars fractions and of all layers above. */
const layersBytes = (vars: number): number => EXT_BYTES * 2 * 2 * 2 ** vars;

/** Words of rows and tags that are put in order for a kernel. */
const rowBytes = (rows: number): number => 3 * 4 * rows;

/** The equality polynomial beside the largest layer. */
const weightBytes = (vars: number): number => EXT_BYTES * 2 ** Math.max(vars - BLOCK_VARS, 0);

/** @param rows of columns and tables together */
export const treeBytes = (rows: number, keptVars = KEPT_VARS): number => {
  if (rows === 0) return 0;
  const vars = Math.max(bitsOf(rows), LEAST_VARS);
  if (vars > keptVars) {
    const places = Math.min(PLACES, 2 ** keptVars);
    return layersBytes(keptVars) + layersBytes(bitsOf(places) + vars - keptVars) + rowBytes(places) + weightBytes(vars);
  }
  const half = 2 ** (vars - 1);
  const leaves = half + Math.min(2 * upperOf(rows, vars), half);
  return EXT_BYTES * 2 * leaves + layersBytes(vars - 1) + weightBytes(vars);
};
