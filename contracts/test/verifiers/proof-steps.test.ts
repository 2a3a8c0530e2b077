/** The route of proofs by steps: answers made in TypeScript, judged by the contract. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { concatBytes, leafHash } from '@surety/core';
import { answerStep, encodeStepQuestion, type StepClaimed } from '@surety/proofs/zk';
import { Random } from '../../../packages/programs/test/random.ts';
import { Writer } from '../../../packages/proofs/src/optimistic/bytes.ts';
import { HashTree } from '../../../packages/proofs/src/optimistic/tree.ts';
import { claimOf } from '../../../packages/proofs/src/zk/chain/steps/claim.ts';
import { encodeStep, type Step } from '../../../packages/proofs/src/zk/chain/steps/machine.ts';
import { stepProgramId } from '../../../packages/proofs/src/zk/chain/steps/program.ts';
import { digits, siteNames } from '../../../packages/proofs/test/bundled.ts';
import { challenged, honestClaim, pretended } from '../../../packages/proofs/test/step-lies.ts';
import { CHAINS, chainProgram } from './chains.ts';
import { type Harness, openProofStepVerifier } from './harness.ts';

const NONE = new Uint8Array();
const NO_RECORD = new Uint8Array(32);
/** What a step may take, as a transaction of its own. */
const MOST_STEP_GAS = 300_000;
/** What the arbiter prepays. */
const MOST_ANSWER_GAS = 1_000_000;

let route: Harness;
let small: StepClaimed;
/** Constants and input hidden, and so long a row that it is opened through a level. */
let hiding: StepClaimed;
before(async () => {
  route = await openProofStepVerifier();
  const program = chainProgram(CHAINS['32 → 16 → 2']!);
  small = await honestClaim(program);
  hiding = await honestClaim(program, { proofs: 8, hideInput: true });
});
after(() => route.close());

const said = async (claim: StepClaimed, question: Uint8Array, answer: Uint8Array): Promise<string> => {
  const { holds, reverted } = await route.verify(claim.run, question, NO_RECORD, answer);
  return reverted ? 'reverted' : holds;
};

const step = (index: number): Uint8Array => encodeStepQuestion({ kind: 'step', step: index });

/** A step of each kind: the same instructions, whatever they are about. */
const kinds = ({ program: { steps } }: StepClaimed): ReadonlyMap<string, number> =>
  new Map(steps.map(({ code }, index) => [code.map(({ op }) => op).join(' '), index]));

const flipped = (bytes: Uint8Array, at: number, bit = 0): Uint8Array => {
  const changed = bytes.slice();
  changed[at]! ^= 1 << bit;
  return changed;
};

test('whoever claims a proof that holds answers for every step', async (context) => {
  let most = 0;
  for (const index of small.program.steps.keys()) {
    const answer = answerStep(small, step(index));
    assert.equal(await said(small, step(index), answer), 'shown', `step ${index}`);
  }
  const claims: (readonly [string, StepClaimed])[] = [['all hidden', hiding]];
  for (const [name, spec] of Object.entries(CHAINS)) claims.push([name, await honestClaim(chainProgram(spec))]);
  claims.push(['weights hidden', await honestClaim(chainProgram(CHAINS['64 → 64 → 32 → 2']!), { proofs: 1 })]);
  claims.push(['digits', await honestClaim(await digits())]);
  claims.push(['site-names, input hidden', await honestClaim(siteNames(), { hideInput: true })]);
  for (const [name, claim] of claims) {
    for (const index of kinds(claim).values()) {
      const answer = answerStep(claim, step(index));
      assert.equal(await said(claim, step(index), answer), 'shown', `${name}, step ${index}`);
      most = Math.max(most, await route.gas(claim.run, step(index), NO_RECORD, answer));
    }
  }
  context.diagnostic(`the dearest step: ${most} gas`);
  assert.ok(most <= MOST_STEP_GAS);
});

