/** Answers to questions with marks, the right one and the evasive ones, beside the twin in `packages/proofs`. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { unwrap } from '@surety/core';
import { answer, encodeQuestion, NO_RECORD, type Question } from '@surety/proofs';
import { type Marks, marksOf } from '../../../packages/proofs/src/optimistic/question.ts';
import { blocksOf } from '../../../packages/proofs/src/optimistic/tree.ts';
import { rowsRun } from '../../../packages/proofs/test/rows.ts';
import { agreed, close } from './agree.ts';

const run = await rowsRun(9);
after(async () => {
  await run.close();
  await close();
});

const { chunks } = (await run.step(0))!.node(0)!;

const asking = (level: number, first: number, marks: Marks | null): Uint8Array => {
  const question: Question = { kind: 'chunks', place: { of: 'node', step: 0, index: 0 }, level, first, marks };
  return encodeQuestion(question);
};

const answered = async (question: Uint8Array): Promise<Uint8Array> => unwrap(await answer(run, question, NO_RECORD));

const holds = async (question: Uint8Array, given: Uint8Array, what: string): Promise<string> =>
  (await agreed(run.run, question, NO_RECORD, given, what)).holds;

test('a block that differs answers marks, or all hashes where none does; an answer to other marks does not', async () => {
  for (const level of [0, 1, 3, 4, 5]) {
    const count = blocksOf(chunks.size, level);
    const right = marksOf(chunks, { level, first: 0, count }, 77);
    const other = (at: number): Marks => ({
      ...right,
      of: right.of.map((mark, i) => (i === at ? mark ^ 0x8000 : mark)),
    });
    for (const at of new Set([0, count - 1, count])) {
      const question = asking(level, 0, other(at));
      for (const said of new Set([0, count - 1, count])) {
        const given = await answered(asking(level, 0, other(said)));
        const what = `level ${level}, mark ${at} of ${count}, answered ${said}`;
        assert.equal(await holds(question, given, what), said === at ? 'shown' : 'not-shown', what);
      }
    }
  }
});

test('no block beyond the marks or beyond the end, and no more marks than 500', async () => {
  const right = marksOf(chunks, { level: 0, first: 7, count: 2 }, 0);
  const wrong = { ...right, of: right.of.with(1, right.of[1]! ^ 1) };
  const second = await answered(asking(0, 7, wrong));
  assert.equal(await holds(asking(0, 7, wrong), second, 'the second of two'), 'shown');
  assert.equal(await holds(asking(0, 7, { ...right, of: [right.of[0]!] }), second, 'one mark'), 'not-shown');
  const more = asking(0, 7, { ...right, of: [...right.of, 1, 2] });
  assert.equal(await holds(more, await answered(more), 'more marks than blocks'), 'shown');
  // The same without marks has no number of a block.
  const unmarked = await answered(asking(0, 8, null));
  const number = second.findIndex((byte, i) => byte !== unmarked[i]);
  assert.deepEqual([...second.subarray(number, number + 2)], [0, 1]);
  for (const [high, low] of [
    [0, 0],
    [0, 2],
    [0, 255],
    [1, 1],
    [255, 255],
  ] as const) {
    const other = second.with(number, high).with(number + 1, low);
    assert.equal(await holds(asking(0, 7, wrong), other, `block ${high * 256 + low}`), 'not-shown');
  }
  const many = asking(0, 0, { salt: 0, of: new Array<number>(501).fill(0) });
  assert.equal(await holds(many, new Uint8Array(0), '501 marks'), 'shown');
});
