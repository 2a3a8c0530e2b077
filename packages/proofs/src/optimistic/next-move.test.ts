import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { ProgramBuilder, tensor } from '@surety/programs';
import { Random } from '../../../programs/test/random.ts';
import { dispute, type Provider } from '../../test/dialogue.ts';
import { goOn, lie, type Story, tell, truth } from '../../test/liar.ts';
import { flip, LIES, OF_STEPS, UNANSWERABLE } from '../../test/lies.ts';
import { iteratedRun, longRun, plainRun, wideRun } from '../../test/runs.ts';
import { answer } from './answer.ts';
import { nextMove } from './next-move.ts';
import { openProgram } from './program-book.ts';
import { openRun, type RunBook } from './run-book.ts';

const liar = (story: Story, from: number): Provider => {
  const view = tell(story);
  return { run: view.run, answer: (question, record) => lie(view, question, record, from) };
};

const count = new Map<string, number>();

const allLies = async (run: RunBook, seed: number, options: { readonly decidingGas?: number }): Promise<void> => {
  const story = await truth(run);
  for (const [name, make] of Object.entries(LIES)) {
    if (run.steps === 1 && OF_STEPS.has(name)) continue;
    const random = new Random(seed * 31 + name.length);
    const claim = liar(make(story, random), random.int(0, 4));
    const { end, transactions } = await dispute(run, claim, options);
    assert.equal(end, UNANSWERABLE.has(name) ? 'ran-out' : 'refuted', `seed ${seed}, ${name}`);
    count.set(`${end} in ${transactions}`, (count.get(`${end} in ${transactions}`) ?? 0) + 1);
  }
  await run.close();
};

test('every lie about a run is refuted, or has no answer', async () => {
  for (let seed = 0; seed < 60; seed++) await allLies(await plainRun(seed), seed, {});
});

test('every lie about an iterated run is refuted, or has no answer', async () => {
  for (let seed = 0; seed < 60; seed++) {
    const run = await iteratedRun(seed);
    if (run !== null) await allLies(run, seed, {});
  }
});

test('the same where every fold is taken apart, whatever accumulators are told', async (context) => {
  for (let seed = 0; seed < 60; seed++) await allLies(await plainRun(seed), seed, { decidingGas: 0 });
  context.diagnostic([...count].map(([how, times]) => `${how}: ${times}`).join(', '));
});

test('a part that would open its operand in more places than a proof has room for is refined', async () => {
  // Every second pixel of a line, each in a chunk of its own: 256 positions a part.
  const [positions, channels] = [2 ** 14, 513];
  const shape = [1, 1, 2 * positions - 1, channels];
  const b = new ProgramBuilder();
  const x = b.input({ name: 'x', dtype: 'i8', shape, low: -5, high: 5, encoding: { mantissa: 1, exponent: 0 } });
  const window = { kernel: [1, positions], strides: [1, 1], dilations: [1, 2], pads: [0, 0, 0, 0] } as const;
  const y = unwrap(b.node({ form: { op: 'max_pool', x, ...window }, dtype: 'i8', stage: null }));
  b.output('y', y, { mantissa: 1, exponent: 0 });
  const input = tensor('i8', shape, new Int8Array((2 * positions - 1) * channels));
  const run = unwrap(await openRun(openProgram(unwrap(b.finish())), [input]));
  const story = await truth(run);
  const nodes = story.steps[0]!.nodes.with(0, flip(story.steps[0]!.nodes[0]!, new Random(1)));
  const { end } = await dispute(run, liar({ ...story, steps: [{ ...story.steps[0]!, nodes }] }, 5));
  assert.equal(end, 'refuted');
  await run.close();
});

test('long sums are taken apart as far as it needs, and the parts that lie are refuted', async () => {
  const run = await longRun();
  const story = await truth(run);
  const seen = new Set<string>();
  for (const [node, told] of story.steps[0]!.nodes.entries()) {
    for (const from of [0, 1, 3, 64]) {
      const nodes = story.steps[0]!.nodes.with(node, flip(told, new Random(node)));
      const claim = liar({ ...story, steps: [{ ...story.steps[0]!, nodes }] }, from);
      for (const decidingGas of [0, 300_000, 10_000_000]) {
        const { end, exchanges, wrong } = await dispute(run, claim, { decidingGas });
        assert.equal(end, 'refuted', `node ${node}, lies from part ${from}`);
        const kinds = exchanges.map(({ question }) => question[0]);
        seen.add(`${wrong!.what}${kinds.includes(4) ? ', refined' : ''}`);
      }
    }
  }
  assert.deepEqual([...seen].sort(), ['element', 'end', 'partial', 'partial, refined']);
  await run.close();
});

