/** Whether the lowering of a case gives the outputs that ONNX expects, in floating point, before anything is quantised. */

import { fromBits, MINIFLOATS } from '../../packages/programs/src/onnx/decode/minifloat.ts';
import type { OnnxTensor } from '../../packages/programs/src/onnx/decode/tensor.ts';
import { isFloat, type OnnxType } from '../../packages/programs/src/onnx/decode/types.ts';
import type { Imported } from '../../packages/programs/src/onnx/import.ts';
import type { RealTensor } from '../../packages/programs/src/real/evaluate/form.ts';
import { evaluateGraph, type Sample } from '../../packages/programs/src/real/evaluate.ts';
import { importBound } from './bind.ts';
import type { Case } from './cases.ts';

export type Verdict =
  | {
      readonly kind: 'equal';
      readonly imported: Imported;
      readonly constants: readonly string[];
      readonly worst: number;
    }
  | { readonly kind: 'wrong'; readonly why: string }
  | { readonly kind: 'out of scope'; readonly why: string };

/** Relative error allowed: ONNX's own for its cases, less of coarser types; integers and truth values must be equal. */
const tolerance = (type: OnnxType): number => {
  if (!isFloat(type)) return 0;
  if (type === 'float' || type === 'double') return 1e-3;
  return type === 'float16' ? 2e-3 : type === 'bfloat16' ? 1e-2 : 0;
};

/** Operators that round reals computed in float32: a tie there may fall to either side here. */
const ROUNDS = ['Round', 'DynamicQuantizeLinear', 'QuantizeLinear', 'QLinearConv', 'QLinearMatMul'];

/** Cases whose published outputs are not what the standard says. */
const AT_ODDS: Readonly<Record<string, string>> = Object.fromEntries(
  ['2D_int8_float16', '2D_int8_float32', '3D_int8_float16', '3D_int8_float32'].map((name) => [
    `test_qlinearmatmul_${name}`,
    'the expected output wraps around where the standard says to saturate',
  ]),
);

/** A tensor as the port's type: ONNX's files carry bfloat16 as the 16 bits it is made of. */
const ofType = (tensor: OnnxTensor, type: OnnxType): OnnxTensor => {
  if (type !== 'bfloat16' || tensor.type !== 'uint16') return tensor;
  return { ...tensor, type, read: () => tensor.read().map((bits) => fromBits(bits, MINIFLOATS.bfloat16)) };
};

/** Numbers this small count as 0 when relative errors are taken. */
const SMALL = 1e-2;

/** The largest relative error of more than `unit`, or why the two cannot be compared. */
const compare = (got: RealTensor, want: OnnxTensor, unit: number): number | string => {
  if (String(got.shape) !== String(want.shape)) return `shape [${got.shape}], not [${want.shape}]`;
  const values = want.read();
  let worst = 0;
  for (let i = 0; i < values.length; i++) {
    const difference = Math.abs(got.values[i]! - values[i]!);
    const error = difference <= unit ? 0 : difference / Math.max(Math.abs(values[i]!), SMALL);
    if (!(error <= worst)) worst = error;
    if (Number.isNaN(error)) return `${got.values[i]} at ${i}, not ${values[i]}`;
  }
  return worst;
};

/** Why a case is out of scope, without the names of its nodes: what a list of reasons counts. */
const reason = (message: string): string => message.replace(/^node .*? \((\w+)\): /, '$1: ');

export const floatVerdict = (one: Case): Verdict => {
  const [inputs, outputs] = [one.inputs(), one.outputs()];
  if (inputs === null || outputs === null)
    return { kind: 'out of scope', why: 'inputs or outputs are no tensors of numbers' };
  const odd = AT_ODDS[one.name];
  if (odd !== undefined) return { kind: 'out of scope', why: odd };
  const { result, constants } = importBound(one.model(), inputs);
  if (!result.ok) return { kind: 'out of scope', why: reason(result.problem.message) };
  const sample: Sample = Object.fromEntries(
    result.inputs.map(({ name, type }) => [name, ofType(inputs.get(name)!, type).read()]),
  );
  if (Object.values(sample).some((values) => !values.every(Number.isFinite))) {
    return { kind: 'out of scope', why: 'an input holds NaN or infinity, which no run of a program accepts' };
  }
  const [found] = evaluateGraph(result.graph, [sample]);
  let worst = 0;
  for (const { name, type } of result.outputs) {
    const given = outputs.get(name);
    const got = found?.[name];
    if (given === undefined || got === undefined) return { kind: 'wrong', why: `${name} is missing` };
    const want = ofType(given, type);
    if (!want.read().every(Number.isFinite))
      return { kind: 'out of scope', why: 'an expected output is NaN or infinite' };
    if (want.type !== type) return { kind: 'wrong', why: `${name} is ${type}, not ${want.type}` };
    const unit = !isFloat(type) && ROUNDS.some((operator) => operator in result.operators) ? 1 : 0;
    const error = compare(got, want, unit);
    if (typeof error === 'string') return { kind: 'wrong', why: `${name}: ${error}` };
    if (error > tolerance(type)) return { kind: 'wrong', why: `${name} differs by ${error.toExponential(1)}` };
    worst = Math.max(worst, error);
  }
  return { kind: 'equal', imported: result, constants, worst };
};
