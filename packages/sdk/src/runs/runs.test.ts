import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Run, RunDispute, RunPlace, RunQuestion } from '@surety/protocol';
import { outcomesOf, type RunSide } from './outcomes.ts';
import { chainTime, nextMove, type RunStage, STAGE_NAMES, type Staged, stageOf } from './stage.ts';
import {
  answerWords,
  elementWords,
  nativeWords,
  placeWords,
  questionWords,
  refutationWords,
  spotWords,
} from './words.ts';

const OPEN: Staged = {
  state: 'open',
  turn: null,
  windowEndsAt: 1_000,
  openDisputes: 0,
  proved: false,
  byClock: false,
  proofRequired: false,
  doubted: false,
};

const disputed = (side: 'provider' | 'challenger'): Staged => ({
  ...OPEN,
  openDisputes: 1,
  turn: { side, before: 2_000 },
});

const STAGES: readonly (readonly [Staged, now: number, RunStage, side: string | null])[] = [
  [OPEN, 1_000, 'open', 'anybody'],
  [OPEN, 1_001, 'due', 'anybody'],
  [disputed('provider'), 2_000, 'provider', 'provider'],
  [disputed('provider'), 2_001, 'provider-late', 'anybody'],
  [disputed('challenger'), 2_000, 'challenger', 'challenger'],
  [disputed('challenger'), 2_001, 'challenger-late', 'anybody'],
  [{ ...OPEN, state: 'void' }, 1, 'refuted', null],
  [{ ...OPEN, state: 'void', byClock: true }, 1, 'unanswered', null],
  [{ ...OPEN, state: 'annulled', doubted: true }, 1, 'annulled', null],
  [{ ...OPEN, proofRequired: true }, 1_000, 'proof-due', 'provider'],
  [{ ...OPEN, proofRequired: true }, 1_001, 'proof-late', 'anybody'],
  [{ ...OPEN, proofRequired: true, state: 'annulled' }, 1, 'unproved', null],
  [{ ...OPEN, state: 'final' }, 1, 'unrefuted', null],
  [{ ...OPEN, state: 'final', proved: true }, 1, 'proved', null],
];

test('the stage follows from state, turn and the chain’s time, to the second that the contract counts', () => {
  for (const [run, now, stage, side] of STAGES) {
    assert.equal(stageOf(run, now), stage);
    const move = nextMove(run, now);
    assert.equal(move.side, side, stage);
    // A deadline is named exactly while one is running.
    assert.equal(move.before !== null, ['open', 'proof-due', 'provider', 'challenger'].includes(stage), stage);
    assert.ok(move.what.endsWith('.') && move.otherwise.endsWith('.'));
  }
  assert.equal(new Set(STAGES.map(([, , stage]) => stage)).size, Object.keys(STAGE_NAMES).length);
  assert.match(nextMove({ ...OPEN, state: 'void', byClock: true }, 0).otherwise, /wrong is not shown/);
  assert.match(nextMove({ ...OPEN, state: 'final' }, 0).otherwise, /not proved/);
  assert.deepEqual([chainTime({ now: 5 }, 3), chainTime({ now: 5 }, -3)], [8, 5]);
});

const LAYER: RunPlace = { of: 'node', step: 17, index: 3, operator: 'matmul', dtype: 'i32', shape: [1, 10] };
const UNKNOWN: RunPlace = { ...LAYER, operator: null, dtype: null, shape: null };

test('places and elements are named as far as they are known', () => {
  assert.equal(placeWords(LAYER, false), 'layer 3 (matmul, 1 × 10, i32)');
  assert.equal(placeWords(LAYER, true), 'layer 3 of step 17 (matmul, 1 × 10, i32)');
  assert.equal(placeWords(UNKNOWN, false), 'layer 3');
  assert.equal(placeWords({ ...UNKNOWN, of: 'output', step: null }, true), 'output 3');
  assert.equal(placeWords({ ...UNKNOWN, of: 'input', step: null, index: null }, true), 'the inputs');
  assert.equal(elementWords(7, [1, 10]), 'element [0, 7]');
  assert.equal(elementWords(40_311, [1, 64, 28, 28]), 'element [0, 51, 11, 19]');
  assert.equal(elementWords(7, [10]), 'element 7');
  assert.equal(elementWords(7, null), 'element 7');
  const spot = { place: LAYER, elements: { first: 0, last: 9 }, claimed: null, computed: null, computedBy: null };
  assert.deepEqual(spotWords(spot, false), { place: 'layer 3 (matmul, 1 × 10, i32)', elements: 'elements 0 to 9' });
});

