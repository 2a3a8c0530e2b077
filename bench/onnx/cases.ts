/**
 * The conformance cases that the ONNX project publishes: a model, inputs and the outputs they must give. They are read
 * from the shared data and are not part of this repository; without them every figure is n/a.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeModel } from '../../packages/programs/src/onnx/decode/model.ts';
import { decodeTensor, type OnnxTensor } from '../../packages/programs/src/onnx/decode/tensor.ts';
import { bytesSource, wholeOf } from '../../packages/programs/src/source.ts';

export const CASES_FOLDER = join(import.meta.dirname, '../../../shared/data/onnx-backend');

export const SETS = ['node', 'simple', 'pytorch-converted', 'pytorch-operator', 'light'] as const;

export type CaseSet = (typeof SETS)[number];

export type Case = {
  readonly set: CaseSet;
  readonly name: string;
  readonly model: () => Uint8Array;
  /** By name; `null` when a file holds something else than a tensor of numbers. */
  readonly inputs: () => ReadonlyMap<string, OnnxTensor> | null;
  readonly outputs: () => ReadonlyMap<string, OnnxTensor> | null;
};

const tensors = (folder: string, kind: string, names: readonly string[]): ReadonlyMap<string, OnnxTensor> | null => {
  const found = new Map<string, OnnxTensor>();
  for (const [i, name] of names.entries()) {
    const file = join(folder, `${kind}_${i}.pb`);
    if (!existsSync(file)) continue;
    try {
      found.set(name, decodeTensor(wholeOf(bytesSource(readFileSync(file))), `${kind} ${name}`));
    } catch {
      return null;
    }
  }
  return found;
};

/** Names of the model's inputs and outputs; none where it cannot be read, which the import then says. */
const ports = (bytes: Uint8Array, kind: 'inputs' | 'outputs'): readonly string[] => {
  try {
    const model = decodeModel(bytesSource(bytes));
    return model[kind].map(({ name }) => name);
  } catch {
    return [];
  }
};

const nodeCase = (folder: string, set: CaseSet, name: string): Case => {
  const model = () => readFileSync(join(folder, set, name, 'model.onnx'));
  const data = join(folder, set, name, 'test_data_set_0');
  return {
    set,
    name,
    model,
    inputs: () => tensors(data, 'input', ports(model(), 'inputs')),
    outputs: () => tensors(data, 'output', ports(model(), 'outputs')),
  };
};

/** The input that ONNX's own runner gives these networks: `i / n` for element i of n. */
const dummy = (bytes: Uint8Array): ReadonlyMap<string, OnnxTensor> => {
  const model = decodeModel(bytesSource(bytes));
  const weights = new Set(model.initializers.map(({ name }) => name));
  const open = model.inputs.filter(({ name }) => !weights.has(name));
  return new Map(
    open.map(({ name, shape }) => {
      const sizes = (shape ?? []).map((size) => (typeof size === 'number' ? size : 1));
      const count = sizes.reduce((n, size) => n * size, 1);
      const values = Float32Array.from({ length: count }, (_, i) => i / count);
      return [name, { name, type: 'float', shape: sizes, read: () => values }];
    }),
  );
};

const lightCase = (folder: string, name: string): Case => {
  const model = () => readFileSync(join(folder, 'light', `${name}.onnx`));
  return {
    set: 'light',
    name,
    model,
    inputs: () => dummy(model()),
    outputs: () => {
      const file = join(folder, 'light', `${name}_output_0.pb`);
      const [output] = ports(model(), 'outputs');
      const tensor = decodeTensor(wholeOf(bytesSource(readFileSync(file))), 'output');
      return new Map([[output ?? '', tensor]]);
    },
  };
};

/** All cases, in order; `null` where the shared data are absent. */
export const onnxCases = (folder = CASES_FOLDER): readonly Case[] | null => {
  if (!existsSync(folder)) return null;
  return SETS.flatMap((set) => {
    const names = readdirSync(join(folder, set)).sort();
    if (set !== 'light') return names.map((name) => nodeCase(folder, set, name));
    const models = names.filter((name) => name.endsWith('.onnx'));
    return models.map((name) => lightCase(folder, name.slice(0, -'.onnx'.length)));
  });
};
