/** Hidden constants are integers of their types, or there is no proof that they are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overClaims, type Result, unwrap } from '@surety/core';
import { type CheckedProgram, checkProgram, type Dtype, type Node, type Shape, type Tensor } from '@surety/programs';
import { anyInput, MLP_WIDTHS, mlpProgram, randomLayers } from '../../../../programs/test/networks.ts';
import { bentApart } from '../../../test/tampered.ts';
import { commit } from '../api/commit.ts';
import { prove } from '../api/prove.ts';
import { proveRange, rangeProblem } from '../api/range.ts';
import { verify } from '../api/verify.ts';
import { stackCode } from '../commit/batch.ts';
import { commitMatrix } from '../commit/commit.ts';
import { queriesOf, SECURITY_BITS } from '../commit/soundness.ts';
import { fromInteger } from '../field/ext.ts';
import { architectureId, decodeArchitecture, encodeArchitecture } from '../graph/architecture.ts';
import { graphOf } from '../graph/from-program.ts';
import { ProofMemory } from '../memory.ts';
import { shapesOf } from '../plan/hiding.ts';
import { planned } from '../plan/pads.ts';
import { randomWords } from '../random.ts';
import { proveRangeOf } from './prove-range.ts';
import { planRange } from './range.ts';
import { rangeSoundness } from './soundness.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const MOST = 2 ** 30 - 1;
const WHOLE = { shift: 0, low: -MOST, high: MOST };
const codeOf = <T>(result: Result<T>): string => (result.ok ? 'accepted' : result.problem.code);

const constant = (shape: Shape, dtype: Dtype, values: Tensor['values']) => ({ dtype, shape, read: () => values });

/** Matrices that a row is multiplied with, and rows that are added to that. */
const programOf = (
  matrices: readonly ReturnType<typeof constant>[],
  rows: readonly ReturnType<typeof constant>[],
  last: Pick<Node, 'dtype' | 'stage'> = { dtype: 'i32', stage: WHOLE },
) => {
  const constants = [...matrices, ...rows];
  const first = 1 + constants.length;
  const products = matrices.map(
    (_, i): Node => ({ form: { op: 'matmul', a: 0, b: 1 + i, bias: null }, dtype: 'i32', stage: WHOLE }),
  );
  const width = (matrices[0] ?? rows[0])!.shape[1]!;
  const x = [...rows.map((_, i) => 1 + matrices.length + i), ...products.map((_, i) => first + i)];
  return unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i8', encoding: UNIT, shape: [1, width], low: -3, high: 3 }],
      constants,
      nodes: [...products, { form: { op: 'affine', x, c: x.map(() => 1), d: 0 }, ...last }],
      outputs: [{ name: 'y', value: first + products.length, encoding: UNIT }],
      states: [],
    }),
  );
};

const MATRICES = [
  constant(
    [5, 3],
    'i8',
    Int8Array.from({ length: 15 }, (_, i) => (i % 2 === 0 ? 127 - i : i - 128)),
  ),
  constant(
    [5, 3],
    'i16',
    Int16Array.from({ length: 15 }, (_, i) => (i % 2 === 0 ? 32_767 - i : i - 32_768)),
  ),
];
const ROW = constant([1, 5], 'i32', Int32Array.of(-(2 ** 29), 2 ** 29, 0, 1, -1));
const mixed = programOf(MATRICES, [ROW], { dtype: 'i8', stage: { shift: 16, low: -128, high: 127 } });

const SHOWN = /integers of their stated types/;
const provesOf = (finding: { readonly proves: readonly { readonly of: string }[] }) =>
  finding.proves.map(({ of }) => of).join('\n');

test('constants of every type are shown to be of it, and proofs of runs then say so', async () => {
  for (const proofs of [0, 1]) {
    const hidden = unwrap(await commit(mixed, { proofs }));
    const architecture = unwrap(await proveRange(hidden));
    const read = unwrap(decodeArchitecture(encodeArchitecture(architecture)));
    assert.deepEqual(read.range, architecture.range);
    assert.equal(await rangeProblem(read), null);
    // It takes none of the proofs, and is the same when it is made again.
    assert.deepEqual(unwrap(await proveRange(hidden)).range, architecture.range);
    const { file } = unwrap(await prove(hidden, anyInput(mixed, 1)));
    const { finding } = unwrap(await verify(file, read));
    assert.match(provesOf(finding), /integers of their stated types, and every sum of the run is one of integers/);
    assert.doesNotMatch(finding.doesNotProve.join('\n'), SHOWN);
    assert.deepEqual(overClaims(finding), []);
    const without = unwrap(await verify(file, hidden.architecture)).finding;
    assert.doesNotMatch(provesOf(without), SHOWN);
    assert.match(without.doesNotProve.join('\n'), SHOWN);
  }
});

/** The architecture of a program and a commitment to these words, as integers, in the place of its constants. */
const withWords = async (program: CheckedProgram, words: readonly number[]) => {
  const graph = graphOf(program, true);
  const plan = unwrap(await planned(graph, { hideInput: false, proofs: 0 }));
  const memory = await ProofMemory.create();
  const weights = commitMatrix(memory, shapesOf(plan)[0]!, (row, out) => {
    const own = words.slice(row * out.length, (row + 1) * out.length);
    out.fill(0).set(own.map(fromInteger));
  });
  const architecture = {
    kind: 'private',
    graph,
    id: architectureId(graph, 0),
    weights: weights.root,
    proofs: 0,
  } as const;
  return { architecture, memory, weights, range: await planRange(plan) };
};

