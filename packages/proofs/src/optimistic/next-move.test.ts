import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unwrap } from '@surety/core';
import { iterate, type Tensor } from '@surety/programs';
import { Random } from '../../../programs/test/random.ts';
import {
  randomInputs,
  randomProgram,
  randomStepProgram,
  randomStreams,
} from '../../../programs/test/random-program.ts';
import { dispute, type Provider } from '../../test/dialogue.ts';
import { goOn, lie, type Story, type Told, tell, truth } from '../../test/liar.ts';
import { answer } from './answer.ts';
import { nextMove } from './next-move.ts';
import { openProgram } from './program-book.ts';
import { openRun, type RunBook } from './run-book.ts';

const plainRun = async (seed: number): Promise<RunBook> => {
  const program = randomProgram(seed, 6);
  return unwrap(await openRun(openProgram(program), randomInputs(program, seed)));
};

/** Steps with states and streams; null where the program cannot be iterated. */
const iteratedRun = async (seed: number): Promise<RunBook | null> => {
  const program = randomStepProgram(seed, 5);
  const steps = new Random(seed).int(2, 7);
  const iteration = iterate(program, steps);
  if (!iteration.ok || program.inputs.length === 0) return null;
  return unwrap(await openRun(openProgram(program), randomStreams(iteration.value, seed), { steps }));
};

/** One bit of one value is another. */
const flip = (told: Told, random: Random): Told => {
  if (told instanceof Uint8Array) return told;
  const { dtype, shape, values } = told;
  const changed = values.slice();
  const bytes = new Uint8Array(changed.buffer);
  bytes[random.int(0, bytes.length - 1)]! ^= 1 << random.int(0, 7);
  return { dtype, shape, values: changed };
};

/** The same values as another shape. */
const reshaped = ({ dtype, shape, values }: Tensor): Tensor => ({ dtype, shape: [1, ...shape], values });

const pickIndex = (random: Random, list: readonly unknown[]): number => random.int(0, list.length - 1);

const withNode = (story: Story, step: number, node: number, told: Told): Story => ({
  ...story,
  steps: story.steps.with(step, { ...story.steps[step]!, nodes: story.steps[step]!.nodes.with(node, told) }),
});

const withInput = (story: Story, step: number, input: number, told: Told): Story => ({
  ...story,
  steps: story.steps.with(step, { ...story.steps[step]!, inputs: story.steps[step]!.inputs.with(input, told) }),
});

/** Lies of every kind, some told on consistently to the end. */
const LIES = {
  'a bit of an output': (story, random) => {
    const o = pickIndex(random, story.outputs);
    return { ...story, outputs: story.outputs.with(o, flip(story.outputs[o]!, random)) };
  },
  'an output of another type': (story, random) => {
    const o = pickIndex(random, story.outputs);
    return { ...story, outputs: story.outputs.with(o, reshaped(story.outputs[o] as Tensor)) };
  },
  'an output too many': (story) => ({ ...story, outputs: [...story.outputs, story.outputs[0]!] }),
  'no output': (story) => ({ ...story, outputs: [] }),
  'an output that is nothing': (story, random) => {
    const o = pickIndex(random, story.outputs);
    return { ...story, outputs: story.outputs.with(o, new Uint8Array(32).fill(random.int(1, 255))) };
  },
  'a bit of a value': (story, random) => {
    const t = pickIndex(random, story.steps);
    const j = pickIndex(random, story.steps[t]!.nodes);
    return withNode(story, t, j, flip(story.steps[t]!.nodes[j]!, random));
  },
  'a bit of a value, and all that follows': (story, random) => {
    const t = pickIndex(random, story.steps);
    const j = pickIndex(random, story.steps[t]!.nodes);
    return goOn(withNode(story, t, j, flip(story.steps[t]!.nodes[j]!, random)), t, j + 1);
  },
  'a value of another type': (story, random) => {
    const t = pickIndex(random, story.steps);
    const j = pickIndex(random, story.steps[t]!.nodes);
    return withNode(story, t, j, reshaped(story.steps[t]!.nodes[j] as Tensor));
  },
  'a value that is nothing': (story, random) => {
    const t = pickIndex(random, story.steps);
    const j = pickIndex(random, story.steps[t]!.nodes);
    return withNode(story, t, j, new Uint8Array(32).fill(random.int(1, 255)));
  },
  'a bit of what goes into a step': (story, random) => {
    const t = pickIndex(random, story.steps);
    const i = pickIndex(random, story.steps[t]!.inputs);
    return withInput(story, t, i, flip(story.steps[t]!.inputs[i]!, random));
  },
  'a bit of what goes into a step, and all that follows': (story, random) => {
    const t = pickIndex(random, story.steps);
    const i = pickIndex(random, story.steps[t]!.inputs);
    return goOn(withInput(story, t, i, flip(story.steps[t]!.inputs[i]!, random)), t, 0);
  },
  'another type of what goes into a step': (story, random) => {
    const t = pickIndex(random, story.steps);
    const i = pickIndex(random, story.steps[t]!.inputs);
    return withInput(story, t, i, reshaped(story.steps[t]!.inputs[i] as Tensor));
  },
} as const satisfies Record<string, (story: Story, random: Random) => Story>;

/** Of these, a plain run has none: its one step's inputs are the claim's. */
const OF_STEPS = new Set(Object.keys(LIES).filter((name) => name.includes('goes into')));

/** What these commit to hashes to no tensor of its type, so nothing of it can be opened. */
const UNANSWERABLE = new Set(['an output that is nothing', 'a value of another type', 'a value that is nothing']);

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
