/** The verifier's side of an opening: see open.ts. */
import type { VerifierChannel } from '../channel/channel.ts';
import { type Form, known } from '../channel/form.ts';
import { extsOf } from '../channel/open.ts';
import { ProofError } from '../channel/problem.ts';
import { add, type Ext, equal, mul, ONE, P, ZERO } from '../field/ext.ts';
import { eqPoints } from '../field/multilinear.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import { checkSumcheck } from '../sumcheck/verify.ts';
import { combinationWidth, drawWeights, readInTheClear, stackCode, totalOf } from './batch.ts';
import { type Commitment, hashColumns, SALT_BYTES } from './commit.ts';
import { BASIS, blindingPoints, type HiddenPart } from './hidden.ts';
import type { Claim } from './place.ts';
import { eqInto, padCount, padRows, type RowWeights } from './products.ts';
import { codeLength, type MatrixShape, storedWidth, width } from './shape.ts';
import { queriesOf } from './soundness.ts';
import { termOf } from './terms.ts';
import { HASH_BYTES, rootOf, siblingBytes } from './tree.ts';

/**
 * @throws ProofError unless every claim holds of the one matrix that each root can be opened to (up to the error of
 *   soundness.ts)
 */
export const checkOpening = (
  channel: VerifierChannel,
  memory: ProofMemory,
  stack: readonly Commitment[],
  claims: readonly Claim<Form>[],
  hidden?: HiddenPart,
): void => {
  const mark = memory.mark();
  try {
    check(channel, memory, stack, claims, hidden);
  } finally {
    memory.release(mark);
  }
};

const check = (
  channel: VerifierChannel,
  memory: ProofMemory,
  stack: readonly Commitment[],
  claims: readonly Claim<Form>[],
  hidden: HiddenPart | undefined,
): void => {
  const shapes = stack.map(({ shape }) => shape);
  const code = stackCode(shapes);
  const { rowVars } = code;
  const blinded = hidden === undefined ? ZERO : extsOf(channel.published(16))[0]!;
  const statements = hidden?.statements ?? [];
  const weights = drawWeights(channel, claims.length + statements.length + (hidden === undefined ? 0 : 1));
  const values = [...claims.map(({ value }) => value), ...statements];
  const total = totalOf(values, weights, hidden === undefined ? 0 : padCount(hidden.pads, rowVars));
  const sum = hidden === undefined ? total.constant : add(total.constant, mul(weights.at(-1)!, blinded));
  const { point, value } = checkSumcheck(readInTheClear(channel), known(sum), rowVars, 2, null);
  const u = readCombination(channel, memory, code);
  if (!equal(valueAt(memory, u, point), value.constant)) throw new ProofError('the combined row has another value');

  const rows = new RowCoefficients(memory, shapes);
  for (const [l, claim] of claims.entries()) {
    const term = termOf(claim, shapes);
    rows.add(term.matrix, term.row, term.rows, term.rowPoint, mul(weights[l]!, eqPoints(term.columnPoint, point)));
  }
  if (hidden !== undefined) {
    for (const [k, at] of blindingPoints(rowVars).entries()) {
      const weight = mul(weights.at(-1)!, eqPoints(at, point));
      for (const [c, unit] of BASIS.entries()) {
        rows.add(hidden.blinding.matrix, hidden.blinding.row + 4 * k + c, 1, [], mul(weight, unit));
      }
    }
    for (const [i, weight] of padsAt(memory, padRows(memory, hidden.pads, total.pads), point).entries()) {
      rows.add(hidden.pads.matrix, hidden.pads.row + i, 1, [], weight);
    }
  }

  const positions = channel.indices(queriesOf(code), codeLength(code));
  // The kernels take four columns at a time.
  const columns = memory.ext(Math.ceil(positions.length / 4) * 4);
  memory.bytes(columns.address, 4 * columns.stride).fill(0);
  for (const [m, commitment] of stack.entries()) {
    addColumns(channel, memory, commitment, positions, rows.of(m), columns);
  }
  checkCodeWord(memory, u, code, positions, columns);
};

/** Coefficients of all rows in the combination, a vector for each matrix. */
class RowCoefficients {
  private readonly memory: ProofMemory;
  private readonly vectors: readonly ExtVector[];

  constructor(memory: ProofMemory, shapes: readonly MatrixShape[]) {
    this.memory = memory;
    this.vectors = shapes.map(({ rows }) => {
      const vector = memory.ext(rows);
      memory.bytes(vector.address, 4 * vector.stride).fill(0);
      return vector;
    });
  }

  of(matrix: number): ExtVector {
    return this.vectors[matrix]!;
  }

  /** Adds `weight · eq(point, i)` to those of `rows` rows from `row`. */
  add(matrix: number, row: number, rows: number, point: readonly Ext[], weight: Ext): void {
    const { memory } = this;
    const mark = memory.mark();
    const table = memory.ext(2 ** point.length);
    eqInto(memory, table, point, weight);
    const one = memory.take(16);
    memory.put(one, [ONE]);
    const { address, stride } = this.vectors[matrix]!;
    memory.kernels.addScaled(address + 4 * row, stride, table.address, table.stride, one, rows);
    memory.release(mark);
  }
}

