import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { Machine } from '@surety/programs';
import { anyInput, mlpProgram, randomLayers } from '../../../programs/test/networks.ts';
import { changed, pairOf, seedOf } from '../../test/statistical.ts';
import { boundBits, sumsBound } from './bound.ts';
import { checkDesignated, newSecret, secretBound } from './designated.ts';
import { encodeRecord } from './record.ts';

const widths = [64, 96, 64];
const program = mlpProgram(widths, randomLayers(widths, 1));
const machine = await Machine.create();
const { checker, prove } = await pairOf(program, machine, { gain: 16 });
const inputs = anyInput(program, 1);
const { record, bytes } = await prove(inputs);
const lie = encodeRecord(checker.parts, { ...record, sums: changed(record.sums, 1, 3, 1) });

test('one secret checks many runs, and the first rejection spends it', async () => {
  let secret = await newSecret(checker, seedOf(1));
  for (let i = 0; i < 5; i++) {
    const own = anyInput(program, i);
    const checked = unwrap(await checkDesignated(checker, secret, { record: (await prove(own)).bytes, inputs: own }));
    assert.equal(checked.verdict.wrong, null);
    secret = checked.secret;
  }
  assert.deepEqual([secret.accepted, secret.rejected, secret.spent], [5, 0, false]);
  const rejected = unwrap(await checkDesignated(checker, secret, { record: lie, inputs }));
  assert.deepEqual(rejected.verdict.wrong, { part: 'sums', node: 1, row: 0 });
  assert.equal(rejected.secret.spent, true);
  const refused = await checkDesignated(checker, rejected.secret, { record: bytes, inputs });
  assert.equal(refused.ok ? 'checked' : refused.problem.code, 'statistical.key-spent');
});

test('where verdicts stay secret a key outlives rejections, and its bound counts them', async () => {
  const secret = await newSecret(checker, seedOf(1), { vectors: 2, verdictsAreSecret: true });
  const once = unwrap(await checkDesignated(checker, secret, { record: lie, inputs })).secret;
  const again = unwrap(await checkDesignated(checker, once, { record: bytes, inputs }));
  assert.equal(again.verdict.wrong, null);
  const sums = sumsBound(checker.parts, 2);
  assert.equal(boundBits(sums), 59);
  assert.equal(boundBits(secretBound({ rejected: 0 }, sums)), 59);
  assert.equal(boundBits(secretBound({ rejected: 1 }, sums)), 58);
  assert.equal(boundBits(secretBound({ rejected: 2 ** 20 }, sums)), 39);
  assert.equal(boundBits(secretBound({ rejected: 2 ** 40 }, sumsBound(checker.parts, 1))), 0);
});
