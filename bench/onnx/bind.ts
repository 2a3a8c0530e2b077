/** Imports a case as a user would: weights, scales and shapes are part of the model, the rest are its inputs. */
import { decodeModel, type OnnxModel } from '../../packages/programs/src/onnx/decode/model.ts';
import type { OnnxTensor } from '../../packages/programs/src/onnx/decode/tensor.ts';
import { type Imported, type ImportRefusal, importOnnx } from '../../packages/programs/src/onnx/import.ts';
import { bytesSource } from '../../packages/programs/src/source.ts';

/** Operands that are weights, scales or statistics wherever a network has the operator. */
const PARAMETERS: Readonly<Record<string, readonly number[]>> = {
  Conv: [1, 2],
  ConvTranspose: [1, 2],
  ConvInteger: [1, 2, 3],
  QLinearConv: [1, 2, 3, 4, 5, 6, 7, 8],
  QLinearMatMul: [1, 2, 3, 4, 5, 6, 7],
  MatMulInteger: [2, 3],
  BatchNormalization: [1, 2, 3, 4],
  LayerNormalization: [1, 2],
  RMSNormalization: [1],
  InstanceNormalization: [1, 2],
  GroupNormalization: [1, 2],
  Gemm: [1, 2],
  PRelu: [1],
  QuantizeLinear: [1, 2],
  DequantizeLinear: [1, 2],
  RotaryEmbedding: [1, 2],
};

const parameterNames = ({ nodes }: OnnxModel): Set<string> =>
  new Set(
    nodes.flatMap(({ operator, inputs }) =>
      (PARAMETERS[operator] ?? []).flatMap((i) => (inputs[i] === undefined ? [] : [inputs[i]])),
    ),
  );

export type Bound = {
  readonly result: Imported | ImportRefusal;
  /** Names of the inputs that became constants. */
  readonly constants: readonly string[];
};

/** Binds parameters, then whatever the importer says it has to know, until it is content or asks for nothing more. */
export const importBound = (bytes: Uint8Array, inputs: ReadonlyMap<string, OnnxTensor>): Bound => {
  const constants: Record<string, OnnxTensor> = {};
  const bind = (name: string): boolean => {
    const tensor = inputs.get(name);
    if (tensor === undefined || name in constants) return false;
    constants[name] = tensor;
    return true;
  };
  const shapes = Object.fromEntries([...inputs].map(([name, { shape }]) => [name, shape]));
  const run = () => importOnnx(bytesSource(bytes), { constants, shapes });
  try {
    const model = decodeModel(bytesSource(bytes));
    const known = new Set(model.inputs.map(({ name }) => name));
    const names = [...parameterNames(model)].filter((name) => known.has(name));
    if (names.length < inputs.size) names.forEach(bind);
  } catch {
    // The import says what is wrong with it.
  }
  let result = run();
  while (!result.ok && result.bind.map(bind).includes(true)) result = run();
  return { result, constants: Object.keys(constants) };
};
