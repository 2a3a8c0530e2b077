/** Single nodes, run by the program engine, related to their operands, and proved whole: lookups, relation and opening. */
import { unwrap } from '../../packages/core/src/index.ts';
import {
  ARITHMETIC,
  allocate,
  type CheckedProgram,
  commitProgram,
  createEngine,
  elements,
  executeNode,
  I32_MAX,
  type IntegerForm,
  ProgramBuilder,
  type Shape,
  type Tensor,
  type ValueId,
} from '../../packages/programs/src/index.ts';
import { Random } from '../../packages/programs/test/random.ts';
import { prove } from '../../packages/proofs/src/zk/api/prove.ts';
import { known } from '../../packages/proofs/src/zk/channel/form.ts';
import { OpenProver, OpenVerifier } from '../../packages/proofs/src/zk/channel/open.ts';
import { Transcript } from '../../packages/proofs/src/zk/channel/transcript.ts';
import { type Ext, equal } from '../../packages/proofs/src/zk/field/ext.ts';
import { ProofMemory } from '../../packages/proofs/src/zk/memory.ts';
import { answered } from '../../packages/proofs/src/zk/relations/asking.ts';
import { varsOf } from '../../packages/proofs/src/zk/relations/axes.ts';
import { checkingBy } from '../../packages/proofs/src/zk/relations/checking.ts';
import { contextOf, type ProverContext } from '../../packages/proofs/src/zk/relations/context.ts';
import { evaluate } from '../../packages/proofs/src/zk/relations/contract.ts';
import { proveProductSum } from '../../packages/proofs/src/zk/relations/product.ts';
import { proveRelation, verifyRelation } from '../../packages/proofs/src/zk/relations/relation.ts';
import { padTensor } from '../../packages/proofs/src/zk/relations/vectors.ts';
import { checkSumcheck } from '../../packages/proofs/src/zk/sumcheck/verify.ts';
import type { Figure } from '../figure.ts';
import { medianNs } from './thread.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const WINDOW = { strides: [1, 1], dilations: [1, 1], pads: [1, 1, 1, 1] } as const;
const HALVES = { kernel: [2, 2], strides: [2, 2], dilations: [1, 1], pads: [0, 0, 0, 0] } as const;

type Case = {
  readonly name: string;
  /** Shapes of the inputs, and of the constant behind them if there is one. */
  readonly inputs: readonly Shape[];
  readonly constant?: Shape;
  readonly form: (ids: readonly ValueId[]) => IntegerForm;
  /** Published of matrix products alone, without what rounds them: less than 4 times the time that they take. */
  readonly most?: number;
};

const two = ([a, b]: readonly ValueId[]) => ({ a: a!, b: b! });
const conv = ([x, w]: readonly ValueId[], groups: number): IntegerForm => {
  return { op: 'conv', x: x!, w: w!, bias: null, groups, ...WINDOW };
};

const CASES: readonly Case[] = [
  {
    name: 'matmul 1 × 1536 × 1536',
    inputs: [[1, 1536]],
    constant: [1536, 1536],
    form: (ids) => ({ op: 'matmul', ...two(ids), bias: null }),
  },
  {
    name: 'matmul 64 × 1536 × 1536',
    inputs: [[64, 1536]],
    constant: [1536, 1536],
    form: (ids) => ({ op: 'matmul', ...two(ids), bias: null }),
    most: 4,
  },
  {
    name: 'matmul of 8 pairs 64 × 64 × 64',
    inputs: [
      [8, 64, 64],
      [8, 64, 64],
    ],
    form: (ids) => ({ op: 'matmul', ...two(ids), bias: null }),
    most: 4,
  },
  {
    name: 'conv 3 × 3, 32 × 32, 64 → 64',
    inputs: [[1, 32, 32, 64]],
    constant: [64, 3, 3, 64],
    form: (ids) => conv(ids, 1),
  },
  {
    name: 'conv 3 × 3, 32 × 32, 256 apart',
    inputs: [[1, 32, 32, 256]],
    constant: [256, 3, 3, 1],
    form: (ids) => conv(ids, 256),
  },
  {
    name: 'mul 64 × 2048',
    inputs: [
      [64, 2048],
      [64, 2048],
    ],
    form: (ids) => ({ op: 'mul', ...two(ids) }),
  },
  {
    name: 'affine 64 × 2048',
    inputs: [
      [64, 2048],
      [64, 2048],
    ],
    form: (ids) => ({ op: 'affine', x: ids, c: [3, 5], d: 1 }),
  },
  { name: 'reduce_sum 64 × 2048', inputs: [[64, 2048]], form: ([x]) => ({ op: 'reduce_sum', x: x! }) },
  {
    name: 'sum_pool 2 × 2, 32 × 32 × 64',
    inputs: [[1, 32, 32, 64]],
    form: ([x]) => ({ op: 'sum_pool', x: x!, ...HALVES }),
  },
  {
    name: 'max_pool 2 × 2, 32 × 32 × 64',
    inputs: [[1, 32, 32, 64]],
    form: ([x]) => ({ op: 'max_pool', x: x!, ...HALVES }),
  },
  {
    name: 'transpose 64 × 12 × 128',
    inputs: [[64, 12, 128]],
    form: ([x]) => ({ op: 'transpose', x: x!, perm: [1, 0, 2] }),
  },
];