test('a lie about one of many steps or nodes is found by a question for each 128 of what there is', async () => {
  for (const [count, nodes] of [
    [300, 2],
    [3, 300],
  ] as const) {
    const run = await wideRun(count, nodes);
    const story = await truth(run);
    const { steps } = story;
    for (const t of new Set([0, 1, Math.floor(count / 3), count - 2, count - 1])) {
      for (const j of new Set([0, nodes - 1])) {
        const wrong = steps[t]!.nodes.with(j, flip(steps[t]!.nodes[j]!, new Random(t * 7 + j)));
        const one = { ...story, steps: steps.with(t, { ...steps[t]!, nodes: wrong }) };
        const { wrong: found, transactions } = await dispute(run, liar(goOn(one, t, j + 1), 0));
        assert.deepEqual(found, { what: 'element', step: t, node: j, element: 0 });
        assert.ok(transactions <= 9, `${transactions} transactions`);
      }
      for (const input of [0, 1]) {
        const inputs = steps[t]!.inputs.with(input, flip(steps[t]!.inputs[input]!, new Random(t)));
        const claim = goOn({ ...story, steps: steps.with(t, { ...steps[t]!, inputs }) }, t, 0);
        const { wrong } = await dispute(run, liar(claim, 0));
        assert.deepEqual(
          [wrong?.what, wrong?.what === 'link' && wrong.step],
          input === 1 ? ['link', t] : ['slice', false],
        );
      }
    }
    await run.close();
  }
});

test('of a program in which nothing can be refuted, a watcher says so instead of asking on', async () => {
  const alone = new ProgramBuilder();
  const one = alone.constant('i8', [2], () => Int8Array.of(1, 2));
  const form = { op: 'reduce_sum', x: one } as const;
  const y = unwrap(alone.node({ form, dtype: 'i8', stage: { shift: 0, low: 0, high: 9 } }));
  alone.output('y', y, { mantissa: 1, exponent: 0 });
  const run = unwrap(await openRun(openProgram(unwrap(alone.finish())), [], { steps: 3 }));
  const story = await truth(run);
  const steps = story.steps.with(1, { ...story.steps[1]!, inputs: [new Uint8Array(32)] });
  const { end } = await dispute(run, liar({ ...story, steps }, 0));
  assert.equal(end, 'cannot');
  const wrong = story.steps.with(1, { ...story.steps[1]!, nodes: [flip(story.steps[1]!.nodes[0]!, new Random(1))] });
  assert.equal((await dispute(run, liar({ ...story, steps: wrong }, 0))).end, 'refuted');

  const copy = new ProgramBuilder();
  const x = copy.input({ name: 'x', dtype: 'i8', shape: [2], low: 0, high: 1, encoding: { mantissa: 1, exponent: 0 } });
  copy.output('y', x, { mantissa: 1, exponent: 0 });
  const nothing = unwrap(await openRun(openProgram(unwrap(copy.finish())), [tensor('i8', [2], [0, 1])]));
  const other = await nextMove(nothing, { ...nothing.run, trace: new Uint8Array(32) }, []);
  assert.equal(other.kind === 'cannot' && other.problem.code, 'optimistic.not-disputable');
});

test('a watcher that was killed goes on with the same move from the chain alone', async () => {
  for (let seed = 0; seed < 20; seed++) {
    const run = await plainRun(seed);
    const story = await truth(run);
    const nodes = story.steps[0]!.nodes.with(0, flip(story.steps[0]!.nodes[0]!, new Random(seed)));
    const claim = liar({ ...story, steps: [{ ...story.steps[0]!, nodes }] }, 1);
    const { exchanges, proof } = await dispute(run, claim, { decidingGas: 0 });
    const again = await plainRun(seed);
    for (const [i, { question }] of exchanges.entries()) {
      const move = await nextMove(again, claim.run, exchanges.slice(0, i), { decidingGas: 0 });
      assert.deepEqual(move, { kind: 'ask', question });
    }
    const last = await nextMove(again, claim.run, exchanges, { decidingGas: 0 });
    assert.deepEqual(last.kind === 'refute' && last.proof, proof);
    await run.close();
    await again.close();
  }
});

test('a true claim gives no move', async () => {
  for (let seed = 0; seed < 20; seed++) {
    const run = await plainRun(seed);
    const honest: Provider = {
      run: run.run,
      answer: async (question, record) => unwrap(await answer(run, question, record)),
    };
    assert.equal((await dispute(run, honest)).end, 'nothing');
    assert.equal((await nextMove(run, { ...run.run, input: new Uint8Array(32) }, [])).kind, 'cannot');
    assert.equal((await nextMove(run, { ...run.run, program: new Uint8Array(32) }, [])).kind, 'cannot');
    await run.close();
  }
});
