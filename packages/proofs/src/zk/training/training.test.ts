/** Small real training runs, proved and verified; and what is no such run. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { overClaims, type Result, unwrap } from '@surety/core';
import { createEngine, type Tensor, tensor } from '@surety/programs';
import { Random } from '../../../../programs/test/random.ts';
import { liedLink, moved } from '../../../test/training-liar.ts';
import { queriesOf, SECURITY_BITS } from '../commit/soundness.ts';
import { shapesOf } from '../plan/hiding.ts';
import { stagedTie } from '../plan/plan.ts';
import { soundnessOf } from '../soundness.ts';
import { verifyLink } from './link.ts';
import { parityProblem } from './parity.ts';
import { proveTraining, type TrainingData, type TrainingProof } from './prove.ts';
import { planTraining, type Training, type TrainingSetting } from './setting.ts';
import { verifyTraining } from './verify.ts';

const SETTING: TrainingSetting = {
  shape: { widths: [5, 2], batch: 8, rateBits: 1, momentum32nds: 16 },
  batches: 3,
  steps: 8,
  audit: { samples: 20, positive: 1 },
};

/** Points on two sides of a plane, and two groups that lie alike. */
const drawn = ({ step, setting }: Training, seed: number): TrainingData => {
  const random = new Random(seed);
  const { widths, batch } = setting.shape;
  const samples = (rows: number) => {
    const x = Array.from({ length: rows * widths[0]! }, () => random.int(-16, 16));
    const labels = Array.from({ length: rows }, (_, i) => (x[i * widths[0]!]! + x[i * widths[0]! + 1]! > 0 ? 1 : 0));
    return { x: tensor('i8', [rows, widths[0]!], x), labels: tensor('i8', [rows], labels) };
  };
  const kept = step.program.inputs.filter((_, i) => step.program.states.some(({ input }) => input === i));
  const states = kept.map(({ dtype, shape, name }) => {
    const size = shape.reduce((product, n) => product * n, 1);
    const values = Array.from({ length: size }, () => (name.startsWith('layer') ? random.int(-4_000, 4_000) : 0));
    return tensor(dtype, shape, values);
  });
  const { x } = samples(setting.audit.samples);
  const group = tensor(
    'i8',
    [setting.audit.samples],
    Array.from({ length: setting.audit.samples }, (_, i) => i % 2),
  );
  return { states, batches: Array.from({ length: setting.batches }, () => samples(batch)), audit: { x, group } };
};

const codeOf = <T>(result: Result<T>): string =>
  result.ok ? 'accepted' : `${result.problem.code} ${result.problem.field}`;

let training: Training;
let data: TrainingData;
let proof: TrainingProof;
let last: readonly Tensor[];

before(async () => {
  training = unwrap(await planTraining(SETTING));
  data = drawn(training, 1);
  ({ proof, states: last } = unwrap(await proveTraining(training, data)));
});

test('eight steps of a regression are proved, and lead to the weights that training gives', async () => {
  const verified = unwrap(await verifyTraining(training, proof, { parityPpm: 1_000_000 }));
  const engine = unwrap(await createEngine(training.step.program));
  let states = data.states;
  for (let at = 0; at < SETTING.steps; at++) {
    const { x, labels } = data.batches[at % 3]!;
    const { outputs } = unwrap(await engine.run([...states, x, labels]));
    states = training.step.plan.hiddenOutputs.map((i) => outputs[i]!);
  }
  assert.deepEqual(last, states);
  assert.notDeepEqual(last, data.states);
  const ones = data.batches.flatMap(({ labels }) => [...labels.values]).filter((label) => label === 1).length;
  assert.deepEqual(verified.counts, [24 - ones, ones]);
  assert.deepEqual(verified.members, [10, 10]);
  assert.deepEqual(overClaims(verified.finding), []);
});

test('a perceptron with a hidden layer is proved', async () => {
  const small = unwrap(
    await planTraining({
      shape: { widths: [6, 4, 2], batch: 4, rateBits: 2, momentum32nds: 0 },
      batches: 1,
      steps: 2,
      audit: { samples: 4, positive: 0 },
    }),
  );
  const made = unwrap(await proveTraining(small, drawn(small, 2)));
  unwrap(await verifyTraining(small, made.proof));
});

test('broken links are refused: states, batches and steps in another order, or of another run', async () => {
  const swap = <T>(list: readonly T[], a: number, b: number): T[] =>
    list.map((one, i) => (i === a ? list[b]! : i === b ? list[a]! : one));
  const check = (part: Partial<TrainingProof>) => verifyTraining(training, { ...proof, ...part });
  assert.equal(codeOf(await check({ states: swap(proof.states, 2, 3) })), 'proof.refuted steps[1]');
  assert.equal(codeOf(await check({ steps: swap(proof.steps, 0, 3) })), 'proof.refuted steps[0]');
  assert.equal(codeOf(await check({ batches: swap(proof.batches, 0, 1) })), 'proof.refuted steps[0]');
  assert.equal(codeOf(await check({ auditSet: proof.batches[0]! })), 'proof.refuted audit');
  assert.equal(codeOf(await check({ steps: proof.steps.slice(1) })), 'proof.malformed steps');
  // The same data and first weights under other roots: its steps do not go on where these end.
  const again = unwrap(await proveTraining(training, data)).proof;
  const mixed = { steps: [...proof.steps.slice(0, 4), ...again.steps.slice(4)] };
  assert.equal(codeOf(await check(mixed)), 'proof.refuted steps[4]');
  assert.equal(codeOf(await check({ audit: again.audit })), 'proof.refuted audit');
});

