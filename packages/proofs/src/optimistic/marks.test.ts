import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { leafHash, unwrap } from '@surety/core';
import { valueBytes } from '@surety/programs';
import { dispute, type Provider } from '../../test/dialogue.ts';
import { lie, tell } from '../../test/liar.ts';
import { elementOf, ROW, retold, rowsRun, wrongInRows } from '../../test/rows.ts';
import { answer } from './answer.ts';
import { judge } from './judge.ts';
import { NO_RECORD } from './partials.ts';
import { encodeQuestion, markOf, marksOf, type Question } from './question.ts';
import type { RunBook } from './run-book.ts';
import { blocksOf } from './tree.ts';

const PLACE = { of: 'node', step: 0, index: 0 } as const;

const FEW = await rowsRun(9);
after(() => FEW.close());

const chunksOf = async (run: RunBook) => (await run.step(0))!.node(0)!.chunks;

test('whichever chunk of a value is wrong, and however many it has, one answer shows one that is', async () => {
  for (const [chunks, wrong, transactions] of [
    [1, [0], 3],
    [2, [1], 3],
    [500, [499], 3],
    [501, [0, 500], 3],
    [1_700, [3, 517, 1_699], 3],
    [8_000, [7_999], 3],
    [8_001, [8_000], 5],
  ] as const) {
    const run = await rowsRun(chunks);
    const view = tell(await wrongInRows(run, wrong));
    const liar: Provider = { run: view.run, answer: (question, record) => lie(view, question, record, 0) };
    const found = await dispute(run, liar, { salt: chunks });
    assert.equal(found.end, 'refuted');
    assert.deepEqual(found.wrong, { what: 'element', step: 0, node: 0, element: elementOf(wrong[0]) });
    assert.equal(found.transactions, transactions, `${chunks} chunks`);
    await run.close();
  }
});

test('a block is shown where its mark is another, and all hashes where none is; nothing else is an answer', async () => {
  const chunks = await chunksOf(FEW);
  for (const level of [0, 1, 4, 5]) {
    const count = blocksOf(chunks.size, level);
    const right = marksOf(chunks, { level, first: 0, count }, 5);
    for (let other = 0; other <= count; other++) {
      const marks = { ...right, of: right.of.map((mark, i) => (i === other ? mark ^ 0x100 : mark)) };
      const question: Question = { kind: 'chunks', place: PLACE, level, first: 0, marks };
      const bytes = encodeQuestion(question);
      const given = unwrap(await answer(FEW, bytes, NO_RECORD));
      assert.equal(judge(FEW.run, bytes, NO_RECORD, given).holds, 'shown');
      // Every other answer to marks, brought as an answer to these.
      for (let said = 0; said <= count; said++) {
        if (said === other) continue;
        const of = right.of.map((mark, i) => (i === said ? mark ^ 1 : mark));
        const elsewhere = encodeQuestion({ ...question, marks: { ...right, of } });
        const evasive = unwrap(await answer(FEW, elsewhere, NO_RECORD));
        assert.equal(judge(FEW.run, bytes, NO_RECORD, evasive).holds, 'not-shown');
      }
    }
  }
});

test('marks beyond the end of the value are not answered for, and a block without a mark is none', async () => {
  const chunks = await chunksOf(FEW);
  const { salt, of } = marksOf(chunks, { level: 0, first: 7, count: 2 }, 0);
  const question: Question = { kind: 'chunks', place: PLACE, level: 0, first: 7, marks: { salt, of: [...of, 1, 2] } };
  const bytes = encodeQuestion(question);
  const given = unwrap(await answer(FEW, bytes, NO_RECORD));
  assert.equal(judge(FEW.run, bytes, NO_RECORD, given).holds, 'shown');
  const two = encodeQuestion({ ...question, marks: { salt, of: of.slice(0, 1) } });
  const three = encodeQuestion({ ...question, marks: { salt, of: [of[0]!, of[1]! ^ 1] } });
  const second = unwrap(await answer(FEW, three, NO_RECORD));
  assert.equal(judge(FEW.run, three, NO_RECORD, second).holds, 'shown');
  assert.equal(judge(FEW.run, two, NO_RECORD, second).holds, 'not-shown');
});

test('a wrong chunk that has the mark of the right one is found by one question more', async () => {
  const marks = marksOf(await chunksOf(FEW), { level: 0, first: 0, count: 9 }, 0);
  const story = await retold(FEW, (values) => {
    const chunk = valueBytes(values).subarray(4 * ROW, 5 * ROW);
    // A liar that knows the salt tries values until the mark fits.
    for (let tried = 0; tried === 0 || markOf(leafHash(chunk), 0) !== marks.of[4]; tried++) {
      for (let i = 0; i < 6; i++) chunk[i] = Math.floor(tried / 11 ** i) % 11;
    }
  });
  const view = tell(story);
  const liar: Provider = { run: view.run, answer: (question, record) => lie(view, question, record, 0) };
  const transactions = async (salt: number) => (await dispute(FEW, liar, { salt })).transactions;
  assert.deepEqual([await transactions(0), await transactions(1)], [5, 3]);
  const asked = encodeQuestion({ kind: 'chunks', place: PLACE, level: 0, first: 0, marks });
  const proof = unwrap(await answer(view, asked, NO_RECORD));
  assert.equal(judge(view.run, asked, NO_RECORD, proof).holds, 'shown');
});
