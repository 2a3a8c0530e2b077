/** Outputs that are sums of committed values, none of which is sent: a false one does not open. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { type CheckedProgram, checkProgram, type Node, type Tensor } from '@surety/programs';
import { lied, publicly } from '../../../test/zk-liar.ts';
import { graphOf } from '../graph/from-program.ts';
import type { Run } from '../witness/run.ts';
import { verify } from './verify.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const MOST = 2 ** 30 - 1;

const clamped = (high: number): Node => ({
  form: { op: 'affine', x: [0], c: [1], d: 1 },
  dtype: 'i8',
  stage: { shift: 0, low: -high, high },
});

/** `3·a + b` of two values that are clamped and committed to; of three elements of each where they are cut. */
const summed = (cut: boolean): CheckedProgram => {
  const cuts: readonly Node[] = [1, 2].map((x) => ({
    form: { op: 'slice', x, starts: [1], steps: [1], shape: [3] },
    dtype: 'i8',
    stage: null,
  }));
  const sum: Node = {
    form: { op: 'affine', x: cut ? [3, 4] : [1, 2], c: [3, 1], d: 0 },
    dtype: 'i32',
    stage: { shift: 0, low: -MOST, high: MOST },
  };
  return unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i8', shape: [4], low: -100, high: 100, encoding: UNIT }],
      constants: [],
      nodes: [clamped(60), clamped(50), ...(cut ? cuts : []), sum],
      outputs: [{ name: 'y', value: cut ? 5 : 3, encoding: UNIT }],
      states: [],
    }),
  );
};

const x: Tensor = { dtype: 'i8', shape: [4], values: Int8Array.of(1, -90, 55, 70) };

const larger = (run: Run): Run => ({
  ...run,
  outputs: run.outputs.map((output) => ({ ...output, values: output.values.map((value) => value + 1) as Int32Array })),
});

for (const cut of [false, true]) {
  test(`a sum is that of its parts, ${cut ? 'known by sumchecks' : 'left to the opening'}`, async () => {
    const program = summed(cut);
    const subject = publicly(program);
    const named = { kind: 'public', id: subject.id } as const;
    const said = async (change: (run: Run) => Run) =>
      verify(await lied({ graph: graphOf(program, false), named, inputs: [x], change }), subject);
    assert.ok((await said((run) => run)).ok);
    const refused = await said(larger);
    assert.equal(refused.ok ? null : refused.problem.code, 'proof.refuted');
  });
}
