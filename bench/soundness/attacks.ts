/**
 * False proofs, one a process, by the prover as it is here (patched.ts may make it a liar). Prints what a verifier says.
 * Usage: attacks.ts <name>
 */
import { ok, type Result, refuse, unwrap } from '@surety/core';
import { type CheckedProgram, checkProgram, type Node, type Shape, type Tensor, type ValueId } from '@surety/programs';
import { type Architecture, commit, prove, verify, verifyRenewal } from '@surety/proofs/zk';
import { rangeProblem } from '../../packages/proofs/src/zk/api/range.ts';
import { commitWeights } from '../../packages/proofs/src/zk/api/weights.ts';
import { ProofError } from '../../packages/proofs/src/zk/channel/problem.ts';
import { type Committed, commitMatrix } from '../../packages/proofs/src/zk/commit/commit.ts';
import { levelsOf } from '../../packages/proofs/src/zk/commit/levels.ts';
import { proveRangeOf } from '../../packages/proofs/src/zk/constants/prove-range.ts';
import { planRange } from '../../packages/proofs/src/zk/constants/range.ts';
import { proveRenewal, renewalLayout } from '../../packages/proofs/src/zk/constants/renewal.ts';
import { add, type Ext, ONE, P } from '../../packages/proofs/src/zk/field/ext.ts';
import { encodeRenewal } from '../../packages/proofs/src/zk/file/renewal.ts';
import { architectureId } from '../../packages/proofs/src/zk/graph/architecture.ts';
import { graphOf, graphWith } from '../../packages/proofs/src/zk/graph/from-program.ts';
import { ProofMemory } from '../../packages/proofs/src/zk/memory.ts';
import { shapesOf } from '../../packages/proofs/src/zk/plan/hiding.ts';
import { planned } from '../../packages/proofs/src/zk/plan/pads.ts';
import { randomWords } from '../../packages/proofs/src/zk/random.ts';
import type { Run } from '../../packages/proofs/src/zk/witness/run.ts';
import {
  plus as addTo,
  checkRow,
  farFromCode,
  openRow,
  rowOf,
  SCENES,
  type Scene,
} from '../../packages/proofs/test/levels-scene.ts';
import { bentApart } from '../../packages/proofs/test/tampered.ts';
import { type Lie, lied, publicly } from '../../packages/proofs/test/zk-liar.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const MOST = 2 ** 30 - 1;

const i32 = (shape: Shape, ...values: number[]): Tensor => ({ dtype: 'i32', shape, values: Int32Array.from(values) });
const i8 = (shape: Shape, ...values: number[]): Tensor => ({ dtype: 'i8', shape, values: Int8Array.from(values) });

type Input = { readonly shape: Shape; readonly low: number; readonly high: number; readonly dtype?: 'i8' | 'i32' };

const programOf = (input: Input, constants: readonly Tensor[], ...nodes: readonly Node[]): CheckedProgram =>
  unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i32', encoding: UNIT, ...input }],
      constants: constants.map(({ dtype, shape, values }) => ({ dtype, shape, read: () => values })),
      nodes,
      outputs: [{ name: 'y', value: constants.length + nodes.length, encoding: UNIT }],
      states: [],
    }),
  );

const stage = (low: number, high: number) => ({ shift: 0, low, high });
const affine = (x: readonly ValueId[], low = -MOST, high = MOST): Node => ({
  form: { op: 'affine', x, c: x.map(() => 1), d: 1 },
  dtype: high <= 127 ? 'i8' : 'i32',
  stage: stage(low, high),
});

const plus = (tensor: Tensor, by: number): Tensor => {
  const values = tensor.values.slice() as Tensor['values'];
  values[0]! += by;
  return { ...tensor, values };
};

/** The outputs and the values of these nodes one larger in their first element. */
const more =
  (...ids: readonly ValueId[]) =>
  (run: Run): Run => ({
    ...run,
    outputs: run.outputs.map((output) => plus(output, 1)),
    value: (id) => (ids.includes(id) ? plus(run.value(id), 1) : run.value(id)),
  });

