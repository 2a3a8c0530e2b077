/**
 * Opening claims on a stack of matrices of one row length. With `W_l` the rows of claim l combined by eq of its row point, the
 * claims are `Σ_c eq(columnPoint_l, c) · W_l(c) = v_l`. Random weights make one sum of them, a sumcheck over c takes it to one
 * column point ρ, and there one combination u of all rows decides: it is sent, has to take the value at ρ that the sumcheck
 * left, and its code word has to be that combination of the columns opened at random places.
 */
import { SuretyError } from '@surety/core';
import type { ProverChannel } from '../channel/channel.ts';
import { extBytes } from '../channel/open.ts';
import { add, type Ext, mul, ONE, sub, ZERO } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import { proveSumcheck } from '../sumcheck/prove.ts';
import { combinationWidth, drawWeights, inTheClear, stackCode, totalOf } from './batch.ts';
import { type Committed, codeWords, SALT_BYTES } from './commit.ts';
import type { HiddenProof } from './hidden.ts';
import type { Claim } from './place.ts';
import { type Product, Products, padCount, padRows, type RowWeights } from './products.ts';
import { codeLength, type MatrixShape, storedWidth, width } from './shape.ts';
import { queriesOf } from './soundness.ts';
import { termOf } from './terms.ts';
import { openLeaves } from './tree.ts';

export type OpenOptions = {
  /** Rows of claims, combined, that were already made (`foldClaim`), by number of the claim. */
  readonly folds?: ReadonlyMap<number, ExtVector>;
  readonly hidden?: HiddenProof;
};

/**
 * @param stack matrices with rows of one length, in the order of the statement
 * @param claims at least one; their values have been sent before
 */
export const open = (
  channel: ProverChannel,
  memory: ProofMemory,
  stack: readonly Committed[],
  claims: readonly Claim<Ext>[],
  { folds, hidden }: OpenOptions = {},
): void => {
  const mark = memory.mark();
  const shapes = stack.map(({ shape }) => shape);
  const code = stackCode(shapes);
  const { rowVars } = code;
  if (hidden !== undefined) requireBlinding(shapes, hidden, code.randomness);
  const products = new Products(memory, stack, storedWidth(code));
  const blinded = hidden === undefined ? ZERO : products.blindingValue(hidden.blinding);
  if (hidden !== undefined) channel.publish(extBytes([blinded]));

  const statements = hidden?.statements ?? [];
  const weights = drawWeights(channel, claims.length + statements.length + (hidden === undefined ? 0 : 1));
  let sum = ZERO;
  let pads: readonly RowWeights[] = [];
  if (hidden === undefined) {
    for (const [l, { value }] of claims.entries()) sum = add(sum, mul(weights[l]!, value));
  } else {
    const total = totalOf([...hidden.values, ...statements], weights, padCount(hidden.pads, rowVars));
    pads = padRows(memory, hidden.pads, total.pads);
    sum = add(total.constant, mul(weights.at(-1)!, blinded));
    products.addBlinding(hidden.blinding, weights.at(-1)!);
  }
  const weighted = claims.map((claim, l) => ({
    term: termOf(claim, shapes),
    weight: weights[l]!,
    fold: folds?.get(l),
  }));
  products.addClaims(weighted, pads);

  const at = sumColumns(inTheClear(channel), memory, products.all, sum, rowVars);
  publishCombination(channel, memory, products.all, at, combinationWidth(code));
  const positions = channel.indices(queriesOf(code), codeLength(code));
  for (const committed of stack) publishColumns(channel, memory, committed, positions);
  memory.release(mark);
};

/** @throws SuretyError `internal` where the blinding vectors would leave part of the combination uncovered: no plan does */
const requireBlinding = (shapes: readonly MatrixShape[], { blinding }: HiddenProof, randomness: number): void => {
  if (shapes[blinding.matrix]?.randomness === randomness) return;
  throw new SuretyError({
    code: 'internal',
    message: 'The matrix that blinds an opening has less randomness than another.',
    next: 'Report this as a defect.',
    field: 'stack',
  });
};