const random = new Random(1);

const filled = (shape: Shape): Int8Array => {
  const values = allocate('i8', elements(shape)) as Int8Array;
  for (let i = 0; i < values.length; i++) values[i] = random.int(-8, 7);
  return values;
};

const programOf = ({ inputs, constant, form }: Case): CheckedProgram => {
  const builder = new ProgramBuilder();
  const ids = inputs.map((shape, i) =>
    builder.input({ name: `x${i}`, dtype: 'i8', shape, low: -8, high: 7, encoding: UNIT }),
  );
  if (constant !== undefined) {
    const values = filled(constant);
    ids.push(builder.constant('i8', constant, () => values));
  }
  const own = form(ids);
  const stage = ARITHMETIC.has(own.op) ? { shift: 7, low: -128, high: 127 } : null;
  builder.output('y', unwrap(builder.node({ form: own, dtype: 'i8', stage })), UNIT);
  return unwrap(builder.finish());
};

/** Proves the relation of the one node at a point, inputs hidden and constants open; null where lookups have part in it. */
const relationNs = async (program: CheckedProgram, reads: readonly Tensor[]): Promise<number | null> => {
  const [node] = program.nodes;
  const { op } = node!.form;
  if (op === 'max_pool') return null;
  const memory = await ProofMemory.create();
  const hidden = reads.slice(0, program.inputs.length).map((tensor) => padTensor(memory, tensor));
  const context: ProverContext = {
    ...contextOf(memory, (id) => (id < program.inputs.length ? null : reads[id]!)),
    types: program.types,
    raw: (id) => reads[id]!,
    place: () => null,
    relus: () => [],
    padded: (id) => hidden[id]!,
  };
  const one = { node: node!, id: reads.length };
  const { shape } = program.types[reads.length]!;
  const stage = node!.stage === null ? null : { shift: 0, low: -I32_MAX, high: I32_MAX };
  const sums = executeNode({ ...node!, stage, dtype: stage === null ? 'i8' : 'i32' }, shape, (id) => reads[id]!);
  const point = Array.from({ length: varsOf(shape) }, (_, i): Ext => [i + 2, 3 * i, 5, 7]);
  const value = evaluate(memory, padTensor(memory, sums), point);
  const run = (): OpenProver => {
    const channel = new OpenProver(new Transcript());
    answered(proveRelation(channel, context, one, point, value), (asks) =>
      asks.map((ask) => proveProductSum(channel, memory, ask)),
    );
    return channel;
  };
  const verifier = new OpenVerifier(new Transcript(), run().bytes());
  const claims = answered(verifyRelation(checkingBy(verifier, context), one, point, known(value)), (asks) =>
    asks.map(({ claim, variables, weights }) => checkSumcheck(verifier, claim, variables, 2, weights)),
  );
  for (const claim of claims) {
    const own = evaluate(memory, context.padded(claim.operand), claim.point);
    if (!equal(own, claim.value.constant)) throw new Error(`${op}: a claim of a true relation is false.`);
  }
  return medianNs(3, run);
};

const measured = async (one: Case): Promise<readonly Figure[]> => {
  const program = programOf(one);
  const inputs = program.inputs.map(({ dtype, shape }): Tensor => ({ dtype, shape, values: filled(shape) }));
  const constants = program.constants.map(({ dtype, shape, read }): Tensor => ({ dtype, shape, values: read() }));
  const engine = unwrap(await createEngine(program));
  const subject = { kind: 'public', program, id: commitProgram(program).id } as const;
  const runNs = await medianNs(3, () => engine.run(inputs));
  const relation = await relationNs(program, [...inputs, ...constants]);
  const proof = await medianNs(3, async () => unwrap(await prove(subject, inputs)));
  const figure = (label: string, ns: number): Figure => ({
    name: `${one.name}: ${label}`,
    value: ns / runNs,
    unit: '× run',
    goal: '',
    holds: null,
    peer: `run: ${(runNs / 1e6).toFixed(3)} ms`,
  });
  const whole = figure('whole proof, with lookups and opening', proof);
  if (relation === null) return [whole];
  const related = figure('its relation', relation);
  const { most } = one;
  return [most === undefined ? related : { ...related, goal: `< ${most}`, holds: related.value! < most }, whole];
};

/** One thread. */
export const operatorFigures = async (): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const one of CASES) figures.push(...(await measured(one)));
  return figures;
};
