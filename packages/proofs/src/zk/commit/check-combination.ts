/** The verifier's side of combination.ts. */
import type { VerifierChannel } from '../channel/channel.ts';
import { known } from '../channel/form.ts';
import { extsOf } from '../channel/open.ts';
import { ProofError } from '../channel/problem.ts';
import { add, type Ext, equal, mul, ONE, ZERO } from '../field/ext.ts';
import { eqPoints } from '../field/multilinear.ts';
import type { ExtVector, ProofMemory } from '../memory.ts';
import { checkSumcheck } from '../sumcheck/verify.ts';
import { drawWeights, readInTheClear } from './batch.ts';
import { type Columns, type Combined, readColumns, wordsOf } from './check-columns.ts';
import { BASIS } from './hidden.ts';
import { COORDINATES, levelsOf, messageLength, messageVars } from './levels.ts';
import { addPlaces, bindPlaces, factorsAt, type WeighedPlaces } from './places.ts';
import { eqInto } from './products.ts';
import { blowupOf, codeLength, type MatrixShape, width } from './shape.ts';
import { HASH_BYTES } from './tree.ts';

type WeighedPoint = { readonly point: readonly Ext[]; readonly weight: Ext };

/** That a row has a value: by eq at points, and at places of code words of the rows it came from. */
type RowClaim = {
  readonly points: readonly WeighedPoint[];
  readonly places: readonly WeighedPlaces[];
  readonly value: Ext;
};

/**
 * @param stack with what each row counts in the combination
 * @param value what the values of the combination have for a sum by eq at the point
 * @throws ProofError unless the combination has the columns opened, and the value
 */
export const checkCombination = (
  channel: VerifierChannel,
  memory: ProofMemory,
  stack: readonly Combined[],
  code: MatrixShape,
  point: readonly Ext[],
  value: Ext,
): void => {
  let [matrices, own, length] = [stack, code, messageLength(code)];
  // Random coefficients lie behind the values.
  const behind = Array.from({ length: messageVars(code) - point.length }, () => ZERO);
  let vars = messageVars(code);
  let claim: RowClaim = { points: [{ point: [...point, ...behind], weight: ONE }], places: [], value };
  for (const { foldVars, shape } of levelsOf(code)) {
    const root = channel.published(HASH_BYTES);
    const sample = Array.from({ length: vars }, () => channel.challenge());
    const [sampled] = extsOf(channel.published(16));
    const columns = readColumns(channel, memory, matrices, own);
    claim = joined(channel, memory, claim, { point: sample, value: sampled! }, columns, own);
    const summed = checkSumcheck(readInTheClear(channel), known(claim.value), foldVars, 2, []);
    claim = summed.point.reduceRight(bound, { ...claim, value: summed.value.constant });
    matrices = [{ commitment: { root, shape }, coefficients: rowCoefficients(memory, shape, summed.point) }];
    [own, length, vars] = [shape, width(shape), shape.rowVars];
  }
  const row = readRow(channel, memory, length, vars);
  if (!equal(weighedValue(memory, row, claim), claim.value)) throw new ProofError('the combined row has another value');
  checkCodeWord(memory, row, own, readColumns(channel, memory, matrices, own));
};

/** The claim, the value at a point and those of columns as one, by random weights. */
const joined = (
  channel: VerifierChannel,
  memory: ProofMemory,
  { points, places, value }: RowClaim,
  sample: { readonly point: readonly Ext[]; readonly value: Ext },
  { places: opened, values }: Columns,
  code: MatrixShape,
): RowClaim => {
  const [first, second, ...others] = drawWeights(channel, 2 + opened.length);
  const codeVars = Math.log2(codeLength(code));
  const factors = opened.map((place) => factorsAt(codeVars, place, sample.point.length));
  const claimed = add(mul(first!, value), mul(second!, sample.value));
  return {
    points: [
      ...points.map(({ point, weight }) => ({ point, weight: mul(first!, weight) })),
      { point: sample.point, weight: second! },
    ],
    places: [
      ...places.map((each) => ({ ...each, weights: each.weights.map((own) => mul(first!, own)) })),
      { factors, weights: others },
    ],
    value: others.reduce((sum, own, k) => add(sum, mul(own, memory.entry(values, k))), claimed),
  };
};

