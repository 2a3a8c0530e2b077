/** Small runs of every kind, proved in every way of hiding: what is mutated. */
import { unwrap } from '@surety/core';
import {
  type CheckedProgram,
  checkProgram,
  commitProgram,
  elements,
  type Node,
  type OpName,
  type Shape,
  type Tensor,
  type ValueId,
} from '@surety/programs';
import { type Architecture, commit, type PrivateProgram, type PublicProgram, prove } from '@surety/proofs/zk';
import { anyInput, mlpProgram, randomLayers, vggProgram } from '../../packages/programs/test/networks.ts';
import { randomInputs, randomProgram } from '../../packages/programs/test/random-program.ts';

export type Way = 'public' | 'input hidden' | 'weights committed' | 'weights hidden' | 'both hidden';

export type Case = {
  readonly name: string;
  readonly way: Way;
  readonly program: CheckedProgram;
  readonly inputs: readonly Tensor[];
  readonly subject: PublicProgram | Architecture;
  readonly prover: PublicProgram | PrivateProgram;
  readonly file: Uint8Array;
};

const MOST_BYTES = 200_000;

const WAYS: readonly Way[] = ['public', 'input hidden', 'weights committed', 'weights hidden', 'both hidden'];

const made = async (
  name: string,
  program: CheckedProgram,
  inputs: readonly Tensor[],
  way: Way,
): Promise<Case | null> => {
  const open = way === 'public' || way === 'input hidden';
  const hidden = open ? null : await commit(program, { proofs: way === 'weights committed' ? 0 : 2 });
  if (hidden?.ok === false) return null;
  const prover = hidden?.ok ? hidden.value : { kind: 'public' as const, program, id: commitProgram(program).id };
  const proof = await prove(prover, inputs, { hideInput: way === 'input hidden' || way === 'both hidden' });
  if (!proof.ok) return null;
  const subject = prover.kind === 'public' ? prover : prover.architecture;
  return { name, way, program, inputs, subject, prover, file: proof.value.file };
};

/** A program of so many values that openings go through levels (commit/levels.ts). */
const manyValues = (): CheckedProgram => {
  const weights = (shape: Shape): Tensor => {
    const values = Int8Array.from({ length: elements(shape) }, (_, i) => ((i * 37) % 15) - 7);
    return { dtype: 'i8', shape, values };
  };
  const constants = [weights([1024, 16]), weights([4, 1024])];
  const layer = (a: ValueId, b: ValueId, shift: number): Node => ({
    form: { op: 'matmul', a, b, bias: null },
    dtype: 'i8',
    stage: { shift, low: -128, high: 127 },
  });
  const unit = { mantissa: 1, exponent: 0 };
  return unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i8', shape: [64, 16], low: -128, high: 127, encoding: unit }],
      constants: constants.map(({ dtype, shape, values }) => ({ dtype, shape, read: () => values })),
      nodes: [layer(0, 1, 5), layer(3, 2, 9)],
      outputs: [{ name: 'y', value: 4, encoding: unit }],
      states: [],
    }),
  );
};

/** Programs that touch every operator, each proved in as many ways as it can be. */
export const casesOf = async (): Promise<readonly Case[]> => {
  const cases: (Case | null)[] = [];
  const mlp = mlpProgram([20, 12, 10], randomLayers([20, 12, 10], 1));
  const cnn = vggProgram([3, 'pool', 5], 6, 1);
  for (const way of WAYS) {
    cases.push(await made('mlp 20-12-10', mlp, anyInput(mlp, 7), way), await made('cnn', cnn, anyInput(cnn, 8), way));
  }
  const many = manyValues();
  for (const way of ['public', 'input hidden', 'weights hidden', 'both hidden'] as const) {
    cases.push(await made('many values', many, anyInput(many, 9), way));
  }
  const missing = new Map<Way, Set<OpName>>(WAYS.map((way) => [way, new Set<OpName>()]));
  for (let seed = 0; seed < 60; seed++) {
    const program = randomProgram(seed, 4);
    for (const way of WAYS) {
      const seen = missing.get(way)!;
      if (program.nodes.every(({ form }) => seen.has(form.op))) continue;
      const one = await made(`random ${seed}`, program, randomInputs(program, seed), way);
      if (one === null) continue;
      for (const { form } of program.nodes) seen.add(form.op);
      cases.push(one);
    }
  }
  // Large ones take long for what small ones show.
  return cases.filter((one) => one !== null).filter(({ file }) => file.length <= MOST_BYTES);
};

export const operatorsOf = (cases: readonly Case[]): number =>
  new Set(cases.flatMap(({ program }) => program.nodes.map(({ form }) => form.op))).size;
