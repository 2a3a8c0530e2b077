/** Writes `vectors/refutation.json`: what a judge of spec 15 says of which bytes. Run: `node scripts/vectors/refutation.ts` */
import { toHex, unwrap } from '../../packages/core/src/index.ts';
import { Random } from '../../packages/programs/test/random.ts';
import {
  answer,
  encodeQuestion,
  judge,
  NO_RECORD,
  nextMove,
  nextMoveAgainstInputs,
  type Place,
  type Question,
  type Run,
  type RunBook,
  type Wrong,
} from '../../packages/proofs/src/index.ts';
import { marksOf } from '../../packages/proofs/src/optimistic/question.ts';
import { refuteInput } from '../../packages/proofs/src/optimistic/refute.ts';
import type { View } from '../../packages/proofs/src/optimistic/view.ts';
import { dispute } from '../../packages/proofs/test/dialogue.ts';
import { lie, type Story, tell, truth } from '../../packages/proofs/test/liar.ts';
import { flip, LIES, OF_STEPS } from '../../packages/proofs/test/lies.ts';
import { iteratedRun, longRun, plainRun } from '../../packages/proofs/test/runs.ts';
import { writeVectors } from './write.ts';

/** Seeds whose programs together hold every operator and every kind of refutation. */
const SEEDS = 60;

type Case = {
  readonly run: Run;
  readonly question: Uint8Array;
  readonly record: Uint8Array;
  readonly proof: Uint8Array;
};

const NONE = new Uint8Array(0);

/** The shortest example of each kind. */
const examples = new Map<string, Case>();

const offer = (name: string, example: Case): void => {
  const known = examples.get(name);
  if (known === undefined || example.proof.length < known.proof.length) examples.set(name, example);
};

/** What a refutation is an example of. */
const nameOf = ({ program, steps }: RunBook, wrong: Wrong, inDispute: boolean): string => {
  const how = steps > 1 ? ', iterated' : '';
  switch (wrong.what) {
    case 'element':
    case 'partial':
    case 'end':
      return `${wrong.what} of ${program.checked.nodes[wrong.node]!.form.op}${inDispute ? '' : ', opened whole'}`;
    case 'output':
      return `output${wrong.output === null ? ': another count' : ''}${how}`;
    case 'stacked':
    case 'slice':
      return `${wrong.what}${wrong.element === null ? ': another type' : ''}`;
    case 'link':
      return `link of ${wrong.step === 0 ? 'the first step' : 'a later step'}`;
    case 'input':
      return `input: ${wrong.fault.kind}${how}`;
  }
};

/** Refutations of a lie and the answers on the way to them, by disputes in which accumulators lie from various parts on. */
const playAll = async (run: RunBook, view: View, lyingFrom: readonly number[]): Promise<void> => {
  for (const from of lyingFrom) {
    const liar = {
      run: view.run,
      answer: (question: Uint8Array, record: Uint8Array) => lie(view, question, record, from),
    };
    for (const decidingGas of [0, 300_000]) {
      const { proof, record, wrong, exchanges } = await dispute(run, liar, { decidingGas });
      if (proof === null || wrong === null) continue;
      const inDispute = record.some((byte) => byte !== 0);
      offer(nameOf(run, wrong, inDispute), { run: view.run, question: NONE, record, proof });
      let before: Uint8Array = NO_RECORD;
      for (const { question, answer: given } of exchanges) {
        const kind = question[0] === 3 ? 'partials' : question[0] === 4 ? 'refine' : null;
        if (kind !== null) offer(`answer to ${kind}`, { run: view.run, question, record: before, proof: given });
        before = judge(view.run, question, before, given).record;
      }
      // The same, out of answers to somebody else.
      const alone = await nextMove(run, view.run, [], { elsewhere: exchanges, decidingGas: 10 ** 9 });
      if (alone.kind !== 'refute') continue;
      offer(nameOf(run, alone.wrong, false), { run: view.run, question: NONE, record: NO_RECORD, proof: alone.proof });
    }
  }
};

