/** Small real training runs, proved and verified; and what is no such run. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { commitmentLeafBytes, commitmentLeafOf, type Logged, overClaims, toHex, unwrap } from '@surety/core';
import { createEngine, type Tensor, tensor } from '@surety/programs';
import { logOf } from '../../../../core/test/log.ts';
import { TRUST } from '../../../../core/test/sample.ts';
import {
  codeOf,
  inPieces,
  joined,
  proved,
  SECRET,
  SETTING,
  settled,
  type Taken,
  taken,
} from '../../../test/training.ts';
import { liedLink, moved } from '../../../test/training-liar.ts';
import { queriesOf, SECURITY_BITS } from '../commit/soundness.ts';
import { shapesOf } from '../plan/hiding.ts';
import { stagedTie } from '../plan/plan.ts';
import { soundnessOf } from '../soundness.ts';
import { dataSetRoot } from './commit.ts';
import type { TrainingExpected } from './expected.ts';
import { verifyLink } from './link.ts';
import { parityProblem, percentOf } from './parity.ts';
import type { TrainingRun } from './run.ts';
import { planTraining, type TrainingSetting } from './setting.ts';
import { verifyTraining } from './verify.ts';

let run: TrainingRun;
let file: Uint8Array;
let last: readonly Tensor[];
let parts: Taken;

const check = (part: Partial<Taken>, expected: TrainingExpected = {}) =>
  verifyTraining(inPieces(joined({ ...parts, ...part })), { expected });

before(async () => {
  run = await settled(SETTING, 1);
  ({ file, states: last } = await proved(run));
  parts = await taken(run.training, file);
});

test('five steps of a regression are proved, and lead to the weights that training gives', async () => {
  const { training, data } = run;
  const done: number[] = [];
  const options = { expected: { parityPpm: 999_999 }, onStep: (step: number) => done.push(step) };
  const verified = unwrap(await verifyTraining(inPieces(file), options));
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
  assert.deepEqual(verified.setting, SETTING);
  assert.deepEqual(done, [1, 2, 3, 4, 5]);
  assert.deepEqual(overClaims(verified.finding), []);
  assert.match(JSON.stringify(verified.finding), /24 samples, .*at most 99.9999 percentage points apart/);
});

test('a perceptron on more batches than a node reads is proved, and no bound is stated where none is', async () => {
  const small = await settled(
    {
      shape: { widths: [6, 4, 2], batch: 4, rateBits: 2, momentum32nds: 0 },
      batches: 17,
      steps: 2,
      openings: 2,
      audit: { samples: 4, positive: 0 },
      parityPpm: null,
    },
    2,
  );
  const verified = unwrap(await verifyTraining(inPieces((await proved(small)).file)));
  assert.doesNotMatch(JSON.stringify(verified.finding), /apart/);
});

test('what a log holds of the roots is told beside the proofs, and does not bear on them', async () => {
  const { roots, id } = run;
  const all = [dataSetRoot(roots.batches), roots.auditSet, roots.model, id].map((root) => toHex(root));
  const { checkpoint, inclusions } = await logOf(all.map((root) => commitmentLeafBytes(commitmentLeafOf(root, 1))));
  const entries = all.map((commitment, index) => ({ commitment, at: 1, index, inclusion: inclusions[index]! }));
  const [pinned] = TRUST.logs;
  const trust = { ...TRUST, logs: [{ ...pinned!, witnessQuorum: 0 }] };
  const orderOf = async (part: Partial<Logged> = {}) => {
    const logged: Logged = { type: 'surety/logged/v1', checkpoint, entries, ...part };
    const verified = unwrap(await verifyTraining(inPieces(file), { log: { logged, trust } }));
    return [verified.finding.holds, verified.order.holds];
  };
  assert.deepEqual(await orderOf(), ['shown', 'shown']);
  assert.deepEqual(await orderOf({ entries: [{ ...entries[0]!, at: 2 }] }), ['shown', 'refuted']);
  const verified = unwrap(await verifyTraining(inPieces(file)));
  assert.equal(verified.order.holds, 'not-shown');
  assert.deepEqual(verified.run, id);
});

test('broken links are refused: states, batches and steps in another order, or of another run', async () => {
  const swap = <T>(list: readonly T[], a: number, b: number): T[] =>
    list.map((one, i) => (i === a ? list[b]! : i === b ? list[a]! : one));
  const { header, records } = parts;
  const rooted = (roots: Partial<typeof header.roots>) => ({
    header: { ...header, roots: { ...header.roots, ...roots } },
  });
  const states = swap(
    records.map(({ state }) => state),
    2,
    3,
  );
  const restated = records.map((record, i) => ({ ...record, state: states[i]! }));
  assert.equal(codeOf(await check({})), 'accepted');
  assert.equal(codeOf(await check({ records: restated })), 'proof.refuted steps[1]');
  assert.equal(codeOf(await check({ records: swap(records, 1, 4) })), 'proof.refuted steps[0]');
  assert.equal(codeOf(await check(rooted({ batches: swap(header.roots.batches, 0, 1) }))), 'proof.refuted balance');
  assert.equal(codeOf(await check(rooted({ model: header.roots.batches[0]! }))), 'proof.refuted steps[0]');
  assert.equal(codeOf(await check(rooted({ auditSet: header.roots.batches[0]! }))), 'proof.refuted audit');
  // The same data and first weights under other seeds: its steps do not go on where these end.
  const again = await settled(SETTING, 1, { ...SECRET, model: new Uint8Array(32).fill(4) });
  const other = await taken(again.training, (await proved(again)).file);
  const mixed = [...records.slice(0, 4), ...other.records.slice(4)];
  assert.equal(codeOf(await check({ records: mixed })), 'proof.refuted steps[3]');
  assert.equal(
    codeOf(await check({ records: [...records.slice(0, -1), other.records.at(-1)!] })),
    'proof.refuted audit',
  );
});

test('other counts than the data have are refused, and other roots than agreed on', async () => {
  const { header, records } = parts;
  const [balance, audit] = [records[0]!, records.at(-1)!];
  const [counts] = balance.outputs;
  const shifted = tensor('i32', [2], [counts!.values[0]! - 1, counts!.values[1]! + 1]);
  const counted = [{ ...balance, outputs: [shifted] }, ...records.slice(1)];
  assert.equal(codeOf(await check({ records: counted })), 'proof.refuted balance');
  // The same element of the field, and no count.
  const wrapped = tensor('i32', [2], [counts!.values[0]! - (2 ** 31 - 1), counts!.values[1]!]);
  const same = await liedLink(
    run.training.balance,
    run.data.batches.flatMap(({ x, labels }) => [x, labels]),
    (made) => ({ ...made, outputs: [wrapped] }),
  );
  assert.equal(codeOf(await verifyLink(run.training.balance, same.roots, same, 'balance')), 'proof.refuted balance');
  const [positives, members] = audit.outputs;
  const better = tensor('i32', [2], [positives!.values[0]! + 1, positives!.values[1]!]);
  const audited = [...records.slice(0, -1), { ...audit, outputs: [better, members!] }];
  assert.equal(codeOf(await check({ records: audited })), 'proof.refuted audit');
  const { model, auditSet, batches } = header.roots;
  const agreed = { model, auditSet, dataSet: dataSetRoot(batches), counts: [...counts!.values] };
  assert.equal(codeOf(await check({}, agreed)), 'accepted');
  assert.equal(codeOf(await check({}, { model: auditSet })), 'proof.other first model');
  assert.equal(codeOf(await check({}, { dataSet: dataSetRoot(batches.toReversed()) })), 'proof.other data set');
  assert.equal(codeOf(await check({}, { auditSet: model })), 'proof.other audit set');
  assert.equal(codeOf(await check({}, { counts: [12, 13] })), 'proof.other balance of labels');
});

test('a setting that the steps were not made by is refused', async () => {
  const { header } = parts;
  const slower = { ...SETTING.shape, rateBits: 2 };
  assert.equal(
    codeOf(await check({ header: { ...header, setting: { ...SETTING, shape: slower } } })),
    'proof.refuted steps[0]',
  );
  const negative = { ...SETTING, audit: { samples: 20, positive: 0 } };
  assert.equal(codeOf(await check({ header: { ...header, setting: negative } })), 'proof.refuted audit');
});

test('a bound that the rates do not keep is refused, whoever states it', async () => {
  const [p0, p1] = parts.records.at(-1)!.outputs[0]!.values;
  const apart = Math.abs(p0! - p1!) * 100_000;
  const stated = { ...parts.header, setting: { ...SETTING, parityPpm: apart } };
  assert.ok(apart > 0, 'the groups are decided for alike: draw others');
  assert.equal(codeOf(await check({ header: stated })), 'accepted');
  const closer = { ...parts.header, setting: { ...SETTING, parityPpm: apart - 1 } };
  assert.equal(codeOf(await check({ header: closer })), 'proof.refuted audit');
  assert.equal(codeOf(await check({}, { parityPpm: apart - 1 })), 'proof.refuted audit');
});

test('a step that moves a weight otherwise, or counts otherwise, cannot be proved', async () => {
  const { step, balance } = run.training;
  const { data } = run;
  const { x, labels } = data.batches[0]!;
  const given = [...data.states, x, labels];
  const lie = async (change: Parameters<typeof liedLink>[2]) => {
    const { roots, ...told } = await liedLink(step, given, change);
    return codeOf(await verifyLink(step, roots, told, 'step'));
  };
  assert.equal(await lie((made) => made), 'accepted');
  for (const output of step.plan.hiddenOutputs) {
    const id = step.plan.graph.outputs[output]!.value;
    const [shift] = stagedTie(step.plan, id).shifts;
    // Value and sum fit one another, so that the lookups hold: only the relation to what went in is broken.
    assert.equal(await lie((made) => moved(made, id, 1, 2 ** shift!)), 'proof.refuted step', `output ${output}`);
  }
  const sets = data.batches.flatMap((batch) => [batch.x, batch.labels]);
  const [counts] = parts.records[0]!.outputs;
  const more = tensor('i32', [2], [counts!.values[0]! + 1, counts!.values[1]! - 1]);
  const { roots, ...told } = await liedLink(balance, sets, (made) => ({ ...made, outputs: [more] }));
  assert.equal(codeOf(await verifyLink(balance, roots, told, 'balance')), 'proof.refuted balance');
});

test('what goes out of a step is committed to as what goes into the next, with room for every opening', async () => {
  const { step, balance, audit } = run.training;
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
  const [balance, first, ...rest] = parts.records;
  for (let at = 0; at < first!.proof.length; at += Math.ceil(first!.proof.length / 40)) {
    const changed = first!.proof.slice();
    changed[at]! ^= 1 << (at % 8);
    const records = [balance!, { ...first!, proof: changed }, ...rest];
    assert.equal(codeOf(await check({ records })), 'proof.refuted steps[0]', `byte ${at}`);
  }
});

test('settings that cannot be proved are refused by name', async () => {
  const planned = async (part: Partial<TrainingSetting>) => codeOf(await planTraining({ ...SETTING, ...part }));
  assert.equal(await planned({ steps: 0 }), 'proof.unsupported steps');
  assert.equal(await planned({ steps: 9 }), 'accepted');
  assert.equal(await planned({ steps: 10 }), 'proof.unsupported steps');
  assert.equal(await planned({ batches: 32 }), 'accepted');
  assert.equal(await planned({ batches: 33 }), 'proof.unsupported batches');
  assert.equal(await planned({ openings: 1 }), 'proof.unsupported openings');
  assert.equal(await planned({ openings: 65 }), 'proof.unsupported openings');
  assert.equal(await planned({ parityPpm: 1_000_001 }), 'proof.unsupported parityPpm');
  assert.equal(await planned({ shape: { ...SETTING.shape, widths: [4_096, 4_096, 2] } }), 'proof.unsupported weights');
  const wide = { ...SETTING.shape, widths: [4_096, 2], batch: 1_024 };
  assert.equal(await planned({ shape: wide, batches: 5 }), 'proof.unsupported numbers');
  assert.equal(await planned({ audit: { samples: 20, positive: 2 } }), 'program.invalid positive');
  assert.equal(await planned({ shape: { ...SETTING.shape, batch: 3 } }), 'program.invalid batch');
});

test('rates are compared exactly, and not at all where a group is empty', () => {
  assert.equal(parityProblem([1, 1], [3, 3], 0), null);
  assert.equal(parityProblem([1, 2], [10, 10], 100_000), null);
  assert.equal(parityProblem([1, 2], [10, 10], 99_999)?.code, 'proof.refuted');
  assert.equal(parityProblem([0, 0], [0, 5], 1_000_000)?.code, 'proof.refuted');
});

test('millionths are said as percent, without a digit too many', () => {
  assert.deepEqual([0, 1, 33_334, 400_000, 1_000_000].map(percentOf), ['0', '0.0001', '3.3334', '40', '100']);
});
