/** Rows that hidden or computed indices choose, and indices that other nodes read. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Result, unwrap } from '@surety/core';
import { type CheckedProgram, checkProgram, type Node, runReference, type Shape, type Tensor } from '@surety/programs';
import { lied, publicly } from '../../../test/zk-liar.ts';
import { commit } from '../api/commit.ts';
import { prove } from '../api/prove.ts';
import { verify } from '../api/verify.ts';
import { graphOf } from '../graph/from-program.ts';
import { planned } from '../plan/pads.ts';
import { soundnessOf } from '../soundness.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const MOST = 2 ** 30 - 1;
const WHOLE = { shift: 0, low: -MOST, high: MOST };
const codeOf = <T>(result: Result<T>): string => (result.ok ? 'accepted' : result.problem.code);
const i32 = (shape: Shape, ...values: number[]): Tensor => ({ dtype: 'i32', shape, values: Int32Array.from(values) });

const programOf = (
  input: { readonly shape: Shape; readonly low: number; readonly high: number },
  constants: readonly Tensor[],
  nodes: readonly Node[],
  outputs: readonly number[] = [nodes.length - 1],
): CheckedProgram =>
  unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i32', encoding: UNIT, ...input }],
      constants: constants.map(({ dtype, shape, values }) => ({ dtype, shape, read: () => values })),
      nodes,
      outputs: outputs.map((n) => ({ name: `y${n}`, value: 1 + constants.length + n, encoding: UNIT })),
      states: [],
    }),
  );

const dataOf = (shape: Shape): Tensor => {
  const size = shape.reduce((product, n) => product * n, 1);
  return { dtype: 'i32', shape, values: Int32Array.from({ length: size }, (_, i) => ((i * i * 7) % 1_000) - 50) };
};

const gather = (index: number): Node => ({ form: { op: 'gather', data: 1, index }, dtype: 'i32', stage: null });
/** 0 .. 4 of −2 .. 2. */
const above: Node = { form: { op: 'affine', x: [0], c: [1], d: 2 }, dtype: 'i32', stage: WHOLE };

const CASES: Readonly<Record<string, readonly [data: Shape, index: Shape]>> = {
  'entries of a table': [[5], [3]],
  rows: [[5, 3], [2]],
  'rows of one': [
    [5, 1],
    [2, 2],
  ],
  matrices: [
    [5, 3, 6],
    [3, 2],
  ],
};

for (const [what, [data, shape]] of Object.entries(CASES)) {
  test(`${what} by a hidden input, and by computed indices`, async () => {
    const size = shape.reduce((product, n) => product * n, 1);
    for (const [hideInput, program, low] of [
      [true, programOf({ shape, low: 0, high: 4 }, [dataOf(data)], [gather(0)]), 0],
      [true, programOf({ shape, low: -2, high: 2 }, [dataOf(data)], [above, gather(2)]), -2],
      [false, programOf({ shape, low: -2, high: 2 }, [dataOf(data)], [above, gather(2)]), -2],
    ] as const) {
      const subject = publicly(program);
      const x = i32(shape, ...Array.from({ length: size }, (_, i) => low + ((3 * i + 1) % 5)));
      const { file, outputs } = unwrap(await prove(subject, [x], { hideInput }));
      assert.deepEqual(outputs[0]!.values, runReference(program, [x]).at(-1)!.values);
      assert.equal(codeOf(await verify(file, subject)), 'accepted');
      const plan = unwrap(await planned(graphOf(program, false), { hideInput, proofs: 0 }));
      assert.ok((await soundnessOf(plan)).bits >= 96);
    }
  });
}

test('no other row can be read', async () => {
  const program = programOf({ shape: [2], low: -2, high: 2 }, [dataOf([5, 3])], [above, gather(2)]);
  const subject = publicly(program);
  const named = { kind: 'public' as const, id: subject.id };
  const graph = graphOf(program, false);
  const [x, other] = [i32([2], 1, -1), i32([2], 1, 0)];
  for (const runs of [x, other]) {
    const file = await lied({ graph, named, inputs: [x], runs: [runs], change: (run) => run });
    assert.equal(codeOf(await verify(file, subject)), runs === x ? 'accepted' : 'proof.refuted');
  }
});