test('a sum that the types let wrap around is said to be one in the field', async () => {
  // An i32 of its own, and what else is added, may be more than 2^30 − 1: an output that differs by p would be as good.
  const program = programOf(MATRICES, [ROW]);
  const hidden = unwrap(await commit(program, { proofs: 0 }));
  const architecture = unwrap(await proveRange(hidden));
  const { file } = unwrap(await prove(hidden, anyInput(program, 1)));
  const { finding } = unwrap(await verify(file, architecture));
  assert.doesNotMatch(provesOf(finding), /every sum/);
  assert.match(finding.doesNotProve.join('\n'), /for 1 of them/);
});

test('a weight that is none of its type has no proof', async () => {
  const program = programOf([constant([1, 16], 'i8', new Int8Array(16).fill(3))], []);
  const honest = await withWords(program, new Array(16).fill(3));
  const step = async () => undefined;
  const own = await proveRangeOf(honest.memory, honest.range, honest.architecture, honest.weights, randomWords, step);
  assert.equal(await rangeProblem({ ...honest.architecture, range: own }), null);
  for (const wrong of [128, -129, 2 ** 30 - 1]) {
    const { architecture, memory, weights, range } = await withWords(program, [wrong, ...new Array(15).fill(3)]);
    await assert.rejects(proveRangeOf(memory, range, architecture, weights, randomWords, step), { code: 'internal' });
    // Nor has it that of another commitment.
    assert.equal((await rangeProblem({ ...architecture, range: own }))?.code, 'proof.refuted');
  }
});

test('rows that are no code words have no proof, whatever the type', async () => {
  const program = programOf([], [constant([2, 16], 'i32', new Int32Array(32).fill(3))]);
  const { architecture, memory, weights, range } = await withWords(program, new Array(32).fill(3));
  assert.deepEqual(range.parts, []);
  for (const bent of [false, true]) {
    const used = bent ? bentApart(memory, weights) : weights;
    const named = { ...architecture, weights: used.root };
    const made = await proveRangeOf(memory, range, named, used, randomWords, async () => undefined);
    assert.equal((await rangeProblem({ ...named, range: made }))?.code, bent ? 'proof.refuted' : undefined);
  }
});

test('no byte of it can be changed, added or left out, and then no proof of a run is taken', async () => {
  const hidden = unwrap(await commit(mixed, { proofs: 1 }));
  const architecture = unwrap(await proveRange(hidden));
  const range = architecture.range!;
  const { file } = unwrap(await prove(hidden, anyInput(mixed, 1)));
  const step = Math.ceil(range.length / 24);
  const wrong = [range.subarray(0, -1), Uint8Array.from([...range, 0])];
  for (let at = 0; at < range.length; at += step) wrong.push(range.map((byte, i) => (i === at ? byte ^ 1 : byte)));
  for (const each of wrong) {
    assert.equal((await rangeProblem({ ...architecture, range: each }))?.code, 'proof.refuted');
  }
  assert.equal(codeOf(await verify(file, { ...architecture, range: wrong[0]! })), 'proof.refuted');
});

test('it is checked once for an architecture', async () => {
  const hidden = unwrap(await commit(mixed, { proofs: 0 }));
  const architecture = unwrap(await proveRange(hidden));
  assert.equal(rangeProblem(architecture), rangeProblem(architecture));
});

test('of many constants each is looked up once, in parts that are no larger than one tree takes', async () => {
  const graph = graphOf(mlpProgram(MLP_WIDTHS, randomLayers(MLP_WIDTHS, 1)), true);
  const plan = unwrap(await planned(graph, { hideInput: false, proofs: 4 }));
  const range = await planRange(plan);
  const places = range.parts.flatMap(({ columns }) => columns.flatMap(({ values }) => values));
  const looked = places.map(({ offset, vars }) => [offset, offset + 2 ** vars]).sort((a, b) => a[0]! - b[0]!);
  for (const [i, [from]] of looked.entries()) assert.ok(i === 0 || from! >= looked[i - 1]![1]!);
  const strips = plan.matrices[0]!.blocks.filter(
    ({ content }) => content.of === 'strip' && graph.types[content.id]!.dtype === 'i8',
  );
  const values = strips.reduce((sum, { place }) => sum + 2 ** place.vars, 0);
  assert.equal(
    looked.reduce((sum, [from, to]) => sum + to! - from!, 0),
    values,
  );
  for (const { columns } of range.parts) {
    assert.ok(columns.reduce((sum, { vars }) => sum + 2 ** vars, 0) <= 2 ** 22);
  }
  assert.equal(range.parts.length, Math.ceil(values / 2 ** 22));
});

test('it has 96 bits, and the commitment hides in one opening more than there are proofs', async () => {
  for (const [program, proofs] of [
    [mixed, 0],
    [mixed, 2],
    [mlpProgram(MLP_WIDTHS, randomLayers(MLP_WIDTHS, 1)), 16],
  ] as const) {
    const graph = graphOf(program, true);
    const plan = unwrap(await planned(graph, { hideInput: false, proofs }));
    const range = await planRange(plan);
    assert.ok((await rangeSoundness(range)).bits >= SECURITY_BITS);
    const [weights] = shapesOf(range);
    assert.deepEqual(weights, shapesOf(plan)[0]);
    if (proofs > 0) assert.ok(weights!.randomness >= (proofs + 1) * queriesOf(stackCode(shapesOf(range))));
  }
});
