import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { claimOf } from '../../test/cases.ts';
import { CASE_LIMITS, type GivenSide, readCaseFile } from './case-file.ts';

const claim = claimOf({ kind: 'site', host: 'uniswap-claim-rewards.app' });
const side = (outcome: number, ...texts: string[]): GivenSide => ({
  outcome,
  exhibits: texts.map((text) => ({ title: 'a letter', text })),
});
const refusal = (sides: unknown) => {
  const read = readCaseFile(claim, sides);
  return read.ok ? null : read.problem.field;
};

test('sides come by outcome, exhibits are numbered, and the id is of what is read', () => {
  const file = unwrap(readCaseFile(claim, [side(1, 'we are honest', 'see above'), side(0, 'it stole')]));
  assert.deepEqual(
    file.sides.map(({ outcome, exhibits }) => [outcome, exhibits.map(({ id, text }) => `${id} ${text}`)]),
    [
      [0, ['0.1 it stole']],
      [1, ['1.1 we are honest', '1.2 see above']],
    ],
  );
  const other = unwrap(readCaseFile(claim, [side(0, 'it stole'), side(1, 'we are honest', 'see\u200b above')]));
  assert.notEqual(other.id, file.id, 'the count of hidden characters is read too');
  assert.equal(unwrap(readCaseFile(claim, [side(0, 'it stole'), side(1, 'we are honest', 'see above')])).id, file.id);
});

test('one side’s length costs nobody else: it is cut, and says so', () => {
  const long = 'word '.repeat(20_000);
  const file = unwrap(readCaseFile(claim, [side(0, long, 'too late'), side(1, 'short')]));
  const [first, second] = file.sides;
  assert.equal(first?.exhibits[0]?.text.length, CASE_LIMITS.charactersPerSide);
  assert.ok((first?.exhibits[0]?.changed.cut ?? 0) > 90_000);
  assert.equal(first?.exhibits[1]?.text, '');
  assert.equal(second?.exhibits[0]?.text, 'short');
});

test('unknown outcomes, an outcome twice, abstaining sides and unknown fields are refused by name', () => {
  assert.equal(refusal([side(2, 'x')]), 'sides.0.outcome');
  assert.equal(refusal([side(0, 'x'), side(0, 'y')]), 'sides.1.outcome');
  assert.equal(refusal([side(252, 'x')]), 'sides.0.outcome');
  assert.equal(refusal([side(253, 'x'), side(254), side(255)]), null);
  assert.notEqual(refusal([{ ...side(0, 'x'), verdict: 0 }]), null);
  assert.notEqual(refusal([side(0, ...new Array<string>(CASE_LIMITS.exhibitsPerSide + 1).fill('x'))]), null);
  assert.notEqual(refusal([side(0, 'a'.repeat(CASE_LIMITS.givenCharacters + 1))]), null);
});
