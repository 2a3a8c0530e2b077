/** Lies of every kind that a claim may tell. */
import type { Tensor } from '@surety/programs';
import type { Random } from '../../programs/test/random.ts';
import { goOn, type Story, type Told } from './liar.ts';

/** One bit of one value is another. */
export const flip = (told: Told, random: Random): Told => {
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
export const LIES = {
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
export const OF_STEPS = new Set(Object.keys(LIES).filter((name) => name.includes('goes into')));

/** What these commit to hashes to no tensor of its type, so nothing of it can be opened. */
export const UNANSWERABLE = new Set([
  'an output that is nothing',
  'a value of another type',
  'a value that is nothing',
]);