test('questions say what is to be opened', () => {
  const all: RunPlace = { ...UNKNOWN, index: null };
  const of = (question: RunQuestion, iterated = false): string => questionWords(question, iterated);
  const leaves = { first: 0, last: 8 };
  const elements = { first: 0, last: 9 };
  const chunks = { kind: 'chunks', perHash: 1 } as const;
  assert.equal(of({ kind: 'part', place: all, leaves, perHash: 1 }), 'Open the hashes of layers 0 to 8.');
  assert.equal(
    of({ kind: 'part', place: all, leaves, perHash: 4 }, true),
    'Open the hashes of layers 0 to 8 of step 17, one for every 4.',
  );
  assert.equal(
    of({ kind: 'part', place: { ...all, of: 'steps', step: null }, leaves, perHash: 1 }, true),
    'Open the hashes of steps 0 to 8.',
  );
  assert.equal(
    of({ ...chunks, place: UNKNOWN, leaves: { first: 1, last: 2 }, differing: false, elements: null }),
    'Open chunks 1 to 2 of layer 3.',
  );
  assert.equal(
    of({ ...chunks, place: LAYER, leaves: { first: 0, last: 0 }, differing: false, elements }),
    'Open elements 0 to 9 of layer 3 (matmul, 1 × 10, i32).',
  );
  assert.equal(
    of({ ...chunks, place: LAYER, leaves: { first: 0, last: 0 }, differing: true, elements }),
    'Open some of elements 0 to 9 of layer 3 (matmul, 1 × 10, i32) that are not as the challenger says.',
  );
  assert.match(
    of({ kind: 'partials', place: LAYER, element: 7, segments: 40, per: 1 }),
    /after every segment of its 40/,
  );
  assert.match(
    of({ kind: 'refine', place: LAYER, element: 7, part: 3, per: 2 }),
    /within part 3, after every 2 segments/,
  );
});

test('answers and refutations show values, and cut long lists off', () => {
  const values = Array.from({ length: 64 }, (_, at) => at - 2);
  const opened = { bytes: 400, shows: 'values', opened: { first: 0, count: 784, values } } as const;
  assert.equal(answerWords(opened), 'Opened: 784 values: −2, −1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 …');
  assert.equal(answerWords({ ...opened, opened: { first: 0, count: 1, values: [-5] } }), 'Opened: 1 value: −5.');
  assert.match(answerWords({ bytes: 9, shows: 'unread', opened: null }), /cannot read/);
  const wrong = { kind: 'element', place: LAYER, element: 7, claimed: 977, computed: -979 } as const;
  assert.equal(
    refutationWords(wrong, false),
    'A value is not what its operator gives. At element [0, 7] of layer 3 (matmul, 1 × 10, i32). Claimed: 977; computed: −979.',
  );
  assert.match(
    refutationWords({ ...wrong, kind: 'output', place: null, claimed: null }, false),
    /^The outputs are not what the run computed\.$/,
  );
});

test('native currency is told to the last digit that matters', () => {
  const cases = { '0': '0', '1': '0.000000000000000001', '3000000000000000': '0.003', '12500000000000000000': '12.5' };
  for (const [wei, words] of Object.entries(cases)) assert.equal(nativeWords(wei), words);
  assert.equal(nativeWords('2000000000000000000'), '2');
});

const DISPUTE = { number: 1, challenger: '0xC', stakeMicroUsd: '5', turn: null, closed: null } as unknown as RunDispute;
const TURN = { side: 'provider', before: 9, otherSeconds: 9 } as const;

const run = (over: Partial<Run>): Run =>
  ({
    provider: '0xA',
    requester: '0xB',
    bondMicroUsd: '50',
    priceMicroUsd: '2',
    stakeMicroUsd: '5',
    split: { coverMicroUsd: '12', rewardMicroUsd: '12', burntMicroUsd: '26' },
    cover: { reservedMicroUsd: '12', leftMicroUsd: '0', premiumPpm: 0 },
    disputed: [],
    end: null,
    ...over,
  }) as unknown as Run;

/** What comes in and goes out of everybody together, if the claim ends so. */
const balance = (sides: readonly RunSide[], ending: 'ifVoid' | 'ifFinal'): bigint =>
  sides
    .flatMap((side) => side[ending])
    .reduce((total, { kind, microUsd }) => {
      if (kind === 'back') return total;
      return total + (kind === 'loses' || kind === 'pays' ? -BigInt(microUsd) : BigInt(microUsd));
    }, 0n);

test('what one side loses the others get, or it is burnt', () => {
  const live = { ...DISPUTE, turn: TURN };
  const failed = { ...DISPUTE, number: 2, closed: { how: 'conceded' } } as unknown as RunDispute;
  for (const disputed of [[live], [failed], [live, failed]]) {
    const sides = outcomesOf(run({ disputed }));
    assert.equal(balance(sides, 'ifFinal'), 0n);
    // A reward is promised to every live dispute, and paid to one.
    if (disputed.includes(live)) assert.equal(balance(sides, 'ifVoid'), 0n);
  }
  const nobody = outcomesOf(run({}));
  assert.deepEqual(
    nobody.map(({ side }) => side),
    ['provider', 'challenger', 'requester', 'relying', 'nobody'],
  );
  assert.equal(balance(nobody, 'ifVoid'), 0n);
  const noCover = run({ cover: { reservedMicroUsd: '0', leftMicroUsd: '25', premiumPpm: 0 } });
  assert.ok(!outcomesOf(noCover).some(({ side }) => side === 'relying'));
});
