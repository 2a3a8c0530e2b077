/** Lies of a provider that ran something else: other weights, another input, or that made up more than one bit. */
import type { CheckedProgram, Tensor } from '@surety/programs';
import type { Random } from '../../packages/programs/test/random.ts';
import { goOn, type Story, type Told } from '../../packages/proofs/test/liar.ts';
import { flip } from '../../packages/proofs/test/lies.ts';

/** The program with one bit of its constants changed; null where it has none. */
const withOtherWeights = (checked: CheckedProgram, random: Random): CheckedProgram | null => {
  if (checked.constants.length === 0) return null;
  const index = random.int(0, checked.constants.length - 1);
  const { dtype, shape, read } = checked.constants[index]!;
  const { values } = flip({ dtype, shape, values: read() }, random) as Tensor;
  return { ...checked, constants: checked.constants.with(index, { dtype, shape, read: () => values }) };
};

/** Everything recomputed, as a run of another program or on other inputs, under the old names. */
const underOldNames = (story: Story, other: Story): Story => ({
  ...goOn(other, 0, 0),
  program: story.program,
  inputs: story.inputs,
});

/** What goes into the steps as in the truth, though what comes of it is not. */
const withTrueInputs = (story: Story, told: Story): Story => ({
  ...told,
  steps: told.steps.map(({ nodes }, t) => ({ inputs: story.steps[t]!.inputs, nodes })),
});

const scrambled = (told: Told, random: Random): Told => {
  if (told instanceof Uint8Array) return told;
  const { dtype, shape, values } = told;
  const changed = values.slice();
  const bytes = new Uint8Array(changed.buffer);
  const first = random.int(0, bytes.length - 1);
  const last = Math.min(bytes.length - 1, first + random.int(0, 40));
  for (let at = first; at <= last; at++) bytes[at] = random.int(0, 255);
  return { dtype, shape, values: changed };
};

/** Each gives null where a run has nothing of the kind. */
export const OTHER_RUNS = {
  'other weights': (story, random) => {
    const checked = withOtherWeights(story.program.checked, random);
    return checked && underOldNames(story, { ...story, program: { ...story.program, checked } });
  },
  'other weights, and what should go into each step': (story, random) => {
    if (story.steps.length === 1) return null;
    const checked = withOtherWeights(story.program.checked, random);
    const told = checked && underOldNames(story, { ...story, program: { ...story.program, checked } });
    return told && withTrueInputs(story, told);
  },
  'another input': (story, random) => {
    if (story.inputs.length === 0) return null;
    const index = random.int(0, story.inputs.length - 1);
    const inputs = story.inputs.with(index, flip(story.inputs[index]!, random) as Tensor);
    const [first, ...rest] = story.steps;
    const { states } = story.program.checked;
    const isState = story.steps.length === 1 || states.some(({ input }) => input === index);
    // Of a stream, the first step's slice.
    const { dtype, shape, values } = inputs[index]!;
    const taken: Tensor = isState
      ? inputs[index]!
      : { dtype, shape: shape.slice(1), values: values.subarray(0, values.length / shape[0]!) };
    const steps = [{ ...first!, inputs: first!.inputs.with(index, taken) }, ...rest];
    const told = underOldNames(story, { ...story, inputs, steps });
    return story.steps.length === 1 || random.chance(50) ? withTrueInputs(story, told) : told;
  },
  'many values of a tensor': (story, random) => {
    const t = random.int(0, story.steps.length - 1);
    const { inputs, nodes } = story.steps[t]!;
    const j = random.int(0, nodes.length - 1);
    const told: Story = {
      ...story,
      steps: story.steps.with(t, { inputs, nodes: nodes.with(j, scrambled(nodes[j]!, random)) }),
    };
    return random.chance(50) ? goOn(told, t, j + 1) : told;
  },
  'values of several tensors': (story, random) => ({
    ...story,
    steps: story.steps.map(({ inputs, nodes }) => ({
      inputs,
      nodes: nodes.map((told) => (random.chance(50) ? scrambled(told, random) : told)),
    })),
  }),
} as const satisfies Record<string, (story: Story, random: Random) => Story | null>;