/** What a verifier says of a lie about a public program. */
const publicLie = async (program: CheckedProgram, lie: Omit<Lie, 'graph' | 'named'>): Promise<Result<unknown>> => {
  const subject = publicly(program);
  const file = await lied({ graph: graphOf(program, false), named: { kind: 'public', id: subject.id }, ...lie });
  return verify(file, subject);
};

const same = (run: Run): Run => run;
/** What a verifier says of a value of the long combination of a scene. */
const ofCombination = (value: Ext, proof: Uint8Array): Result<unknown> => {
  try {
    checkRow(long, value, proof);
    return ok(null);
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return refuse({ code: 'proof.refuted', message: error.message, next: 'Prove what is true.' });
  }
};

const [long] = SCENES as [Scene];

const X = { shape: [4], low: -100, high: 100 };
const x = i32([4], 1, 20, 30, 44);

/** Squares of a clamped sum: a product of what only the prover knows. */
const squares = (): CheckedProgram =>
  programOf({ ...X, dtype: 'i8' }, [], affine([0], -60, 60), affine([0], -50, 50), {
    form: { op: 'mul', a: 1, b: 2 },
    dtype: 'i32',
    stage: stage(-MOST, MOST),
  });
const smallX = i8([4], 1, 20, 30, 44);

const table = i8([201], ...Array.from({ length: 201 }, (_, i) => (i % 7) - 3));
const lookup: Node = { form: { op: 'lookup', x: 0, table: 1, first: -100 }, dtype: 'i8', stage: null };

const matmul = (columns: number): CheckedProgram =>
  programOf(
    { shape: [1, columns], low: -100, high: 100, dtype: 'i8' },
    [i8([2, columns], ...new Array(2 * columns).fill(3))],
    {
      form: { op: 'matmul', a: 0, b: 1, bias: null },
      dtype: 'i32',
      stage: stage(-MOST, MOST),
    },
  );

const privately = (graph: Architecture['graph'], weights: Uint8Array): Architecture => ({
  kind: 'private',
  graph,
  id: architectureId(graph, 0),
  weights,
  proofs: 0,
});

const privateLie = (architecture: Architecture, lie: Omit<Lie, 'graph' | 'named'>): Promise<Uint8Array> =>
  lied({
    graph: architecture.graph,
    named: { kind: 'private', architecture: architecture.id, weights: architecture.weights },
    ...lie,
  });

/** A commitment to words in the place of a program's constants. */
const committedTo = async (program: CheckedProgram, fill: (words: Uint32Array) => void) => {
  const graph = graphOf(program, true);
  const plan = unwrap(await planned(graph, { hideInput: false, proofs: 0 }));
  const memory = await ProofMemory.create();
  const weights = commitMatrix(memory, shapesOf(plan)[0]!, (_, words) => fill(words));
  return { graph, architecture: privately(graph, weights.root), memory, weights };
};

/** What is said of an architecture with a proof of range that its commitment does not deserve. */
const ranged = async (
  graph: Architecture['graph'],
  architecture: Architecture,
  memory: ProofMemory,
  weights: Committed,
): Promise<Result<null>> => {
  const plan = await planRange(unwrap(await planned(graph, { hideInput: false, proofs: 0 })));
  const range = await proveRangeOf(memory, plan, architecture, weights, randomWords, async () => undefined);
  const problem = await rangeProblem({ ...architecture, range });
  return problem === null ? ok(null) : refuse(problem);
};

/** A sum of 64 hidden values, which lie in rows of 16. */
const rowsAdded = (): CheckedProgram =>
  programOf({ shape: [1], low: 0, high: 1 }, [i32([64], ...new Array(64).fill(1))], {
    form: { op: 'reduce_sum', x: 1 },
    dtype: 'i32',
    stage: stage(-MOST, MOST),
  });

/** An index that is no output, said to be another. */
const hiddenIndex = (index: number): Promise<Result<unknown>> => {
  const program = programOf(
    { ...X, shape: [1, 4] },
    [],
    { form: { op: 'argmax', x: 0 }, dtype: 'i32', stage: null },
    affine([1]),
  );
  return publicLie(program, {
    inputs: [i32([1, 4], 2, 7, 7, 1)],
    change: (run) => ({
      ...run,
      outputs: [i32([1], index + 1)],
      value: (id) => (id === 1 ? i32([1], index) : run.value(id)),
    }),
  });
};