test('nothing is shown without a question, and no answer is one to another', async () => {
  assert.equal(await said(small, NONE, NONE), 'not-shown');
  assert.equal(await said(small, NONE, answerStep(small, step(3))), 'not-shown');
  assert.equal(await said(small, step(3), answerStep(small, step(4))), 'reverted');
  assert.equal(await said(small, step(3), NONE), 'reverted');
});

test('every question has an answer, whatever its bytes', async () => {
  const random = new Random(9);
  const { length } = small.data;
  const steps = small.program.steps.length;
  const questions = [
    ...[0, 1, 100, Math.ceil(length / 256) - 1, Math.ceil(length / 256), 2 ** 32 - 1].flatMap((first) =>
      [1, 2, 64, 0, 65].map((count) => encodeStepQuestion({ kind: 'chunks', first, count })),
    ),
    ...[0, 3, 9, 10, 31, 32].flatMap((level) =>
      [0, 1, 4, steps].map((first) => encodeStepQuestion({ kind: 'records', level, first, count: 128 })),
    ),
    encodeStepQuestion({ kind: 'records', level: 0, first: 0, count: 129 }),
    ...[steps, 2 ** 32 - 1].map(step),
    ...Array.from({ length: 40 }, () =>
      Uint8Array.from({ length: random.int(1, 9) }, (_, i) => random.int(0, i === 0 ? 4 : 255)),
    ),
  ];
  for (const question of questions) {
    const answer = answerStep(small, question);
    assert.equal(await said(small, question, answer), 'shown', `${question}`);
    // More or less than the answer is none.
    assert.equal(await said(small, question, Uint8Array.of(...answer, 0)), 'reverted', `${question}`);
    if (answer.length > 0) assert.equal(await said(small, question, answer.slice(0, -1)), 'reverted', `${question}`);
  }
  const dearest = encodeStepQuestion({ kind: 'chunks', first: 1, count: 64 });
  const gas = await route.gas(small.run, dearest, NO_RECORD, answerStep(small, dearest));
  assert.ok(gas < MOST_ANSWER_GAS, `${gas}`);
});

test('no byte of an answer can be changed, of any kind of step', async () => {
  const random = new Random(11);
  for (const index of kinds(small).values()) {
    const answer = answerStep(small, step(index));
    const places = Array.from({ length: 8 }, () => random.int(0, answer.length - 1));
    for (const at of places) {
      assert.equal(await said(small, step(index), flipped(answer, at)), 'reverted', `step ${index}, byte ${at}`);
    }
  }
  const other = { ...small, run: { ...small.run, trace: flipped(small.run.trace, 0) } };
  assert.equal(await said(other, step(3), answerStep(small, step(3))), 'reverted');
});

/** Claims in which something about a step is wrong: its record, or data or a record that it reads. */
const liesAbout = ({ program, run, data, records }: StepClaimed, index: number): readonly (() => StepClaimed)[] => {
  const { reads, stretch } = program.steps[index]!;
  const other = (at: number, byte: number) => () =>
    claimOf(program, run, data, records.with(at, flipped(records[at]!, byte)));
  const own = records[index]!.length === 0 ? [] : [other(index, records[index]!.length - 1), other(index, 7)];
  const read = reads.flatMap(({ record }) => {
    const { length } = records[record]!;
    // Words that the step only passes on change its own record as well.
    return Array.from({ length: Math.ceil(length / 96) }, (_, i) => other(record, 96 * i + 31));
  });
  const ends = stretch.length === 0 ? [] : [0, stretch.length - 1];
  const seen = ends.map((at) => () => claimOf(program, run, flipped(data, stretch.offset + at), records));
  return [...own, ...read, ...seen];
};

test('a step of any kind that does not follow has no answer: a wrong record, and wrong data or a wrong record before it', async () => {
  let tried = 0;
  for (const index of kinds(small).values()) {
    for (const lied of liesAbout(small, index).slice(0, 8)) {
      tried++;
      const lie = lied();
      const judged = await said(lie, step(index), answerStep(lie, step(index)));
      // What is loaded along with a word that is needed may not matter to this step; then the one that wrote it is wrong.
      if (judged === 'shown') assert.notEqual(challenged(lie)!.step, index);
      else assert.equal(judged, 'reverted');
    }
  }
  assert.ok(tried > 150, `${tried}`);
});

