/** Values that are not sent: what is stated and claimed with them is opened, true or not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { combined, type Form, known, scaled, unsent } from '../channel/form.ts';
import { OpenProver, OpenVerifier } from '../channel/open.ts';
import { ProofError } from '../channel/problem.ts';
import { Transcript } from '../channel/transcript.ts';
import { add, type Ext, ext, mul, neg, ONE, ZERO } from '../field/ext.ts';
import { ProofMemory } from '../memory.ts';
import { randomExts, randomWords } from '../random.ts';
import { checkOpening } from './check.ts';
import { commitMatrix } from './commit.ts';
import type { LeftPart } from './left.ts';
import { open } from './open.ts';
import type { Claim, Evaluation } from './place.ts';
import { evaluateClaim } from './value.ts';

const [ROW_VARS, ROWS] = [6, 5];
const memory = await ProofMemory.create();
const shape = { rows: ROWS, rowVars: ROW_VARS, randomness: 0, blowupVars: 3, lean: true } as const;
const committed = commitMatrix(memory, shape, (_, words) => words.set(randomWords(2 ** ROW_VARS)));
const takenAt = (evaluation: Evaluation): Ext => evaluateClaim(memory, [committed], evaluation);

const evaluation = (offset: number, vars: number): Evaluation => ({
  place: { matrix: 0, offset, vars },
  point: randomExts(vars),
});
const whole = evaluation(0, ROW_VARS + 3);
const sample: Claim<Ext> = { ...whole, value: takenAt(whole) };

// Part of a row, a row, and rows.
const values = [evaluation(16, 4), evaluation(2 ** ROW_VARS, ROW_VARS), evaluation(0, ROW_VARS + 2)];
const [u0, u1, u2] = values.map(takenAt) as [Ext, Ext, Ext];
const three = ext(3);

/** `3·u0 + u1 − sum`. */
const statement = (sum: Ext): Form =>
  combined([
    [unsent(0), three],
    [unsent(1), ONE],
    [known(sum), neg(ONE)],
  ]);
const right = add(mul(three, u0), u1);

/** `u1 + 5·u2 + off` at the place of the third. */
const related = (off: Ext): Form =>
  combined([
    [unsent(1), ONE],
    [unsent(2), ext(5)],
    [known(off), ONE],
  ]);
const holds = add(u2, neg(add(u1, mul(ext(5), u2))));

/** Proves and checks: nothing is left to the verifier but what the prover says it was left. */
const opened = (sum: Ext, off: Ext, heard: LeftPart = { values, statements: [statement(sum)] }): void => {
  const claims = [sample, { ...values[2]!, value: ZERO }];
  const claimed = [known(sample.value), related(off)];
  const prover = new OpenProver(new Transcript());
  open(prover, memory, [committed], claims, { left: { values, statements: [statement(sum)], claimed } });
  const verifier = new OpenVerifier(new Transcript(), prover.bytes());
  const forms = claims.map((claim, l) => ({ ...claim, value: claimed[l]! }));
  checkOpening(verifier, memory, [committed], forms, { left: heard });
  verifier.end();
};

test('what is stated and claimed of values that were not sent is opened', () => opened(right, holds));

const WRONG = { message: 'the combined row has another value' };

test('a false statement is stopped, and a false claim', () => {
  assert.throws(() => opened(add(right, ONE), holds), WRONG);
  assert.throws(() => opened(right, add(holds, ONE)), WRONG);
});

test('a statement counts as much as it does, and of the values that it is about', () => {
  const of = (part: Partial<LeftPart>): LeftPart => ({ values, statements: [statement(right)], ...part });
  assert.throws(() => opened(right, holds, of({ statements: [scaled(statement(right), three)] })), ProofError);
  assert.throws(() => opened(right, holds, of({ values: values.with(1, values[2]!) })), ProofError);
  assert.throws(() => opened(right, holds, of({ statements: [] })), ProofError);
  assert.throws(() => opened(right, holds, of({ values: values.slice(0, 2) })), ProofError);
});