/** The highest variable bound. */
const bound = ({ points, places, value }: RowClaim, challenge: Ext): RowClaim => ({
  points: points.map(({ point, weight }) => ({
    point: point.slice(0, -1),
    weight: mul(weight, eqPoints([point.at(-1)!], [challenge])),
  })),
  places: places.map((each) => bindPlaces(each, challenge)),
  value,
});

/** What each row of the base field counts in the combination of a level's rows. */
const rowCoefficients = (memory: ProofMemory, { rows }: MatrixShape, point: readonly Ext[]): ExtVector => {
  const coefficients = memory.ext(rows);
  const mark = memory.mark();
  const table = memory.ext(2 ** point.length);
  eqInto(memory, table, point, ONE);
  for (let row = 0; row < rows; row++) {
    const weight = memory.entry(table, Math.floor(row / COORDINATES));
    memory.setEntry(coefficients, row, mul(weight, BASIS[row % COORDINATES]!));
  }
  memory.release(mark);
  return coefficients;
};

/** @param vars a vector of so many variables, zeros behind what is sent */
const readRow = (channel: VerifierChannel, memory: ProofMemory, length: number, vars: number): ExtVector => {
  const words = wordsOf(channel.published(4 * COORDINATES * length));
  const row = memory.ext(2 ** vars);
  memory.bytes(row.address, 4 * row.stride).fill(0);
  for (let c = 0; c < COORDINATES; c++) {
    const plane = memory.words({ address: row.address + c * row.stride, length });
    for (let i = 0; i < length; i++) plane[i] = words[COORDINATES * i + c]!;
  }
  return row;
};

/** What a row has for the value that is claimed. */
const weighedValue = (memory: ProofMemory, row: ExtVector, { points, places }: RowClaim): Ext => {
  const mark = memory.mark();
  const weights = memory.ext(row.length);
  memory.bytes(weights.address, 4 * weights.stride).fill(0);
  const table = memory.ext(row.length);
  for (const { point, weight } of points) {
    eqInto(memory, table, point, weight);
    memory.kernels.addExt(weights.address, weights.stride, table.address, table.stride, row.length);
  }
  for (const each of places) addPlaces(memory, weights, each);
  const out = memory.take(16);
  memory.kernels.dotExt(out, row.address, row.stride, weights.address, weights.stride, row.length);
  memory.release(mark);
  return memory.element(out);
};

/** @throws ProofError unless the code word of the row has the combined columns */
const checkCodeWord = (memory: ProofMemory, row: ExtVector, code: MatrixShape, { places, values }: Columns): void => {
  const mark = memory.mark();
  const length = codeLength(code);
  const table = memory.base((3 * length) / 4);
  memory.kernels.makeTwiddles(table.address, Math.log2(length));
  const encoded = memory.base(length);
  const scratch = memory.take(4 * width(code));
  let right = true;
  for (let c = 0; c < COORDINATES; c++) {
    const plane = row.address + c * row.stride;
    const blowupVars = blowupOf(code);
    const { rowVars, randomness } = code;
    const all = [0, 2 ** blowupVars] as const;
    memory.kernels.encode(encoded.address, plane, rowVars, blowupVars, randomness, table.address, scratch, ...all);
    const words = memory.words(encoded);
    const expected = memory.words({ address: values.address + c * values.stride, length: places.length });
    for (const [k, place] of places.entries()) right &&= words[place] === expected[k];
  }
  memory.release(mark);
  if (!right) throw new ProofError('opened columns do not agree with the combined row');
};
