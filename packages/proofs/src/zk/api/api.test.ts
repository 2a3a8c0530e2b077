/** Runs proved and verified by the four functions, in every way of hiding; and whatever is changed in a proof. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concatBytes, overClaims, type Result, unwrap } from '@surety/core';
import { type CheckedProgram, commitProgram, createEngine, listRoot, type Tensor } from '@surety/programs';
import { anyInput, mlpProgram, randomLayers } from '../../../../programs/test/networks.ts';
import { randomnessFor } from '../commit/soundness.ts';
import { decodeArchitecture, encodeArchitecture } from '../graph/architecture.ts';
import { commit } from './commit.ts';
import { zkFinding } from './finding.ts';
import { prove } from './prove.ts';
import type { PublicProgram } from './subject.ts';
import { verify } from './verify.ts';

const WIDTHS = [20, 12, 10];
const layers = randomLayers(WIDTHS, 1);
const program = mlpProgram(WIDTHS, layers);
const inputs = anyInput(program, 7);

const publicly = (given: CheckedProgram): PublicProgram => ({
  kind: 'public',
  program: given,
  id: commitProgram(given).id,
});

const codeOf = <T>(result: Result<T>): string => (result.ok ? 'accepted' : result.problem.code);

const runOf = async (given: CheckedProgram, x: readonly Tensor[]): Promise<readonly Tensor[]> =>
  unwrap(await unwrap(await createEngine(given)).run(x)).outputs;

test('a run of a public program is proved, with its input shown or hidden', async () => {
  const subject = publicly(program);
  for (const hideInput of [false, true]) {
    const { file, outputs } = unwrap(await prove(subject, inputs, { hideInput }));
    assert.deepEqual(outputs, await runOf(program, inputs));
    const verified = unwrap(await verify(file, subject));
    assert.deepEqual(verified.outputs, outputs);
    assert.deepEqual(verified.inputs, hideInput ? null : inputs);
    if (!hideInput) assert.deepEqual(verified.input, listRoot(inputs));
    assert.equal(verified.finding.holds, 'shown');
    assert.deepEqual(overClaims(verified.finding), []);
  }
});

test('a run of a program with hidden constants is proved to whoever holds its architecture', async () => {
  const hidden = unwrap(await commit(program));
  const architecture = unwrap(decodeArchitecture(encodeArchitecture(hidden.architecture)));
  for (const hideInput of [false, true, false]) {
    const { file, outputs } = unwrap(await prove(hidden, inputs, { hideInput }));
    assert.deepEqual(outputs, await runOf(program, inputs));
    const verified = unwrap(await verify(file, architecture));
    assert.deepEqual(verified.outputs, outputs);
    assert.deepEqual(overClaims(verified.finding), []);
  }
});

test('nobody proves with other weights under the same name', async () => {
  const mine = unwrap(await commit(program));
  const theirs = unwrap(await commit(mlpProgram(WIDTHS, randomLayers(WIDTHS, 2))));
  // Everything of theirs but the name: they prove their run, and put my root into the statement and the file.
  const posing = Object.create(theirs, { architecture: { value: mine.architecture } }) as typeof theirs;
  const { file } = unwrap(await prove(posing, inputs));
  assert.equal(codeOf(await verify(file, mine.architecture)), 'proof.refuted');
  const honest = unwrap(await prove(theirs, inputs));
  assert.equal(codeOf(await verify(honest.file, mine.architecture)), 'proof.other');
});

test('a commitment is made again from its secret, and hides its constants in so many proofs', async () => {
  const first = unwrap(await commit(program, { proofs: 2 }));
  unwrap(await prove(first, inputs));
  const again = unwrap(await commit(program, { proofs: 2, secret: first.secret }));
  assert.deepEqual(again.architecture.weights, first.architecture.weights);
  const { file } = unwrap(await prove(again, inputs, { hideInput: true }));
  unwrap(await verify(file, first.architecture));
  assert.equal(codeOf(await prove(again, inputs)), 'proof.used-up');
  const other = unwrap(await commit(program, { proofs: 2 }));
  assert.notDeepEqual(other.architecture.weights, first.architecture.weights);
  const binding = unwrap(await commit(program, { proofs: 0 }));
  for (let i = 0; i < 2; i++) {
    const made = unwrap(await prove(binding, inputs));
    unwrap(await verify(made.file, binding.architecture));
  }
});

test('an input is hidden beside constants that are only bound, or refused where rows have no room', async () => {
  const short = unwrap(await commit(program, { proofs: 0 }));
  const none = await prove(short, inputs, { hideInput: true });
  assert.equal(codeOf(none), 'proof.unsupported');
  const [, least] = /^rows of (\d+) values or more$/.exec(none.ok ? '' : (none.problem.limit ?? '')) ?? [];
  const leastVars = Math.log2(Number(least));
  assert.notEqual(randomnessFor(leastVars, 1), null);
  assert.equal(randomnessFor(leastVars - 1, 1), null);
  const wide = mlpProgram([256, 256], randomLayers([256, 256], 1));
  const roomy = unwrap(await commit(wide, { proofs: 0 }));
  const { file } = unwrap(await prove(roomy, anyInput(wide, 1), { hideInput: true }));
  unwrap(await verify(file, roomy.architecture));
});

test('a proof of another program, input or output is told apart', async () => {
  const subject = publicly(program);
  const another = publicly(mlpProgram(WIDTHS, randomLayers(WIDTHS, 2)));
  const { file, outputs } = unwrap(await prove(subject, inputs));
  assert.equal(codeOf(await verify(file, another)), 'proof.other');
  const expected = { input: listRoot(inputs), output: listRoot(outputs) };
  assert.equal(codeOf(await verify(file, subject, { expected })), 'accepted');
  const [input, output] = [listRoot(anyInput(program, 8)), listRoot(inputs)];
  assert.equal(codeOf(await verify(file, subject, { expected: { input } })), 'proof.other');
  assert.equal(codeOf(await verify(file, subject, { expected: { output } })), 'proof.other');
  // The same statement of a program that is another one.
  assert.equal(codeOf(await verify(file, { ...another, id: subject.id })), 'proof.refuted');
});

test('no byte of a proof can be changed, added or left out', async () => {
  const hidden = unwrap(await commit(program));
  const cases = [
    { subject: publicly(program), check: publicly(program), hideInput: false },
    { subject: hidden, check: hidden.architecture, hideInput: true },
  ];
  for (const { subject, check, hideInput } of cases) {
    const { file } = unwrap(await prove(subject, inputs, { hideInput }));
    const step = Math.ceil(file.length / 150);
    for (let at = 0; at < file.length; at += at < 200 ? 7 : step) {
      const changed = file.slice();
      changed[at]! ^= 1 << (at % 8);
      const code = codeOf(await verify(changed, check));
      assert.match(code, /^(?:proof\.(?:malformed|refuted|other)|program\.input)$/, `byte ${at}`);
    }
    assert.notEqual(codeOf(await verify(concatBytes(file, Uint8Array.of(0)), check)), 'accepted');
    assert.notEqual(codeOf(await verify(file.subarray(0, -1), check)), 'accepted');
  }
});

test('inputs that the program does not take are refused; an abort stops the work', async () => {
  const subject = publicly(program);
  assert.equal(codeOf(await prove(subject, [])), 'program.input');
  await assert.rejects(prove(subject, inputs, { signal: AbortSignal.abort(new Error('enough')) }), /enough/);
  const seen: string[] = [];
  const late = new AbortController();
  const progress = ({ step }: { readonly step: string }): void => {
    seen.push(step);
    if (step === 'relations') late.abort(new Error('enough'));
  };
  await assert.rejects(prove(subject, inputs, { signal: late.signal, progress }), /enough/);
  assert.deepEqual(seen, ['witness', 'lookups', 'relations']);
});

test('a finding of a proof that fails says so and proves nothing', () => {
  const ids = { program: { kind: 'public', id: new Uint8Array(32) }, input: new Uint8Array(32) } as const;
  const finding = zkFinding(
    'zk',
    { ...ids, hidesInput: false, output: new Uint8Array(32), proofs: 0, constants: null },
    'it ends too early',
  );
  assert.equal(finding.holds, 'refuted');
  assert.deepEqual(overClaims(finding), []);
});