const fromLies = async (run: RunBook, story: Story, random: Random): Promise<void> => {
  for (const [name, make] of Object.entries(LIES)) {
    if (run.steps === 1 && OF_STEPS.has(name)) continue;
    await playAll(run, tell(make(story, random)), [random.int(0, 3)]);
  }
};

/** Refutations by inputs that the program does not take. */
const fromInputs = async (run: RunBook, story: Story): Promise<void> => {
  const [first] = run.inputTensors;
  if (first === undefined) return;
  const { low } = run.program.checked.inputs[0]!;
  const wrong = [
    [...run.inputTensors, first],
    run.inputTensors.with(0, { ...first, shape: [1, ...first.shape] }),
    ...(low > -128 ? [run.inputTensors.with(0, { ...first, values: first.values.slice().fill(low - 1) })] : []),
  ];
  for (const inputs of wrong) {
    const view = tell({ ...story, inputs });
    const question = encodeQuestion({ kind: 'part', place: { of: 'steps' }, level: 31, first: 0, count: 1 });
    const exchange = { question, answer: unwrap(await answer(view, question, NO_RECORD)) };
    const move = nextMoveAgainstInputs(run.program, { steps: run.steps, inputs }, view.run, [exchange]);
    if (move.kind === 'refute') {
      offer(nameOf(run, move.wrong, false), { run: view.run, question: NONE, record: NO_RECORD, proof: move.proof });
    }
  }
  if (run.steps === 1) return;
  const { inputs, nodes } = story.steps[1]!;
  const view = tell({ ...story, steps: story.steps.with(1, { inputs: [...inputs, inputs[0]!], nodes }) });
  const step = (await view.step(1))!;
  const proof = refuteInput(view, step.list!, step, { kind: 'count' });
  offer('input: count, of a step', { run: view.run, question: NONE, record: NO_RECORD, proof });
};

/** Answers to each question about each place, there or not. */
const fromQuestions = async (run: RunBook): Promise<void> => {
  const places = (index: number, step: number): readonly Place[] => [
    { of: 'node', step, index },
    { of: 'step-input', step, index },
    { of: 'input', index },
    { of: 'output', index },
  ];
  const about = (place: Place | { readonly of: 'steps' }): readonly (readonly [string, Question])[] => {
    const part: Question = { kind: 'part', place, level: 0, first: 0, count: 128 };
    if (place.of === 'steps') return [['part', part]];
    const chunks = { kind: 'chunks', place, level: 1, first: 0, marks: null } as const;
    return [
      ['part', part],
      ['chunks', chunks],
      ['hashes of chunks', { ...chunks, level: 5 }],
      ['chunks beyond the end', { ...chunks, first: 99 }],
      ['chunks that differ', { ...chunks, level: 0, marks: { salt: 7, of: [1, 2, 3] } }],
    ];
  };
  /** About chunks that are as whoever asks expects. */
  const right = async (place: Place): Promise<readonly (readonly [string, Question])[]> => {
    const step = 'step' in place ? await run.step(place.step) : null;
    const list = place.of === 'step-input' ? step?.list : place.of === 'input' ? run.inputs : run.outputs;
    const tensor = place.of === 'node' ? step?.node(place.index) : list?.tensor(place.index);
    if (tensor === undefined || tensor === null) return [];
    const blocks = { level: 0, first: 0, count: Math.min(tensor.chunks.size, 4) };
    return [
      ['chunks, none of which differ', { kind: 'chunks', place, ...blocks, marks: marksOf(tensor.chunks, blocks, 7) }],
    ];
  };
  const kind = run.steps > 1 ? 'iterated' : 'plain';
  for (const [where, list] of [
    ['', places(0, run.steps - 1)],
    [', no such index', places(500, 0)],
    [', no such step', places(0, 500)],
  ] as const) {
    for (const place of where === '' ? [...list, { of: 'steps' } as const] : list) {
      for (const [name, question] of [...about(place), ...(place.of === 'steps' ? [] : await right(place))]) {
        const bytes = encodeQuestion(question);
        const proof = unwrap(await answer(run, bytes, NO_RECORD));
        offer(`answer: ${name} of ${place.of}${where}, ${kind}`, {
          run: run.run,
          question: bytes,
          record: NO_RECORD,
          proof,
        });
      }
    }
  }
};

