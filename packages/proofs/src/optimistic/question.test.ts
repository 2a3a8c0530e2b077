import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { Random } from '../../../programs/test/random.ts';
import { decodeQuestion, encodeQuestion, type Marks, type Place, type Question } from './question.ts';

const PLACES: readonly Place[] = [
  { of: 'node', step: 7, index: 3 },
  { of: 'step-input', step: 2 ** 32 - 1, index: 0 },
  { of: 'input', index: 63 },
  { of: 'output', index: 2 ** 32 - 1 },
];
const BLOCKS = { level: 31, first: 2 ** 32 - 1, count: 128 };
const PARTIALS = {
  step: 1,
  node: 2,
  element: 3,
  segments: 200,
  first: 64,
  last: 128,
  per: 32,
  start: -5,
  accumulators: [-7, 8],
};

const QUESTIONS: readonly Question[] = [
  { kind: 'part', place: { of: 'steps' }, ...BLOCKS },
  ...PLACES.flatMap((place): Question[] => [
    { kind: 'part', place, level: 0, first: 0, count: 1 },
    { kind: 'chunks', place, level: 31, first: 2 ** 32 - 1, marks: null },
    { kind: 'chunks', place, level: 0, first: 9, marks: { salt: 2 ** 32 - 1, of: [65_535] } },
    { kind: 'chunks', place, level: 4, first: 0, marks: { salt: 0, of: Array.from({ length: 500 }, (_, i) => i * 7) } },
  ]),
  { kind: 'partials', step: 1, node: 2, element: 3, segments: 64, per: 1 },
  { kind: 'refine', part: 1, per: 1, partials: PARTIALS },
];

test('questions read back as they were written, and fit what the arbiter takes', () => {
  for (const question of QUESTIONS) {
    const bytes = encodeQuestion(question);
    assert.deepEqual(unwrap(decodeQuestion(bytes)), question);
    assert.ok(bytes.length <= 1_024);
  }
});

const marked = (marks: Marks): Uint8Array =>
  encodeQuestion({ kind: 'chunks', place: PLACES[0]!, level: 0, first: 0, marks });

test('bytes that are no question are refused with what is wrong', () => {
  const wrong: readonly (readonly [Uint8Array, RegExp])[] = [
    [new Uint8Array(0), /ends too early/],
    [Uint8Array.of(0), /no known kind/],
    [Uint8Array.of(5), /no known kind/],
    [marked({ salt: 1, of: new Array<number>(501).fill(0) }), /marks is 501, not 1 \.\. 500/],
    [marked({ salt: 1, of: [] }), /marks is 0/],
    [marked({ salt: 1, of: [5] }).slice(0, -1), /ends too early/],
    [encodeQuestion({ kind: 'chunks', place: PLACES[0]!, level: 32, first: 0, marks: null }), /level is 32/],
    [encodeQuestion({ kind: 'part', place: PLACES[0]!, level: 32, first: 0, count: 1 }), /level is 32/],
    [encodeQuestion({ kind: 'part', place: PLACES[0]!, level: 0, first: 0, count: 129 }), /count is 129/],
    [encodeQuestion({ kind: 'partials', step: 0, node: 0, element: 0, segments: 65, per: 1 }), /parts is 65/],
    [encodeQuestion({ kind: 'partials', step: 0, node: 0, element: 0, segments: 0, per: 1 }), /parts is 0/],
    [encodeQuestion({ kind: 'partials', step: 0, node: 0, element: 0, segments: 1, per: 0 }), /per is 0/],
    [encodeQuestion({ kind: 'refine', part: 2, per: 1, partials: PARTIALS }), /part is 2/],
  ];
  for (const [bytes, reason] of wrong) {
    const refused = decodeQuestion(bytes);
    assert.equal(!refused.ok && refused.problem.code, 'optimistic.malformed');
    assert.match(refused.ok ? '' : refused.problem.message, reason);
  }
});

test('no bytes are two questions: any that are read are written the same', () => {
  const random = new Random(5);
  for (const question of QUESTIONS) {
    const bytes = encodeQuestion(question);
    const hasMarks = question.kind === 'chunks';
    for (let cut = 0; cut < bytes.length; cut++) {
      // Fewer marks are another question, and so is none.
      const isOther = hasMarks && (cut === 15 || (cut > 19 && cut % 2 === 1));
      assert.equal(decodeQuestion(bytes.subarray(0, cut)).ok, isOther);
    }
    assert.equal(decodeQuestion(Uint8Array.of(...bytes, 0)).ok, false);
    for (let tries = 0; tries < 100; tries++) {
      const changed = bytes.slice();
      changed[random.int(0, changed.length - 1)] = random.int(0, 255);
      const read = decodeQuestion(changed);
      // Fields that a place does not need are not read.
      if (read.ok && !('place' in read.value)) assert.deepEqual(encodeQuestion(read.value), changed);
    }
  }
});
