import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { Random } from '../../../programs/test/random.ts';
import { dispute, type Provider } from '../../test/dialogue.ts';
import { lie, type Story, tell, truth } from '../../test/liar.ts';
import { flip, LIES, OF_STEPS, UNANSWERABLE } from '../../test/lies.ts';
import { iteratedRun, longRun, plainRun } from '../../test/runs.ts';
import { answer } from './answer.ts';
import { nextMove } from './next-move.ts';
import type { RunBook } from './run-book.ts';

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
        seen.add(`${wrong!.what}${kinds.includes(5) ? ', refined' : ''}`);
      }
    }
  }
  assert.deepEqual([...seen].sort(), ['element', 'end', 'partial', 'partial, refined']);
  await run.close();
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