for (let seed = 0; seed < SEEDS; seed++) {
  for (const run of [await plainRun(seed), await iteratedRun(seed)]) {
    if (run === null) continue;
    const story = await truth(run);
    const random = new Random(seed);
    await fromLies(run, story, random);
    await fromInputs(run, story);
    if (run.inputs.count > 1) await fromQuestions(run);
    await run.close();
  }
}

/** Sums so long that they are taken apart, and a refutation that builds on nobody's question. */
const long = await longRun();
const whole = await truth(long);
for (const [node, told] of whole.steps[0]!.nodes.entries()) {
  const nodes = whole.steps[0]!.nodes.with(node, flip(told, new Random(node)));
  await playAll(long, tell({ ...whole, steps: [{ ...whole.steps[0]!, nodes }] }), [0, 1, 64]);
}

const INPUT = { kind: 'chunks', place: { of: 'input', index: 0 }, level: 0, first: 0 } as const;

/** Questions that are none are answered by nothing. */
const some = [...examples.values()][0]!.run;
for (const [name, question] of [
  ['a question of no kind', [9]],
  ['a question of nothing but its kind', [1]],
  [
    'no hashes',
    [...encodeQuestion({ kind: 'part', place: { of: 'steps' }, level: 0, first: 0, count: 1 }).slice(0, -1), 0],
  ],
  ['501 marks', encodeQuestion({ ...INPUT, marks: { salt: 0, of: new Array<number>(501).fill(0) } })],
  ['a salt and no mark', encodeQuestion({ ...INPUT, marks: { salt: 0, of: [] } })],
  ['65 parts', encodeQuestion({ kind: 'partials', step: 0, node: 0, element: 0, segments: 65, per: 1 })],
  [
    'refining what is not recorded',
    encodeQuestion({
      kind: 'refine',
      part: 0,
      per: 1,
      partials: { step: 0, node: 0, element: 0, segments: 2, first: 0, last: 2, per: 2, start: 0, accumulators: [5] },
    }),
  ],
] as const) {
  examples.set(`answer: ${name}`, { run: some, question: Uint8Array.from(question), record: NO_RECORD, proof: NONE });
}

const written = (name: string, { run, question, record, proof }: Case) => {
  const verdict = judge(run, question, record, proof);
  const { program, input, output, trace } = run;
  return {
    name,
    run: [program, input, output, trace].map(toHex),
    question: toHex(question),
    record: toHex(record),
    proof: toHex(proof),
    holds: verdict.holds,
    newRecord: toHex(verdict.record),
  };
};

const names = [...examples.keys()].sort();
const good = names.map((name) => written(name, examples.get(name)!));
const random = new Random(15);
const bad = names.flatMap((name) => {
  const { proof, question, ...rest } = examples.get(name)!;
  const changed = Uint8Array.from(proof.length === 0 ? [1] : proof);
  // Any numbers answer a question for accumulators.
  if (proof.length > 0 && question[0] !== 3 && question[0] !== 4)
    changed[random.int(0, changed.length - 1)]! ^= 1 << random.int(0, 7);
  const cases = [
    written(`${name}, one bit changed`, { ...rest, question, proof: changed }),
    written(`${name}, one byte more`, { ...rest, question, proof: Uint8Array.of(...proof, 0) }),
  ];
  return cases;
});

writeVectors('refutation', {
  description:
    'Questions, answers and refutations of spec/15-refutation.md: what a judge says of them. run: program, input, output, trace.',
  cases: [...good, ...bad],
});