test('what is hidden, computed or too large is not read by hidden indices', async () => {
  const hidden = programOf({ shape: [2], low: -2, high: 2 }, [dataOf([5, 3])], [above, gather(2)]);
  assert.equal(codeOf(await commit(hidden)), 'proof.unsupported');
  const large = programOf({ shape: [2], low: 0, high: 4 }, [dataOf([2 ** 11, 129])], [gather(0)]);
  assert.equal(codeOf(await prove(publicly(large), [i32([2], 1, 2)], { hideInput: true })), 'proof.unsupported');
  assert.equal(codeOf(await prove(publicly(large), [i32([2], 1, 2)])), 'accepted');
  const computed = programOf(
    { shape: [2], low: 0, high: 1 },
    [],
    [{ form: { op: 'gather', data: 0, index: 0 }, dtype: 'i32', stage: null }],
  );
  assert.equal(codeOf(await prove(publicly(computed), [i32([2], 1, 0)], { hideInput: true })), 'proof.unsupported');
});

const largest: readonly Node[] = [
  { form: { op: 'argmax', x: 0 }, dtype: 'i32', stage: null },
  { form: { op: 'affine', x: [1], c: [3], d: 1 }, dtype: 'i32', stage: WHOLE },
];

test('indices that are an output are read by other nodes', async () => {
  const program = programOf({ shape: [2, 3], low: -9, high: 9 }, [], largest, [0, 1]);
  const subject = publicly(program);
  const x = i32([2, 3], 1, 7, 7, -2, -3, -4);
  for (const hideInput of [false, true]) {
    const { file, outputs } = unwrap(await prove(subject, [x], { hideInput }));
    assert.deepEqual(
      outputs.map(({ values }) => [...values]),
      [
        [1, 0],
        [4, 1],
      ],
    );
    assert.equal(codeOf(await verify(file, subject)), 'accepted');
  }
  const file = await lied({
    graph: graphOf(program, false),
    named: { kind: 'public', id: subject.id },
    inputs: [x],
    change: (run) => ({ ...run, outputs: [run.outputs[0]!, i32([2], 7, 1)] }),
  });
  assert.equal(codeOf(await verify(file, subject)), 'proof.refuted');
});

test('indices that nobody sees are read by other nodes', async () => {
  const read: readonly Node[] = [
    { form: { op: 'argmax', x: 0 }, dtype: 'i32', stage: null },
    { form: { op: 'gather', data: 1, index: 2 }, dtype: 'i32', stage: null },
  ];
  for (const [shape, nodes, constants] of [
    [[3, 5], largest, []],
    [[1], largest, []],
    [[2, 2, 4], largest, []],
    [[3, 5], read, [dataOf([5, 3])]],
  ] as const) {
    const program = programOf({ shape, low: -9, high: 9 }, constants, nodes);
    const subject = publicly(program);
    const size = shape.reduce((product: number, n) => product * n, 1);
    for (const seed of [1, 2, 3]) {
      // Of few values, so that the largest is there more than once.
      const x = i32(shape, ...Array.from({ length: size }, (_, i) => (Math.imul(i + seed, 40_503) >> 3) % 3));
      const { file, outputs } = unwrap(await prove(subject, [x], { hideInput: seed === 2 }));
      assert.deepEqual(outputs[0]!.values, runReference(program, [x]).at(-1)!.values);
      assert.equal(codeOf(await verify(file, subject)), 'accepted');
    }
    const plan = unwrap(await planned(graphOf(program, false), { hideInput: true, proofs: 0 }));
    assert.ok((await soundnessOf(plan)).bits >= 96);
  }
});

test('an index that nobody sees is that of the first of the largest', async () => {
  const program = programOf({ shape: [1, 4], low: -9, high: 9 }, [], largest);
  const subject = publicly(program);
  const x = i32([1, 4], 2, 7, 7, 1);
  for (const index of [0, 1, 2, 3, -1, 4]) {
    const attempt = lied({
      graph: graphOf(program, false),
      named: { kind: 'public', id: subject.id },
      inputs: [x],
      change: (run) => ({
        ...run,
        outputs: [i32([1], 3 * index + 1)],
        value: (id) => (id === 1 ? i32([1], index) : run.value(id)),
      }),
    });
    if (index === 1) assert.equal(codeOf(await verify(await attempt, subject)), 'accepted');
    // Its parts are in no table; that lookups are needed is shown by the benchmark of soundness.
    else await assert.rejects(attempt, { code: 'internal' });
  }
});