/** What the weights of the pads of each row come to at a column point. */
const padsAt = (memory: ProofMemory, rows: readonly RowWeights[], point: readonly Ext[]): Ext[] => {
  const mark = memory.mark();
  const upper = memory.ext(2 ** (point.length - 2));
  eqInto(memory, upper, point.slice(2), ONE);
  const out = memory.take(16);
  // The four coordinates of a pad are neighbours: the lowest two variables choose among them.
  const lower = BASIS.map((unit, c) => mul(unit, corner(point, c))).reduce(add, ZERO);
  const sums = rows.map(({ weights: { address, stride, length } }) => {
    memory.kernels.dotExt(out, address, stride, upper.address, upper.stride, length);
    return mul(memory.element(out), lower);
  });
  memory.release(mark);
  return sums;
};

/** `eq(point, c)` over the lowest two variables. */
const corner = (point: readonly Ext[], c: number): Ext =>
  eqPoints(point.slice(0, 2), [c % 2 === 1 ? ONE : ZERO, c >= 2 ? ONE : ZERO]);

/** `Σ_c u(c) · eq(point, c)` over the values of a row. */
const valueAt = (memory: ProofMemory, u: ExtVector, point: readonly Ext[]): Ext => {
  const mark = memory.mark();
  const table = memory.ext(2 ** point.length);
  eqInto(memory, table, point, ONE);
  const out = memory.take(16);
  memory.kernels.dotExt(out, u.address, u.stride, table.address, table.stride, table.length);
  memory.release(mark);
  return memory.element(out);
};

/** @throws ProofError unless all words are elements of the base field */
const readWords = (channel: VerifierChannel, count: number): Uint32Array => {
  const bytes = channel.published(4 * count);
  // Words of a proof are little-endian, as those of every machine that runs WebAssembly are laid out here.
  const words = new Uint32Array(bytes.slice().buffer);
  let largest = 0;
  for (let i = 0; i < count; i++) if (words[i]! > largest) largest = words[i]!;
  if (largest >= P) throw new ProofError('a value of the proof is not a field element');
  return words;
};

const readCombination = (channel: VerifierChannel, memory: ProofMemory, code: MatrixShape): ExtVector => {
  const length = combinationWidth(code);
  const words = readWords(channel, 4 * length);
  const u = memory.ext(storedWidth(code));
  memory.bytes(u.address, 4 * u.stride).fill(0);
  for (let c = 0; c < 4; c++) {
    const plane = memory.words({ address: u.address + c * u.stride, length });
    for (let i = 0; i < length; i++) plane[i] = words[4 * i + c]!;
  }
  return u;
};

/** Reads the columns of a matrix, holds them against its root and adds their combination. */
const addColumns = (
  channel: VerifierChannel,
  memory: ProofMemory,
  { root, shape }: Commitment,
  positions: readonly number[],
  coefficients: ExtVector,
  columns: ExtVector,
): void => {
  const mark = memory.mark();
  const count = positions.length;
  const words = readWords(channel, shape.rows * count);
  const strideBytes = 4 * columns.length;
  const matrix = memory.take(shape.rows * strideBytes);
  for (let row = 0; row < shape.rows; row++) {
    const at = memory.words({ address: matrix + row * strideBytes, length: columns.length });
    at.fill(0, count);
    at.set(words.subarray(row * count, (row + 1) * count));
  }
  let salts = 0;
  if (shape.randomness > 0) {
    salts = memory.take(SALT_BYTES * columns.length);
    memory.bytes(salts, SALT_BYTES * count).set(channel.published(SALT_BYTES * count));
  }
  const out = memory.take(HASH_BYTES * columns.length);
  hashColumns(memory, shape, { matrix, strideBytes, columns: columns.length, salts, out });
  const siblings = channel.published(siblingBytes(positions, codeLength(shape)));
  const found = rootOf(memory, out, positions, codeLength(shape), siblings);
  if (!found.every((byte, i) => byte === root[i])) throw new ProofError('opened columns are not those committed to');
  memory.kernels.addRows(
    columns.address,
    columns.stride,
    matrix,
    strideBytes,
    coefficients.address,
    coefficients.stride,
    shape.rows,
    columns.length,
  );
  memory.release(mark);
};

/** @throws ProofError unless the code word of u has the combined columns at the positions */
const checkCodeWord = (
  memory: ProofMemory,
  u: ExtVector,
  code: MatrixShape,
  positions: readonly number[],
  columns: ExtVector,
): void => {
  const mark = memory.mark();
  const length = codeLength(code);
  const table = memory.base((3 * length) / 4);
  memory.kernels.makeTwiddles(table.address, Math.log2(length));
  const encoded = memory.base(length);
  const scratch = memory.take(4 * width(code));
  let right = true;
  for (let c = 0; c < 4; c++) {
    const plane = u.address + c * u.stride;
    memory.kernels.encode(encoded.address, plane, code.rowVars, code.randomness, table.address, scratch);
    const values = memory.words(encoded);
    const expected = memory.words({ address: columns.address + c * columns.stride, length: positions.length });
    for (const [k, position] of positions.entries()) right &&= values[position] === expected[k];
  }
  memory.release(mark);
  if (!right) throw new ProofError('opened columns do not agree with the combined row');
};
