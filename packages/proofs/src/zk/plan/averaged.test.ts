/** Sums along an axis of a hidden constant: rows that are no code words do not pass for one because they add up to one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Result, unwrap } from '@surety/core';
import { type CheckedProgram, checkProgram, type Node, type Tensor } from '@surety/programs';
import { bentApart } from '../../../test/tampered.ts';
import { lied } from '../../../test/zk-liar.ts';
import { commit } from '../api/commit.ts';
import { prove } from '../api/prove.ts';
import { verify } from '../api/verify.ts';
import { commitWeights } from '../api/weights.ts';
import { architectureId } from '../graph/architecture.ts';
import { graphOf } from '../graph/from-program.ts';
import { ProofMemory } from '../memory.ts';
import { randomWords } from '../random.ts';
import { planned } from './pads.ts';

const UNIT = { mantissa: 1, exponent: 0 };
const MOST = 2 ** 30 - 1;
const WHOLE = { shift: 0, low: -MOST, high: MOST };
const codeOf = <T>(result: Result<T>): string => (result.ok ? 'accepted' : result.problem.code);

const x: Tensor = { dtype: 'i32', shape: [1], values: Int32Array.of(5) };
const values = Int32Array.from({ length: 64 }, (_, i) => i - 20);

/** Sums 64 values, which lie in rows of 16, once through each of these operators. */
const programOf = (...before: readonly Node[]): CheckedProgram =>
  unwrap(
    checkProgram({
      inputs: [{ name: 'x', dtype: 'i32', encoding: UNIT, shape: [1], low: 0, high: 9 }],
      constants: [{ dtype: 'i32', shape: [64], read: () => values }],
      nodes: [
        ...before,
        { form: { op: 'reduce_sum', x: 1 + before.length }, dtype: 'i32', stage: WHOLE },
        { form: { op: 'affine', x: [0, 2 + before.length], c: [1, 1], d: 0 }, dtype: 'i32', stage: WHOLE },
      ],
      outputs: [{ name: 'y', value: 3 + before.length, encoding: UNIT }],
      states: [],
    }),
  );

const BEFORE: Readonly<Record<string, readonly Node[]>> = {
  directly: [],
  'through another operator': [{ form: { op: 'affine', x: [1], c: [3], d: 1 }, dtype: 'i32', stage: WHOLE }],
};

for (const [how, before] of Object.entries(BEFORE)) {
  const program = programOf(...before);

  test(`a sum over a hidden constant is proved: ${how}`, async () => {
    for (const proofs of [0, 2]) {
      const hidden = unwrap(await commit(program, { proofs }));
      const { file, outputs } = unwrap(await prove(hidden, [x]));
      assert.equal(codeOf(await verify(file, hidden.architecture)), 'accepted');
      const sum = values.reduce((total, v) => total + v, 0);
      assert.deepEqual([...outputs[0]!.values], [5 + (how === 'directly' ? sum : 3 * sum + 64)]);
    }
  });

  test(`rows that are no code words are not summed: ${how}`, async () => {
    const graph = graphOf(program, true);
    const plan = unwrap(await planned(graph, { hideInput: false, proofs: 0 }));
    assert.equal(plan.rowVars, 4);
    for (const tamper of [false, true]) {
      const memory = await ProofMemory.create();
      const honest = commitWeights(memory, plan, randomWords);
      const weights = tamper ? bentApart(memory, honest) : honest;
      const id = architectureId(graph, 0);
      const architecture = { kind: 'private' as const, graph, id, weights: weights.root, proofs: 0 };
      const named = { kind: 'private' as const, architecture: id, weights: weights.root };
      const file = await lied({ graph, named, inputs: [x], change: (run) => run, weights, memory });
      assert.equal(codeOf(await verify(file, architecture)), tamper ? 'proof.refuted' : 'accepted');
    }
  });
}
