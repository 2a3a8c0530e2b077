/**
 * Opening the combination u of all rows of a stack, of which a value is claimed: that it is that combination in the columns
 * that are opened, and has that value. Sent, a verifier sees both. Otherwise it is committed to as the matrix of the first level
 * (levels.ts), and a value of it at a random point is sent, before the places of the columns are drawn; that value, the claim, and
 * that its code word has the combined columns there are claims on sums of its coefficients. Random weights make one of them, a
 * sumcheck over the rows of the matrix takes it to one combination of these, and that is opened likewise, with the matrix as its
 * stack.
 */
import type { ProverChannel } from '../channel/channel.ts';
import { extBytes } from '../channel/open.ts';
import { type Ext, ONE } from '../field/ext.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import { proveSumcheck } from '../sumcheck/prove.ts';
import { drawWeights, inTheClear } from './batch.ts';
import { openColumns } from './columns.ts';
import { type Committed, commitMatrix } from './commit.ts';
import { COORDINATES, type Level, levelsOf, messageLength, messageVars } from './levels.ts';
import { addPlaces, factorsAt } from './places.ts';
import { eqInto } from './products.ts';
import { codeLength, type MatrixShape, width } from './shape.ts';
import { valueAt } from './value.ts';

/**
 * @param u the combination, zeros up to a power of two: used up
 * @param point of its values, at which their sum by eq is known
 */
export const openCombination = (
  channel: ProverChannel,
  memory: ProofMemory,
  stack: readonly Committed[],
  code: MatrixShape,
  u: ExtVector,
  point: readonly Ext[],
): void => {
  let [row, matrices, own, length] = [u, stack, code, messageLength(code)];
  const levels = levelsOf(code);
  const weights = levels.length === 0 ? null : claimWeights(memory, messageVars(code), point);
  for (const level of levels) {
    const next = commitRow(memory, level, row);
    channel.publish(next.root);
    const sample = Array.from({ length: Math.log2(row.length) }, () => channel.challenge());
    channel.publish(extBytes([valueAt(memory, row, sample)]));
    const places = openColumns(channel, memory, matrices, own);
    const joint = { address: weights!.address, stride: weights!.stride, length: row.length };
    joinClaims(channel, memory, joint, sample, places, own);
    row = bindRows(channel, memory, level, row, joint);
    [matrices, own, length] = [[next], level.shape, row.length];
  }
  channel.publish(elementBytes(memory, { ...row, length }));
  openColumns(channel, memory, matrices, own);
};

/** What each coefficient counts in the claim: random ones lie behind the values, and count nothing. */
const claimWeights = (memory: ProofMemory, vars: number, point: readonly Ext[]): ExtVector => {
  const weights = memory.ext(2 ** vars);
  memory.bytes(weights.address, 4 * weights.stride).fill(0);
  eqInto(memory, weights, point, ONE);
  return weights;
};

/** A row as the matrix of a level: row i of it lies in rows 4i .. 4i + 3, one a coordinate. */
const commitRow = (memory: ProofMemory, { shape }: Level, { address, stride }: ExtVector): Committed => {
  const length = width(shape);
  return commitMatrix(memory, shape, (row, words) => {
    const part = address + (row % COORDINATES) * stride + 4 * Math.floor(row / COORDINATES) * length;
    words.set(memory.words({ address: part, length }));
  });
};

/** Joins to a claim, by random weights, the value at a point and those of a code word at places. */
const joinClaims = (
  channel: ProverChannel,
  memory: ProofMemory,
  weights: ExtVector,
  sample: readonly Ext[],
  places: readonly number[],
  code: MatrixShape,
): void => {
  const [first, second, ...others] = drawWeights(channel, 2 + places.length);
  const mark = memory.mark();
  const joint = memory.ext(weights.length);
  eqInto(memory, joint, sample, second!);
  const by = memory.take(16);
  memory.put(by, [first!]);
  memory.kernels.addScaled(joint.address, joint.stride, weights.address, weights.stride, by, weights.length);
  const [codeVars, vars] = [Math.log2(codeLength(code)), sample.length];
  addPlaces(memory, joint, { factors: places.map((place) => factorsAt(codeVars, place, vars)), weights: others });
  for (let c = 0; c < COORDINATES; c++) {
    const plane = memory.words({ address: joint.address + c * joint.stride, length: weights.length });
    memory.words({ address: weights.address + c * weights.stride, length: weights.length }).set(plane);
  }
  memory.release(mark);
};

/** The sumcheck over the rows of a level; the combination of them that it leaves. */
const bindRows = (
  channel: ProverChannel,
  memory: ProofMemory,
  { foldVars }: Level,
  row: ExtVector,
  weights: ExtVector,
): ExtVector => {
  const { kernels } = memory;
  const mark = memory.mark();
  const out = memory.take(48);
  kernels.dotExt(out, row.address, row.stride, weights.address, weights.stride, row.length);
  const sum = memory.element(out);
  const r = out + 32;
  let half = row.length;
  const bind = (challenge: Ext): void => {
    memory.put(r, [challenge]);
    kernels.foldExt(row.address, row.stride, half, r);
    kernels.foldExt(weights.address, weights.stride, half, r);
  };
  const { point } = proveSumcheck(inTheClear(channel), sum, foldVars, [], (previous) => {
    if (previous !== null) bind(previous);
    half /= 2;
    kernels.roundOfTwo(out, row.address, row.stride, weights.address, weights.stride, half);
    return { atZero: memory.element(out), leading: memory.element(out + 16) };
  });
  bind(point[0]!);
  memory.release(mark);
  return { ...row, length: half };
};

/** Elements one after the other, four words each. */
const elementBytes = (memory: ProofMemory, { address, length, stride }: ExtVector): Uint8Array => {
  const bytes = new Uint8Array(16 * length);
  const words = new Uint32Array(bytes.buffer);
  for (let c = 0; c < COORDINATES; c++) {
    const plane = memory.words({ address: address + c * stride, length });
    for (let i = 0; i < length; i++) words[4 * i + c] = plane[i]!;
  }
  return bytes;
};
