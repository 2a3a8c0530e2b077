/** That the steps of every operator accept what is proved, and no other run: networks, and programs drawn at random. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { type CheckedProgram, checkProgram, type OpName, type Tensor } from '@surety/programs';
import { anyInput, vggProgram } from '../../../../../programs/test/networks.ts';
import { Random } from '../../../../../programs/test/random.ts';
import { randomInputs, randomProgram } from '../../../../../programs/test/random-program.ts';
import { transformerProgram } from '../../../../../programs/test/transformer.ts';
import { digits, siteNames } from '../../../../test/bundled.ts';
import type { Hides } from '../../../../test/step-lies.ts';
import { plus } from '../../../../test/step-scene.ts';
import { lied } from '../../../../test/zk-liar.ts';
import { commit } from '../../api/commit.ts';
import { prove } from '../../api/prove.ts';
import { commitWeights } from '../../api/weights.ts';
import { ProofMemory } from '../../memory.ts';
import { planned } from '../../plan/pads.ts';
import { randomWords } from '../../random.ts';
import type { Run } from '../../witness/run.ts';
import { uncommitted } from '../routes.ts';
import { stepClaim } from './claim.ts';
import { stepProgram } from './program.ts';
import { runSteps } from './run.ts';
import { ProgramWriter, TooManySteps } from './writer.ts';

const UNIT = { mantissa: 1, exponent: 0 };

const claimed = async (
  program: CheckedProgram,
  inputs: readonly Tensor[],
  { proofs = 0, hideInput = false }: Hides,
) => {
  const committed = unwrap(await commit(program, { proofs }));
  const made = await prove(committed, inputs, { hideInput });
  return made.ok ? stepClaim(committed.architecture, made.value.file) : made;
};

test('networks have claims, whatever is hidden, and no byte of the first steps can be changed', async (context) => {
  const networks: readonly (readonly [string, CheckedProgram, readonly Hides[]])[] = [
    ['digits', await digits(), [{}, { proofs: 2 }, { hideInput: true }, { proofs: 1, hideInput: true }]],
    ['site-names', siteNames(), [{}, { hideInput: true }]],
    ['convolutions', vggProgram([8, 'pool', 12, 'pool'], 16, 1), [{}, { proofs: 1 }]],
    [
      'a transformer',
      await transformerProgram({ layers: 1, tokens: 4, width: 8, heads: 2, hidden: 16 }, 1),
      [{}, { proofs: 1, hideInput: true }],
    ],
  ];
  const random = new Random(3);
  for (const [name, program, ways] of networks) {
    for (const hides of ways) {
      const { program: steps, run, data } = unwrap(await claimed(program, anyInput(program, 5), hides));
      const what = `${name} ${JSON.stringify(hides)}`;
      context.diagnostic(`${what}: ${steps.steps.length} steps, ${data.length} bytes of data`);
      const messages = steps.data.messages.at(-1)!.offset;
      for (let i = 0; i < 4; i++) {
        const changed = data.slice();
        const { offset, length } = random.pick(steps.data.messages.filter((each) => each.offset < messages));
        changed[offset + random.int(0, length - 1)]! ^= 1 << random.int(0, 7);
        assert.notEqual(runSteps(steps.steps, run, changed).failed, null, what);
      }
    }
  }
});

test('random programs have claims, or say why not', async () => {
  const seen = new Map<OpName, number>();
  const without = new Set<string>();
  for (let seed = 0; seed < 800; seed++) {
    const program = randomProgram(seed, 4);
    if (program.inputs.length !== 1 || program.outputs.length !== 1 || program.constants.length === 0) continue;
    const committed = await commit(program, { proofs: seed % 3 === 0 ? 1 : 0 });
    if (!committed.ok) continue;
    const made = await prove(committed.value, randomInputs(program, seed), { hideInput: seed % 4 === 1 });
    if (!made.ok) continue;
    const claim = await stepClaim(committed.value.architecture, made.value.file);
    if (!claim.ok) {
      assert.equal(claim.problem.code, 'proof.unsupported', `seed ${seed}: ${claim.problem.message}`);
      without.add(claim.problem.message);
    } else for (const { form } of program.nodes) seen.set(form.op, (seen.get(form.op) ?? 0) + 1);
  }
  assert.ok(without.size <= 2, [...without].join(' '));
  assert.ok(seen.size >= 9, `${[...seen.keys()]}`);
});

/** A lie about a run of a program: what the prover says of some value. */
const refuted = async (program: CheckedProgram, change: (run: Run) => Run): Promise<string> => {
  const { graph } = uncommitted(program);
  const memory = await ProofMemory.create();
  const weights = commitWeights(memory, unwrap(await planned(graph, { hideInput: false, proofs: 0 })), randomWords);
  const architecture = { ...uncommitted(program), weights: weights.root };
  const named = { kind: 'private', architecture: architecture.id, weights: weights.root } as const;
  const file = await lied({ graph, named, inputs: anyInput(program, 5), weights, memory, change });
  const made = await stepClaim(architecture, file);
  return made.ok ? 'claimed' : made.problem.code;
};