/** The sumcheck over the columns; gives the weights of all products at its point. */
const sumColumns = (
  channel: ProverChannel,
  memory: ProofMemory,
  products: readonly Product[],
  sum: Ext,
  rowVars: number,
): Ext[] => {
  const { kernels } = memory;
  const out = memory.take(48);
  const r = out + 32;
  const size = width({ rowVars });
  // The combinations are needed whole in the end: binding the first variable makes others of half their length.
  const pairs = products.map(({ combination, weights }) => ({ rows: combination, weights }));
  let half = size;
  const bind = (challenge: Ext): void => {
    memory.put(r, [challenge]);
    for (const pair of pairs) {
      const { rows, weights } = pair;
      if (half === size / 2) pair.rows = boundApart(memory, rows, half, challenge);
      else kernels.foldExt(rows.address, rows.stride, half, r);
      kernels.foldExt(weights.address, weights.stride, half, r);
    }
  };
  const { point } = proveSumcheck(channel, sum, rowVars, null, (previous) => {
    if (previous !== null) bind(previous);
    half /= 2;
    let atZero = ZERO;
    let leading = ZERO;
    for (const { rows, weights } of pairs) {
      kernels.roundOfTwo(out, rows.address, rows.stride, weights.address, weights.stride, half);
      atZero = add(atZero, memory.element(out));
      leading = add(leading, memory.element(out + 16));
    }
    return { atZero, leading };
  });
  bind(point[0]!);
  return pairs.map(({ weights }) => memory.entry(weights, 0));
};

/** The highest variable of the first `2·half` elements bound, as a vector of its own. */
const boundApart = (memory: ProofMemory, vector: ExtVector, half: number, challenge: Ext): ExtVector => {
  const bound = memory.ext(half);
  memory.bytes(bound.address, 4 * bound.stride).fill(0);
  const mark = memory.mark();
  const scales = memory.take(32);
  memory.put(scales, [sub(ONE, challenge), challenge]);
  for (const [k, scale] of [scales, scales + 16].entries()) {
    const part = vector.address + 4 * k * half;
    memory.kernels.addScaled(bound.address, bound.stride, part, vector.stride, scale, half);
  }
  memory.release(mark);
  return bound;
};

const publishCombination = (
  channel: ProverChannel,
  memory: ProofMemory,
  products: readonly Product[],
  at: readonly Ext[],
  length: number,
): void => {
  const u = memory.ext(length);
  memory.bytes(u.address, 4 * u.stride).fill(0);
  const scale = memory.take(16);
  for (const [i, { combination }] of products.entries()) {
    memory.put(scale, [at[i]!]);
    memory.kernels.addScaled(u.address, u.stride, combination.address, combination.stride, scale, length);
  }
  channel.publish(elementBytes(memory, u));
};

/** Elements one after the other, four words each. */
const elementBytes = (memory: ProofMemory, { address, length, stride }: ExtVector): Uint8Array => {
  const bytes = new Uint8Array(16 * length);
  const words = new Uint32Array(bytes.buffer);
  for (let c = 0; c < 4; c++) {
    const plane = memory.words({ address: address + c * stride, length });
    for (let i = 0; i < length; i++) words[4 * i + c] = plane[i]!;
  }
  return bytes;
};

/** Row by row the words at the positions, then the salts of the columns, then what else their tree needs. */
const publishColumns = (
  channel: ProverChannel,
  memory: ProofMemory,
  committed: Committed,
  positions: readonly number[],
): void => {
  const { shape, salts, tree } = committed;
  const mark = memory.mark();
  const wordAt = codeWords(memory, committed);
  const words = new Uint32Array(shape.rows * positions.length);
  let at = 0;
  for (let row = 0; row < shape.rows; row++) {
    const values = memory.words({ address: wordAt(row), length: tree.leaves });
    for (const position of positions) words[at++] = values[position]!;
  }
  memory.release(mark);
  channel.publish(new Uint8Array(words.buffer));
  if (salts !== 0) {
    const opened = new Uint8Array(SALT_BYTES * positions.length);
    for (const [k, i] of positions.entries())
      opened.set(memory.bytes(salts + SALT_BYTES * i, SALT_BYTES), SALT_BYTES * k);
    channel.publish(opened);
  }
  channel.publish(openLeaves(memory, tree, positions));
};
