/** Whether the program of a case gives the outputs that ONNX expects, within the stated bound. */
import { unwrap } from '@surety/core';

import {
  type CheckedProgram,
  convert,
  Engine,
  encodeSample,
  INT16,
  type Machine,
  toReals,
} from '../../packages/programs/src/index.ts';
import type { OnnxTensor } from '../../packages/programs/src/onnx/decode/tensor.ts';
import { isFloat } from '../../packages/programs/src/onnx/decode/types.ts';
import type { Imported } from '../../packages/programs/src/onnx/import.ts';
import type { Sample } from '../../packages/programs/src/real/evaluate.ts';
import type { Case } from './cases.ts';

/** Largest error of a real output, as a share of the largest number in it. */
export const REAL_BOUND = INT16.errorBound;

/** Quantised outputs may be off by one: ONNX rounds half to even with float scales, programs by powers of two. */
const STEPS: Readonly<Record<string, number>> = {
  QLinearConv: 1,
  QLinearMatMul: 1,
  QuantizeLinear: 1,
  DynamicQuantizeLinear: 1,
};

export type IntegerVerdict =
  | { readonly kind: 'agrees'; readonly share: number; readonly program: CheckedProgram }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'wrong'; readonly why: string };

type Compared = { readonly share: number } | { readonly why: string };

/** The larger error there is, as a share of the bound; infinities and what is not a number must be told apart earlier. */
const compare = (got: readonly number[], want: OnnxTensor, steps: number): Compared => {
  const values = want.read();
  const real = isFloat(want.type);
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]!));
  const bound = real ? Math.max(REAL_BOUND * most, 1e-6) : steps;
  let worst = 0;
  for (let i = 0; i < values.length; i++) {
    const error = Math.abs(got[i]! - values[i]!);
    if (!(error <= bound)) return { why: `${want.type}: ${got[i]} at ${i}, not ${values[i]} ± ${bound}` };
    worst = Math.max(worst, error);
  }
  return { share: bound === 0 ? 0 : worst / bound };
};

/** Quantises a case on its own input, runs it, and holds it against what ONNX expects. */
export const integerVerdict = async (one: Case, imported: Imported, machine: Machine): Promise<IntegerVerdict> => {
  const inputs = one.inputs()!;
  const outputs = one.outputs()!;
  const sample: Sample = Object.fromEntries(
    imported.inputs.map(({ name }) => [name, Float64Array.from(inputs.get(name)!.read())]),
  );
  const made = await convert(imported.graph, [sample], { policy: INT16, machine });
  if (!made.ok) return { kind: 'refused', why: made.problem.message };
  const { program } = made.value;
  const engine = unwrap(await Engine.create(program, { machine }));
  const found = unwrap(await engine.run(encodeSample(program, sample).inputs)).outputs;
  const steps = Math.max(0, ...Object.keys(imported.operators).map((name) => STEPS[name] ?? 0));
  let share = 0;
  for (const [i, { name, encoding }] of program.outputs.entries()) {
    const compared = compare(toReals(found[i]!.values, encoding), outputs.get(name)!, steps);
    if ('why' in compared) return { kind: 'wrong', why: `${name}: ${compared.why}` };
    share = Math.max(share, compared.share);
  }
  return { kind: 'agrees', share, program };
};