test('lies about values of a network have no claim', async () => {
  const program = siteNames();
  const first = program.inputs.length + program.constants.length;
  assert.equal(await refuted(program, (run) => run), 'claimed');
  const outputs = (run: Run): Run => ({ ...run, outputs: run.outputs.map((y) => plus(y, 1)) });
  assert.equal(await refuted(program, outputs), 'proof.refuted');
  // Exact sums of a convolution with shifts by channel, of a scaling, and of the last layer.
  for (const node of [3, 4, 6, 9]) {
    const sums = (run: Run): Run => ({
      ...run,
      sums: (id) => (id === first + node ? plus(run.sums(id), 1) : run.sums(id)),
    });
    assert.equal(await refuted(program, sums), 'proof.refuted', `node ${node}`);
  }
});

const i8 = (shape: readonly number[], values: readonly number[]) => ({
  ...({ dtype: 'i8', shape } as const),
  read: () => Int8Array.from(values),
});

test('what cannot be written out is refused with a word on what to do', async () => {
  const input = { name: 'x', dtype: 'i8', low: 0, high: 3, encoding: UNIT } as const;
  const programs = {
    'nodes[0]': unwrap(
      checkProgram({
        inputs: [{ ...input, shape: [2] }],
        constants: [i8([4, 2], [1, 2, 3, 4, 5, 6, 7, 8])],
        nodes: [{ form: { op: 'gather', data: 1, index: 0 }, dtype: 'i8', stage: null }],
        outputs: [{ name: 'y', value: 2, encoding: UNIT }],
        states: [],
      }),
    ),
    'nodes[1]': unwrap(
      checkProgram({
        inputs: [{ ...input, shape: [1, 2] }],
        constants: [i8([3, 2], [1, 2, 3, 4, 5, 6])],
        nodes: [
          { form: { op: 'matmul', a: 0, b: 1, bias: null }, dtype: 'i8', stage: { shift: 0, low: -128, high: 127 } },
          { form: { op: 'argmax', x: 2 }, dtype: 'i32', stage: null },
        ],
        outputs: [{ name: 'y', value: 3, encoding: UNIT }],
        states: [],
      }),
    ),
    inputs: unwrap(
      checkProgram({
        inputs: [
          { ...input, shape: [2] },
          { ...input, name: 'z', shape: [2] },
        ],
        constants: [i8([2], [1, 2])],
        nodes: [
          {
            form: { op: 'affine', x: [0, 1, 2], c: [1, 1, 1], d: 0 },
            dtype: 'i8',
            stage: { shift: 0, low: -128, high: 127 },
          },
        ],
        outputs: [{ name: 'y', value: 3, encoding: UNIT }],
        states: [],
      }),
    ),
  };
  for (const [field, program] of Object.entries(programs)) {
    const made = await stepProgram(uncommitted(program));
    assert.ok(!made.ok);
    assert.deepEqual([made.problem.code, made.problem.field], ['proof.unsupported', field]);
    assert.ok(made.problem.next.length > 0);
  }
});

test('what computed indices choose from is public in a commitment that hides nothing, and refused in one that hides', async () => {
  const program = siteNames();
  assert.ok(!uncommitted(program, 0).graph.hidden.has(2));
  assert.ok(uncommitted(program, 1).graph.hidden.has(2));
  const made = await commit(program, { proofs: 1 });
  assert.equal(made.ok ? 'committed' : made.problem.code, 'proof.unsupported');
});

test('no more steps are written than a program may have', () => {
  const book = new ProgramWriter(2);
  const one = () => book.step((step) => [step.number(1)]);
  assert.deepEqual([one(), one()], [0, 1]);
  assert.throws(one, TooManySteps);
});
