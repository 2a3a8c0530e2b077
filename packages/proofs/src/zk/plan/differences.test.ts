/** Maxima of values that are further apart than one table holds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Result, unwrap } from '@surety/core';
import { type CheckedProgram, checkProgram, type Node, runReference, type Shape, type Tensor } from '@surety/programs';
import fc from 'fast-check';
import { lied, publicly } from '../../../test/zk-liar.ts';
import { commit } from '../api/commit.ts';
import { prove } from '../api/prove.ts';
import { proveRange } from '../api/range.ts';
import { verify } from '../api/verify.ts';
import { graphOf } from '../graph/from-program.ts';
import { soundnessOf } from '../soundness.ts';
import { partOf, wideOf, wideRange } from './differences.ts';
import { planned } from './pads.ts';
import { MAX_TABLE_VARS } from './tables.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const codeOf = <T>(result: Result<T>): string => (result.ok ? 'accepted' : result.problem.code);

test('parts make up a difference and its relu, and lie in their tables', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2 ** 17, max: 2 ** 29 - 1 }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      (most, at) => {
        const difference = Math.round(at * most) + 0;
        const wide = wideOf({ low: -most, high: most });
        assert.ok(wide !== null);
        const [upper, risen, joined, lower, sign, kept] = (
          ['upper', 'risen', 'joined', 'lower', 'sign', 'kept'] as const
        ).map((part) => partOf(part, wide.k)(difference)) as [number, number, number, number, number, number];
        const by = 2 ** wide.k;
        assert.equal(by * upper + lower, difference);
        assert.equal(by * risen + kept, Math.max(difference, 0));
        assert.equal(by * sign + lower, joined);
        const { low, high } = wideRange(wide);
        assert.ok(low <= -most && high >= most);
        for (const [spec, value, gives] of [
          [wide.upper, upper, risen],
          [wide.sign, upper, sign],
          [wide.kept, joined, kept],
        ] as const) {
          assert.ok(spec.kind === 'clamp' && spec.from <= value && value <= spec.to);
          assert.equal(Math.min(Math.max(value, spec.low), spec.high), gives);
          assert.ok(spec.to - spec.from + 1 <= 2 ** MAX_TABLE_VARS);
        }
        assert.ok(wide.lower.kind === 'range' && wide.lower.low <= lower && lower <= wide.lower.high);
      },
    ),
    { numRuns: 2_000 },
  );
  assert.equal(wideOf({ low: -(2 ** 31 - 2), high: 2 ** 31 - 2 }), null);
});

const MOST = 2 ** 27;

const programOf = (shape: Shape, form: Node['form'], high = MOST, constants: readonly Tensor[] = []): CheckedProgram =>
  unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i32', encoding: UNIT, shape, low: -high, high }],
      constants: constants.map(({ dtype, shape: own, values }) => ({ dtype, shape: own, read: () => values })),
      nodes: [
        ...constants.map(
          (_, i): Node => ({
            form: { op: 'affine', x: [0, 1 + i], c: [1, 1], d: 0 },
            dtype: 'i32',
            stage: { shift: 0, low: -(2 ** 30 - 1), high: 2 ** 30 - 1 },
          }),
        ),
        { form, dtype: 'i32', stage: null },
      ],
      outputs: [{ name: 'y', value: 1 + 2 * constants.length, encoding: UNIT }],
      states: [],
    }),
  );

const tensorOf = (shape: Shape, seed: number): Tensor => {
  const size = shape.reduce((product, n) => product * n, 1);
  const values = Int32Array.from({ length: size }, (_, i) => ((Math.imul(i + seed, 2_654_435_761) | 0) >> 4) % MOST);
  return { dtype: 'i32', shape, values };
};

const POOL: Node['form'] = {
  op: 'max_pool',
  x: 0,
  kernel: [2, 3],
  strides: [1, 2],
  dilations: [1, 1],
  pads: [0, 1, 1, 0],
};

test('they are proved of rows and of windows, with the input shown or hidden', async () => {
  const cases: readonly (readonly [Shape, Node['form']])[] = [
    [[3, 5], { op: 'reduce_max', x: 0 }],
    [[8], { op: 'reduce_max', x: 0 }],
    [[1, 4, 5, 3], POOL],
  ];
  for (const [shape, form] of cases) {
    const program = programOf(shape, form, 2 ** 17 - 1);
    const wide = programOf(shape, form);
    const subject = publicly(wide);
    for (const seed of [1, 2, 3]) {
      const x = tensorOf(shape, seed);
      const { file, outputs } = unwrap(await prove(subject, [x]));
      assert.deepEqual(outputs[0]!.values, runReference(wide, [x]).at(-1)!.values);
      assert.equal(codeOf(await verify(file, subject)), 'accepted');
    }
    // A hidden input has to lie in a range that a table holds.
    const small = publicly(program);
    const within = tensorOf(shape, 4);
    const x = { ...within, values: within.values.map((v) => v >> 12) };
    const { file } = unwrap(await prove(small, [x], { hideInput: true }));
    assert.equal(codeOf(await verify(file, small)), 'accepted');
    const plan = unwrap(await planned(graphOf(wide, false), { hideInput: false, proofs: 0 }));
    assert.ok((await soundnessOf(plan)).bits >= 96);
  }
});

test('they are proved of what hidden constants make', async () => {
  const program = programOf([3, 5], { op: 'reduce_max', x: 2 }, 2 ** 20, [tensorOf([3, 5], 9)]);
  const hidden = unwrap(await commit(program, { proofs: 1 }));
  const x = { ...tensorOf([3, 5], 5), values: tensorOf([3, 5], 5).values.map((v) => v >> 8) };
  const { file, outputs } = unwrap(await prove(hidden, [x]));
  assert.deepEqual(outputs[0]!.values, runReference(program, [x]).at(-1)!.values);
  // What a hidden i32 may be leaves room for differences to wrap around: that is said, and not refused.
  const { finding } = unwrap(await verify(file, unwrap(await proveRange(hidden))));
  assert.match(finding.doesNotProve.join('\n'), /for 1 of them/);
});

test('no other value is the largest', async () => {
  const program = programOf([1, 5], { op: 'reduce_max', x: 0 });
  const subject = publicly(program);
  const x = tensorOf([1, 5], 1);
  const [output] = unwrap(await prove(subject, [x])).outputs;
  const named = { kind: 'public' as const, id: subject.id };
  for (const by of [0, 1, -1, 2 ** 20]) {
    const change = { ...output!, values: output!.values.map((y) => y + by) };
    const file = await lied({
      graph: graphOf(program, false),
      named,
      inputs: [x],
      change: (run) => ({ ...run, outputs: [change], value: (id) => (id === 1 ? change : run.value(id)) }),
    });
    assert.equal(codeOf(await verify(file, subject)), by === 0 ? 'accepted' : 'proof.refuted');
  }
});

test('values that may be 2^30 apart are refused', async () => {
  const program = programOf([1, 5], { op: 'reduce_max', x: 0 }, 2 ** 30 - 1);
  assert.equal(codeOf(await prove(publicly(program), [tensorOf([1, 5], 1)])), 'proof.unsupported');
});