test('other counts than the data have are refused, and other roots than agreed on', async () => {
  const [counts] = proof.balance.outputs;
  const moved = tensor('i32', [2], [counts!.values[0]! - 1, counts!.values[1]! + 1]);
  const balance = { ...proof.balance, outputs: [moved] };
  assert.equal(codeOf(await verifyTraining(training, { ...proof, balance })), 'proof.refuted balance');
  // The same element of the field, and no count.
  const wrapped = tensor('i32', [2], [counts!.values[0]! - (2 ** 31 - 1), counts!.values[1]!]);
  const same = await liedLink(
    training.balance,
    data.batches.flatMap(({ x, labels }) => [x, labels]),
    (run) => ({ ...run, outputs: [wrapped] }),
  );
  assert.equal(codeOf(await verifyLink(training.balance, same.roots, same, 'balance')), 'proof.refuted balance');
  const [positives, members] = proof.audit.outputs;
  const better = tensor('i32', [2], [positives!.values[0]! + 1, positives!.values[1]!]);
  const audit = { ...proof.audit, outputs: [better, members!] };
  assert.equal(codeOf(await verifyTraining(training, { ...proof, audit })), 'proof.refuted audit');
  const expect = (expected: Parameters<typeof verifyTraining>[2]) => verifyTraining(training, proof, expected);
  assert.equal(codeOf(await expect({ first: proof.states[1]! })), 'proof.other first state');
  assert.equal(codeOf(await expect({ batches: proof.batches.toReversed() })), 'proof.other training set');
  assert.equal(codeOf(await expect({ auditSet: proof.states[0]! })), 'proof.other audit set');
  assert.equal(codeOf(await expect({ counts: [12, 13] })), 'proof.other balance of labels');
});

test('a step with another rate is no step of this program', async () => {
  const other = unwrap(await planTraining({ ...SETTING, shape: { ...SETTING.shape, rateBits: 2 } }));
  assert.equal(codeOf(await verifyTraining(other, proof)), 'proof.refuted steps[0]');
});

test('a step that moves a weight otherwise, or counts otherwise, cannot be proved', async () => {
  const { step, balance } = training;
  const { x, labels } = data.batches[0]!;
  const given = [...data.states, x, labels];
  const check = async (change: Parameters<typeof liedLink>[2]) => {
    const { roots, ...made } = await liedLink(step, given, change);
    return codeOf(await verifyLink(step, roots, made, 'step'));
  };
  assert.equal(await check((run) => run), 'accepted');
  for (const output of step.plan.hiddenOutputs) {
    const id = step.plan.graph.outputs[output]!.value;
    const [shift] = stagedTie(step.plan, id).shifts;
    // Value and sum fit one another, so that the lookups hold: only the relation to what went in is broken.
    assert.equal(await check((run) => moved(run, id, 1, 2 ** shift!)), 'proof.refuted step', `output ${output}`);
  }
  const sets = data.batches.flatMap((batch) => [batch.x, batch.labels]);
  const [counts] = proof.balance.outputs;
  const more = tensor('i32', [2], [counts!.values[0]! + 1, counts!.values[1]! - 1]);
  const { roots, ...made } = await liedLink(balance, sets, (run) => ({ ...run, outputs: [more] }));
  assert.equal(codeOf(await verifyLink(balance, roots, made, 'balance')), 'proof.refuted balance');
});

test('what goes out of a step is committed to as what goes into the next, with room for every opening', async () => {
  const { step, balance, audit } = training;
  const shapesBy = (plan: typeof step.plan, kind: string) =>
    shapesOf(plan).filter((_, i) => plan.matrices[i]!.kind === kind);
  const [states, batch] = shapesBy(step.plan, 'input');
  assert.deepEqual(shapesBy(step.plan, 'output'), [states]);
  assert.equal(shapesBy(audit.plan, 'input')[0]!.rows, states!.rows);
  assert.deepEqual(shapesBy(balance.plan, 'input'), [batch, batch, batch]);
  // Batch 0 is read by steps 0, 3 and 6 and counted once; no proof opens more columns than stated.
  assert.ok(batch!.randomness >= 4 * queriesOf(batch!));
  for (const { plan } of [step, balance, audit]) assert.ok((await soundnessOf(plan)).bits >= SECURITY_BITS);
});

test('no byte of a step can be changed', async () => {
  const [first] = proof.steps;
  for (let at = 0; at < first!.proof.length; at += Math.ceil(first!.proof.length / 40)) {
    const changed = first!.proof.slice();
    changed[at]! ^= 1 << (at % 8);
    const steps = [{ ...first!, proof: changed }, ...proof.steps.slice(1)];
    assert.equal(codeOf(await verifyTraining(training, { ...proof, steps })), 'proof.refuted steps[0]', `byte ${at}`);
  }
});

test('settings that cannot be proved are refused by name', async () => {
  const planned = async (part: Partial<TrainingSetting>) => codeOf(await planTraining({ ...SETTING, ...part }));
  assert.equal(await planned({ steps: 0 }), 'proof.unsupported steps');
  assert.equal(await planned({ batches: 65 }), 'proof.unsupported batches');
  assert.equal(await planned({ steps: 190 }), 'proof.unsupported openings');
  assert.equal(await planned({ audit: { samples: 20, positive: 2 } }), 'program.invalid positive');
  assert.equal(await planned({ shape: { ...SETTING.shape, batch: 3 } }), 'program.invalid batch');
});

test('rates are compared exactly, and not at all where a group is empty', () => {
  assert.equal(parityProblem([1, 1], [3, 3], 0), null);
  assert.equal(parityProblem([1, 2], [10, 10], 100_000), null);
  assert.equal(parityProblem([1, 2], [10, 10], 99_999)?.code, 'proof.refuted');
  assert.equal(parityProblem([0, 0], [0, 5], 1_000_000)?.code, 'proof.refuted');
});