const WIDE = [2 ** 20 + 5, 3] as const;

/** The larger of two values further apart than a table holds. */
const wideMaximum = (): CheckedProgram =>
  programOf({ shape: [1, 2], low: -(2 ** 24), high: 2 ** 24 }, [], {
    form: { op: 'reduce_max', x: 0 },
    dtype: 'i32',
    stage: null,
  });

const ATTACKS: Record<string, () => Promise<Result<unknown>>> = {
  'product of another input': () =>
    publicLie(matmul(4), { inputs: [i8([1, 4], 1, 2, 3, 4)], runs: [i8([1, 4], 4, 2, 3, 4)], change: same }),
  'lookup of another input': () =>
    publicLie(programOf(X, [table], lookup), { inputs: [x], runs: [plus(x, 1)], change: same }),
  'index of the second of the largest': () => hiddenIndex(2),
  'index that is in no row': () => hiddenIndex(-1),
  'row of another index': () =>
    publicLie(
      programOf(
        { shape: [1], low: 0, high: 4 },
        [i8([6, 2], 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)],
        { form: { op: 'affine', x: [0], c: [1], d: 0 }, dtype: 'i32', stage: stage(-MOST, MOST) },
        { form: { op: 'gather', data: 1, index: 2 }, dtype: 'i8', stage: null },
      ),
      { inputs: [i32([1], 1)], runs: [i32([1], 2)], change: same },
    ),
  'other indices read': async () => {
    const program = unwrap(
      checkProgram({
        inputs: [{ name: 'x', dtype: 'i32', shape: [1, 4], low: -100, high: 100, encoding: UNIT }],
        constants: [],
        nodes: [{ form: { op: 'argmax', x: 0 }, dtype: 'i32', stage: null }, affine([1])],
        outputs: [1, 2].map((value) => ({ name: `y${value}`, value, encoding: UNIT })),
        states: [],
      }),
    );
    return publicLie(program, {
      inputs: [i32([1, 4], 5, 9, 7, 1)],
      change: (run) => ({ ...run, outputs: [run.outputs[0]!, plus(run.outputs[1]!, 1)] }),
    });
  },
  'sum of another input': () =>
    publicLie(programOf(X, [], affine([0])), { inputs: [x], runs: [plus(x, 1)], change: same }),
  'wrong product of hidden factors': () => publicLie(squares(), { inputs: [smallX], change: more() }),
  'wrong product under pads': () => publicLie(squares(), { inputs: [smallX], change: more(), hideInput: true }),
  'parts that make another sum': () =>
    publicLie(programOf(X, [], affine([0], -60, 60), affine([0], -50, 50), affine([1, 2])), {
      inputs: [x],
      change: more(),
    }),
  'value in no table': () => publicLie(programOf(X, [], affine([0], -60, 60)), { inputs: [x], change: more(1) }),
  'value that is not the one committed to': () =>
    publicLie(programOf(X, [], affine([0], -60, 60)), { inputs: [x], change: more() }),
  'false sample of a witness': () =>
    publicLie(programOf({ ...X, shape: [1024] }, [], affine([0], -60, 60)), {
      inputs: [i32([1024], ...new Array(1024).fill(7))],
      change: same,
    }),
  'lookup counted once more': () => publicLie(programOf(X, [], affine([0], -60, 60)), { inputs: [x], change: same }),
  'another index of the largest': () =>
    publicLie(programOf({ ...X, shape: [1, 4] }, [], { form: { op: 'argmax', x: 0 }, dtype: 'i32', stage: null }), {
      inputs: [i32([1, 4], 5, 9, 7, 1)],
      change: (run) => ({ ...run, outputs: [i32([1], 2)], value: (id) => (id === 1 ? i32([1], 2) : run.value(id)) }),
    }),
  'quotient put together wrongly': () =>
    publicLie(programOf({ shape: [4], low: -(2 ** 22), high: 2 ** 22 }, [], affine([0], -128, 127)), {
      inputs: [x],
      change: more(1),
    }),
  'largest of parts put together wrongly': () =>
    publicLie(wideMaximum(), { inputs: [i32([1, 2], ...WIDE)], change: more() }),
  'hidden input out of its range': () =>
    publicLie(programOf(X, [], affine([0])), {
      inputs: [x],
      runs: [i32([4], 150, 1, 2, 3)],
      change: same,
      hideInput: true,
    }),
  'output that differs by p': () =>
    publicLie(programOf(X, [], affine([0])), {
      inputs: [x],
      change: (run) => ({ ...run, outputs: run.outputs.map((y) => plus(y, -P)) }),
    }),
  'other weights under the root': async () => {
    const [mine, theirs] = [
      matmul(4),
      programOf(
        { shape: [1, 4], low: -100, high: 100, dtype: 'i8' },
        [i8([2, 4], 3, 3, 3, 3, 3, 3, 3, 2)],
        matmul(4).nodes[0]!,
      ),
    ];
    const [own, other] = [unwrap(await commit(mine, { proofs: 0 })), unwrap(await commit(theirs, { proofs: 0 }))];
    const posing = Object.create(other, { architecture: { value: own.architecture } }) as typeof other;
    const { file } = unwrap(await prove(posing, [i8([1, 4], 1, 2, 3, 4)]));
    return verify(file, own.architecture);
  },
  'other weights in parts': async () => {
    const own = matmul(3);
    const graph = graphOf(own, true);
    const plan = unwrap(await planned(graph, { hideInput: false, proofs: 0 }));
    const memory = await ProofMemory.create();
    const weights = commitWeights(memory, plan, randomWords);
    const architecture = privately(graph, weights.root);
    const other = i8([2, 3], 9, 9, 9, 9, 9, 9);
    const outputs = [i32([1, 2], 9 * 6, 9 * 6)];
    const change = (run: Run): Run => ({
      ...run,
      outputs,
      value: (id) => (id === 1 ? other : id === 2 ? outputs[0]! : run.value(id)),
    });
    return verify(
      await privateLie(architecture, { inputs: [i8([1, 3], 1, 2, 3)], change, weights, memory }),
      architecture,
    );
  },
  'value behind a hidden constant': async () => {
    const sum: Node = { form: { op: 'reduce_sum', x: 1 }, dtype: 'i32', stage: stage(-MOST, MOST) };
    const program = programOf({ shape: [1], low: 0, high: 1 }, [i32([15], ...new Array(15).fill(1))], sum);
    const graph = graphOf(program, true);
    const plan = unwrap(await planned(graph, { hideInput: false, proofs: 0 }));
    const memory = await ProofMemory.create();
    const weights = commitMatrix(memory, shapesOf(plan)[0]!, (_, words) => words.fill(1));
    const architecture = privately(graph, weights.root);
    // The prover sums what is committed to, the sixteenth value too.
    const change = (run: Run): Run => ({
      ...more()(run),
      value: (id) => (id === 1 ? i32([16], ...new Array(16).fill(1)) : run.value(id)),
    });
    return verify(await privateLie(architecture, { inputs: [i32([1], 0)], change, weights, memory }), architecture);
  },
  'clamp declared away': async () => {
    const product: Node = { form: { op: 'matmul', a: 2, b: 1, bias: null }, dtype: 'i8', stage: stage(-128, 127) };
    const wide: Node = { form: { op: 'affine', x: [3], c: [1], d: 0 }, dtype: 'i32', stage: stage(-MOST, MOST) };
    const narrow: Node = { form: { op: 'affine', x: [0], c: [1], d: 0 }, dtype: 'i8', stage: stage(-128, 127) };
    const program = programOf({ shape: [1, 1], low: -100, high: 100 }, [i8([1, 1], 100)], narrow, product, wide);
    const proved = graphOf(program, true);
    const quotients = proved.quotients.map((each, id) => (id === 3 ? { low: -128, high: 127 } : each));
    const graph = graphWith(program, quotients, proved.hidden);
    const plan = unwrap(await planned(graph, { hideInput: false, proofs: 0 }));
    const memory = await ProofMemory.create();
    const weights = commitWeights(memory, plan, randomWords);
    const architecture = privately(graph, weights.root);
    const outputs = [i32([1, 1], 10_000)];
    const change = (run: Run): Run => ({ ...run, outputs, value: (id) => (id >= 3 ? outputs[0]! : run.value(id)) });
    return verify(
      await privateLie(architecture, { inputs: [i32([1, 1], 100)], change, weights, memory }),
      architecture,
    );
  },
  'level that commits to another row': async () => {
    const other = rowOf(long, (u) => addTo(u, [ONE]));
    return ofCombination(other.value, openRow(long, other).proof);
  },
  'another value behind levels': async () => {
    const row = rowOf(long);
    return ofCombination(add(row.value, ONE), openRow(long, row).proof);
  },
  'level that is no code word': async () => {
    const row = rowOf(long);
    const far = farFromCode(levelsOf(long.code)[0]!.shape);
    return ofCombination(row.value, openRow(long, row, undefined, far).proof);
  },
  'level under another root': async () => {
    const row = rowOf(long);
    const change = (bytes: Uint8Array, part: number) => (part === 0 ? bytes.map((byte) => byte ^ 1) : bytes);
    return ofCombination(row.value, openRow(long, row, change).proof);
  },
  'weight that is no i8': async () => {
    const { graph, architecture, memory, weights } = await committedTo(matmul(16), (words) => {
      words.fill(3);
      words[0] = 2 ** 30 - 1;
    });
    return ranged(graph, architecture, memory, weights);
  },
  'rows of i32 that are no code words': async () => {
    const { graph, architecture, memory, weights } = await committedTo(rowsAdded(), (words) => words.fill(3));
    const bent = bentApart(memory, weights);
    return ranged(graph, { ...architecture, weights: bent.root }, memory, bent);
  },
  'renewal of other weights': async () => {
    const graph = graphOf(matmul(16), true);
    const plan = unwrap(await planned(graph, { hideInput: false, proofs: 2 }));
    const memory = await ProofMemory.create();
    const layout = renewalLayout(plan);
    const [shape] = shapesOf(layout);
    const [own, other] = [3, 4].map((weight) => commitMatrix(memory, shape!, (_, words) => words.fill(weight)));
    const id = architectureId(graph, 2);
    const renewal = { architecture: id, from: own!.root, to: other!.root };
    const proof = await proveRenewal(memory, layout, renewal, [own!, other!]);
    return verifyRenewal(encodeRenewal(renewal, proof), { kind: 'private', graph, id, weights: own!.root, proofs: 2 });
  },
  'rows that add up to a code word': async () => {
    const { graph, memory, weights } = await committedTo(rowsAdded(), (words) => words.fill(1));
    const bent = bentApart(memory, weights);
    const architecture = privately(graph, bent.root);
    const file = await privateLie(architecture, { inputs: [i32([1], 0)], change: same, weights: bent, memory });
    return verify(file, architecture);
  },
  'sum that differs by p': () => {
    // Clamped alike, and one of far more quotients than the other: its table would hold what the other is with p added.
    const shifted = (shift: number): Node => ({
      form: { op: 'affine', x: [0], c: [1], d: 0 },
      dtype: 'i8',
      stage: { shift, low: -128, high: 127 },
    });
    const most = 900 * 2 ** 20;
    const program = programOf({ shape: [4], low: -most, high: most }, [], shifted(20), shifted(13), affine([1, 2]));
    const outputs = [i32([4], 127 - 128 + 1, 1, 1, 1)];
    return publicLie(program, {
      inputs: [i32([4], -most, 0, 0, 0)],
      change: (run) => ({
        ...run,
        outputs,
        value: (id) => (id === 1 ? i8([4], 127, 0, 0, 0) : run.value(id)),
        sums: (id) => (id === 1 ? plus(run.sums(id), P) : run.sums(id)),
      }),
    });
  },
  'replay under another id': async () => {
    const program = programOf(X, [], affine([0], -60, 60));
    const subject = publicly(program);
    const { file } = unwrap(await prove(subject, [x]));
    const id = subject.id.map((byte) => byte ^ 1);
    const replayed = file.slice();
    replayed.set(id, 9);
    return verify(replayed, { ...subject, id });
  },
  'bytes behind the proof': async () => {
    const subject = publicly(programOf(X, [], affine([0], -60, 60)));
    const { file } = unwrap(await prove(subject, [x]));
    return verify(Uint8Array.from([...file, 0]), subject);
  },
};

const verified = await ATTACKS[process.argv[2]!]!();
process.stdout.write(verified.ok ? 'accepted' : verified.problem.message);