test('nor has a step that only verifiers of proofs that hide have', async () => {
  const known = kinds(small);
  const others = [...kinds(hiding)].filter(([kind]) => !known.has(kind));
  assert.ok(others.length > 30, `${others.length}`);
  for (const [kind, index] of others) {
    // Its record where it has one; else what it compares: the last node of a path, the last word that it reads.
    const lies = liesAbout(hiding, index);
    const lie = (hiding.records[index]!.length > 0 ? lies[0] : lies.at(-1))!();
    assert.equal(await said(lie, step(index), answerStep(lie, step(index))), 'reverted', kind);
  }
});

test('whoever claims a proof that does not hold is left without an answer', async () => {
  const random = new Random(13);
  for (const [claim, rounds] of [
    [small, 8],
    [hiding, 4],
  ] as const) {
    const { program, run, data, records } = claim;
    const lies: StepClaimed[] = [];
    const stretches = program.steps.map(({ stretch }) => stretch).filter(({ length }) => length > 0);
    for (let round = 0; round < rounds; round++) {
      const { offset, length } = random.pick(stretches);
      const other = flipped(data, offset + random.int(0, length - 1), random.int(0, 7));
      lies.push(pretended(claim, other), claimOf(program, run, other, records));
    }
    const at = random.pick([...records.keys()].filter((index) => records[index]!.length > 0));
    lies.push(pretended(claim, data, (index) => index === at));
    // Another output: with the proof of this one, and all as if it had been right.
    lies.push(pretended({ ...claim, run: { ...run, output: flipped(run.output, 3) } }, data));
    for (const lie of lies) {
      const wrong = challenged(lie)!;
      assert.ok(wrong.questions <= 3);
      assert.equal(await said(lie, step(wrong.step), answerStep(lie, step(wrong.step))), 'reverted', `${wrong.step}`);
    }
  }
});

/** A claim on three steps, the first or second of which passes on what it reads, and the answer about it with these leaves. */
const reading = (index: number, numbers: readonly number[], shown: readonly (number | 'hash')[]) => {
  const empty = { reads: [], stretch: { offset: 0, length: 0 }, constants: new Uint8Array() } as const;
  const number: Step = { ...empty, writes: [0], code: [{ op: 'number', to: 0, a: 0, b: 0, immediate: 5 }] };
  const reads = numbers.map((record, i) => ({ record, words: 1, to: i }));
  const steps = [number, number, number].with(index, { ...number, reads, code: [] });
  const tree = new HashTree(steps.map((each) => leafHash(encodeStep(each))));
  const data = { ...small.program.data, length: 1 };
  const five = new Uint8Array(32);
  five[7] = 5;
  const claim = claimOf({ id: stepProgramId(3, 1, tree.root), steps, tree, data }, small.run, new Uint8Array(1), [
    five,
    five,
    five,
  ]);
  const { dataTree, recordTree } = claim;
  const bytes = encodeStep(steps[index]!);
  const out = new Writer().u32(3).u32(1).raw(tree.root).raw(recordTree.root).raw(dataTree.root);
  out
    .u16(bytes.length)
    .raw(bytes)
    .raw(tree.hash(0, 1 - index))
    .raw(tree.hash(0, 2));
  const leaves = shown.map((each, i) => (each === 'hash' ? recordTree.hash(0, i) : five));
  return { claim, answer: concatBytes(out.done(), ...leaves) };
};

test('a step reads only records before its own, each in its place, whatever program somebody commits to', async () => {
  const sound = reading(1, [0], [0, 1, 'hash']);
  assert.equal(await said(sound.claim, step(1), sound.answer), 'shown');
  // The record behind its own, and one twice: the last leaf would stand for its own record.
  for (const [index, numbers, shown] of [
    [0, [1], ['hash', 1, 2]],
    [1, [0, 0], [0, 1, 2]],
  ] as const) {
    const { claim, answer } = reading(index, numbers, shown);
    assert.equal(await said(claim, step(index), answer), 'reverted', `${numbers}`);
  }
});
