/** Small networks whose proofs a contract checks, with runs of them. */
import { unwrap } from '@surety/core';
import {
  allocate,
  type CheckedProgram,
  type Constant,
  checkProgram,
  type Dtype,
  type Node,
  type Tensor,
} from '@surety/programs';
import { type ChainProof, chainProof, commit, type PrivateProgram, prove } from '@surety/proofs/zk';
import { anyInput } from '../../../packages/programs/test/networks.ts';
import { Random } from '../../../packages/programs/test/random.ts';

const UNIT = { mantissa: 1, exponent: 0 };

export type LayerSpec = {
  readonly size: number;
  readonly shift: number;
  readonly low: number;
  readonly high: number;
  readonly dtype?: Dtype;
  readonly bias?: boolean;
};

export type ChainSpec = {
  readonly inputs: number;
  readonly input?: { readonly dtype: Dtype; readonly low: number; readonly high: number };
  /** Largest weight, in magnitude. */
  readonly weights?: number;
  readonly layers: readonly LayerSpec[];
};

/** Layers of random weights. */
export const chainProgram = (
  { inputs, input = { dtype: 'i8', low: -128, high: 127 }, weights = 40, layers }: ChainSpec,
  seed = 1,
): CheckedProgram => {
  const random = new Random(seed);
  const constants: Constant[] = [];
  const put = (dtype: Dtype, shape: readonly number[], most: number): number => {
    const length = shape.reduce((product, size) => product * size, 1);
    const values = allocate(dtype, length);
    for (let i = 0; i < length; i++) values[i] = random.int(-most, most);
    return constants.push({ dtype, shape, read: () => values });
  };
  const forms = layers.map(({ size, bias = true }, i) => {
    const b = put(weights > 127 ? 'i16' : 'i8', [size, layers[i - 1]?.size ?? inputs], weights);
    return { b, bias: bias ? put('i32', [size], 500) : null };
  });
  const nodes = layers.map(
    ({ shift, low, high, dtype = 'i8' }, i): Node => ({
      form: { op: 'matmul', a: i === 0 ? 0 : constants.length + i, ...forms[i]! },
      dtype,
      stage: { shift, low, high },
    }),
  );
  return unwrap(
    checkProgram({
      inputs: [{ name: 'x', shape: [1, inputs], encoding: UNIT, ...input }],
      constants,
      nodes,
      outputs: [{ name: 'y', value: constants.length + nodes.length, encoding: UNIT }],
      states: [],
    }),
  );
};

const relu = (size: number, shift: number): LayerSpec => ({ size, shift, low: 0, high: 127 });
const byte = (size: number, shift: number): LayerSpec => ({ size, shift, low: -128, high: 127 });

/** Models as a lender may have one, and programs at the edges of what a key can say. */
export const CHAINS: Readonly<Record<string, ChainSpec>> = {
  '32 → 16 → 2': { inputs: 32, layers: [relu(16, 10), byte(2, 8)] },
  '16 → 32 → 8 → 1': { inputs: 16, layers: [relu(32, 9), relu(8, 9), byte(1, 8)] },
  '64 → 64 → 32 → 2': { inputs: 64, layers: [relu(64, 10), relu(32, 10), byte(2, 9)] },
  'one value': { inputs: 1, layers: [byte(1, 4)] },
  'no bias': {
    inputs: 16,
    layers: [
      { ...relu(32, 9), bias: false },
      { ...byte(16, 9), bias: false },
    ],
  },
  'no clamp, and one without a shift': {
    inputs: 8,
    input: { dtype: 'i16', low: -20, high: 300 },
    weights: 20,
    layers: [
      { size: 8, shift: 5, low: -32_768, high: 32_767, dtype: 'i16' },
      { size: 4, shift: 12, low: -32_768, high: 32_767, dtype: 'i16' },
      { size: 2, shift: 0, low: -100, high: 1_000, dtype: 'i32', bias: false },
    ],
  },
  'many quotients, and remainders in parts': {
    inputs: 4,
    input: { dtype: 'i16', low: -2_000, high: 2_000 },
    weights: 20_000,
    layers: [{ size: 8, shift: 13, low: -100, high: 90 }, byte(2, 17)],
  },
};

export type Model = { readonly program: CheckedProgram; readonly committed: PrivateProgram };

export const modelOf = async (spec: ChainSpec, seed = 1): Promise<Model> => {
  const program = chainProgram(spec, seed);
  return { program, committed: unwrap(await commit(program, { proofs: 0 })) };
};

export const provedRun = async ({ program, committed }: Model, x?: readonly Tensor[]): Promise<ChainProof> => {
  const { file } = unwrap(await prove(committed, x ?? anyInput(program, 7)));
  return unwrap(await chainProof(committed.architecture, file));
};
