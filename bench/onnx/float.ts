/** Whether the lowering of a case gives the outputs that ONNX expects, in floating point, before anything is quantised. */

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

/** Relative error allowed, by the precision of what ONNX computed; integers and truth values must be equal. */
const tolerance = (type: OnnxType): number => {
  if (!isFloat(type)) return 0;
  if (type === 'float' || type === 'double') return 1e-4;
  return type === 'float16' ? 2e-3 : type === 'bfloat16' ? 1e-2 : 0;
};

/** Numbers this small count as 0 when relative errors are taken. */
const SMALL = 1e-2;

/** The largest relative error, or why the two cannot be compared. */
const compare = (got: RealTensor, want: OnnxTensor): number | string => {
  if (String(got.shape) !== String(want.shape)) return `shape [${got.shape}], not [${want.shape}]`;
  const values = want.read();
  let worst = 0;
  for (let i = 0; i < values.length; i++) {
    const error = Math.abs(got.values[i]! - values[i]!) / Math.max(Math.abs(values[i]!), SMALL);
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
  const { result, constants } = importBound(one.model(), inputs);
  if (!result.ok) return { kind: 'out of scope', why: reason(result.problem.message) };
  const sample: Sample = Object.fromEntries(
    result.inputs.map(({ name }) => [name, inputs.get(name)?.read() ?? new Float64Array(0)]),
  );
  const [found] = evaluateGraph(result.graph, [sample]);
  let worst = 0;
  for (const { name, type } of result.outputs) {
    const want = outputs.get(name);
    const got = found?.[name];
    if (want === undefined || got === undefined) return { kind: 'wrong', why: `${name} is missing` };
    if (want.type !== type) return { kind: 'wrong', why: `${name} is ${type}, not ${want.type}` };
    const error = compare(got, want);
    if (typeof error === 'string') return { kind: 'wrong', why: `${name}: ${error}` };
    if (error > tolerance(type)) return { kind: 'wrong', why: `${name} differs by ${error.toExponential(1)}` };
    worst = Math.max(worst, error);
  }
  return { kind: 'equal', imported: result, constants, worst };
};
