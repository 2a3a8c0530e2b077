/** Writes `vectors/program.json`: small programs with their files, ids, runs and traces. Run: `node scripts/vectors/program.ts` */
import { concatBytes, toHex, unwrap } from '../../packages/core/src/index.ts';
import {
  type CheckedProgram,
  commitProgram,
  createEngine,
  encodeInterface,
  hiding,
  listRoot,
  openChunk,
  runReference,
  type Tensor,
  tensor,
  tensorRoot,
  traceRoot,
  valueBytes,
  writeProgram,
} from '../../packages/programs/src/index.ts';
import { randomInputs, randomProgram } from '../../packages/programs/test/random-program.ts';
import { writeVectors } from './write.ts';

/** Seeds whose programs together hold every operator. */
const SEEDS = Array.from({ length: 24 }, (_, seed) => seed);

const written = ({ dtype, shape, values }: Tensor) => ({ dtype, shape, values: toHex(valueBytes(values)) });

const program = async (seed: number, checked: CheckedProgram) => {
  const inputs = randomInputs(checked, seed);
  const values = runReference(checked, inputs);
  const { id, constants } = commitProgram(checked);
  const engine = unwrap(await createEngine(checked));
  const { trace } = unwrap(await engine.run(inputs, { trace: true }));
  const nodes = checked.nodes.map((_, node) => trace!.nodeRoot(node));
  const outputs = checked.outputs.map(({ value }) => values[value]!);
  return {
    file: toHex(concatBytes(...writeProgram(checked))),
    interface: toHex(encodeInterface(checked)),
    constantRoots: constants.map(toHex),
    id: toHex(id),
    inputs: inputs.map(written),
    outputs: outputs.map(written),
    inputsRoot: toHex(listRoot(inputs)),
    outputsRoot: toHex(listRoot(outputs)),
    nodeRoots: nodes.map(toHex),
    traceRoot: toHex(traceRoot(id, listRoot(inputs), nodes)),
  };
};

const cut = tensor(
  'i8',
  [3, 1_500],
  Array.from({ length: 4_500 }, (_, i) => ((i * 37) % 255) - 127),
);
const joined = tensor(
  'i16',
  [300, 3],
  Array.from({ length: 900 }, (_, i) => i * 71 - 30_000),
);
const salt = Uint8Array.from({ length: 32 }, (_, i) => i);

const opened = async (value: Tensor, index: number) => {
  const { chunk, path } = await openChunk(value, index);
  return { index, chunk: toHex(chunk), path: path.map(toHex) };
};

writeVectors('program', {
  description:
    'Programs of spec/12-tensor-program.md: their files, runs, commitments and traces; tensors with opened chunks. Values are little-endian bytes in hex.',
  programs: await Promise.all(SEEDS.map((seed) => program(seed, randomProgram(seed, 4)))),
  tensors: await Promise.all(
    [cut, joined].map(async (value) => ({
      ...written(value),
      root: toHex(tensorRoot(value)),
      openings: [await opened(value, 0), await opened(value, 1)],
    })),
  ),
  hiding: { salt: toHex(salt), hidden: toHex(tensorRoot(cut)), name: toHex(hiding(salt, tensorRoot(cut))) },
});
