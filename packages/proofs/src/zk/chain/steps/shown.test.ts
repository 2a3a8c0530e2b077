/** Data as they are shown on the chain, question by question. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { mlpProgram, randomLayers } from '../../../../../programs/test/networks.ts';
import { Random } from '../../../../../programs/test/random.ts';
import { honestClaim } from '../../../../test/step-lies.ts';
import { answerStep } from './answer.ts';
import { claimOf, type StepClaimed } from './claim.ts';
import { encodeStepQuestion } from './question.ts';
import { type StepExchange, shownData } from './shown.ts';

const WIDTHS = [16, 8, 2];
let claim: StepClaimed;
before(async () => {
  claim = await honestClaim(mlpProgram(WIDTHS, randomLayers(WIDTHS, 1)));
});

/** All that is missing, asked for until nothing is. */
const asked = (of: StepClaimed, most = 1_000): readonly StepExchange[] => {
  const exchanges: StepExchange[] = [];
  for (let i = 0; i < most; i++) {
    const { missing } = shownData(of.program, of.run.trace, exchanges);
    if (missing === null) break;
    const question = encodeStepQuestion(missing);
    exchanges.push({ question, answer: answerStep(of, question) });
  }
  return exchanges;
};

test('data that is shown question by question is the data, in as few questions as there can be', () => {
  const exchanges = asked(claim);
  assert.equal(exchanges.length, Math.ceil(claim.data.length / 256 / 64));
  const { data, records } = shownData(claim.program, claim.run.trace, exchanges);
  assert.deepEqual([data, records], [claim.data, claim.recordTree.root]);
  // Whatever order they came in, and whoever asked.
  const mixed = [...exchanges.slice(2), ...exchanges.slice(0, 2), exchanges[0]!];
  assert.deepEqual(shownData(claim.program, claim.run.trace, mixed).data, claim.data);
});

test('only what is missing is asked for', () => {
  const exchanges = asked(claim);
  const without = exchanges.filter((_, i) => i !== 1);
  assert.deepEqual(shownData(claim.program, claim.run.trace, without).missing, {
    kind: 'chunks',
    first: 64,
    count: 64,
  });
  const question = encodeStepQuestion({ kind: 'chunks', first: 10, count: 5 });
  const some = [{ question, answer: answerStep(claim, question) }];
  assert.deepEqual(shownData(claim.program, claim.run.trace, some).missing, { kind: 'chunks', first: 0, count: 10 });
  assert.deepEqual(shownData(claim.program, claim.run.trace, []).missing, { kind: 'chunks', first: 0, count: 64 });
});

test('answers about another claim, with a byte changed, cut off or of no question show nothing', () => {
  const other = claimOf(claim.program, claim.run, claim.data.slice().fill(3), claim.records);
  const [first] = asked(claim, 1) as [StepExchange];
  const random = new Random(3);
  const wrong: StepExchange[] = [
    asked(other, 1)[0]!,
    { ...first, answer: first.answer.subarray(0, -1) },
    { ...first, answer: Uint8Array.of(...first.answer, 0) },
    { ...first, answer: new Uint8Array(0) },
    { question: new Uint8Array(3), answer: first.answer },
  ];
  for (let round = 0; round < 20; round++) {
    const answer = first.answer.slice();
    // Steps, bytes of data and root of the steps are hashed into the program, which is known.
    answer[random.int(40, answer.length - 1)]! ^= 1 << random.int(0, 7);
    wrong.push({ ...first, answer });
  }
  for (const each of wrong) {
    const { data, missing } = shownData(claim.program, claim.run.trace, [each]);
    assert.deepEqual([data, missing], [null, { kind: 'chunks', first: 0, count: 64 }]);
  }
});
