/** What is claimed in the games: runs of all operators, true and false, and what is shown with the claims. */
import { sameBytes, unwrap } from '@surety/core';
import type { Machine, Tensor } from '@surety/programs';
import {
  type Exchange,
  encodeQuestion,
  NO_RECORD,
  openProgram,
  openRun,
  questionsInAdvance,
  type RunBook,
} from '@surety/proofs';
import type { Random } from '../../packages/programs/test/random.ts';
import type { View } from '../../packages/proofs/src/optimistic/view.ts';
import { lie, type Story, tell } from '../../packages/proofs/test/liar.ts';
import { LIES, OF_STEPS } from '../../packages/proofs/test/lies.ts';
import { iteratedRun, longRun, plainRun } from '../../packages/proofs/test/runs.ts';
import { zoo, zooInputs } from '../disputes-gas/zoo.ts';
import { OTHER_RUNS } from './other-runs.ts';

/** Of so many runs one is a program in the sizes of networks, and one has long sums; the rest are random, by turns iterated. */
const LARGE_EVERY = 40;

/** The run of a seed; null where a seed gives none. */
export const runOfSeed = async (seed: number, machine: Machine): Promise<RunBook | null> => {
  if (seed % LARGE_EVERY === 1) {
    const { program } = zoo();
    return unwrap(await openRun(openProgram(program), zooInputs(program), { machine }));
  }
  if (seed % LARGE_EVERY === 3) return longRun(machine);
  return seed % 2 === 0 ? plainRun(seed, machine) : iteratedRun(seed, machine);
};

const ALL = { ...LIES, ...OTHER_RUNS };
export const KINDS = Object.keys(ALL) as readonly (keyof typeof ALL)[];

export type Told = { readonly kind: keyof typeof ALL; readonly view: View };

/** A lie about a run, whose claim differs from the true one; null where a kind has none for this run. */
export const toldOf = (run: RunBook, story: Story, kind: keyof typeof ALL, random: Random): Told | null => {
  if (run.steps === 1 && OF_STEPS.has(kind)) return null;
  const made = ALL[kind](story, random);
  if (made === null) return null;
  const view = tell(made);
  // Some bits change nothing that counts: other weights that are clamped away, say. Such a claim is true.
  const isTrue = sameBytes(view.run.trace, run.run.trace) && sameBytes(view.run.output, run.run.output);
  return isTrue ? null : { kind, view };
};

/** What a provider answers in advance: the top of its trace, and small inputs where `inputs` names them. */
export const shownAhead = async (view: View, inputs: readonly Tensor[] | null = null): Promise<readonly Exchange[]> => {
  const shown: Exchange[] = [];
  for (const each of questionsInAdvance(view, inputs ?? [], { withInputs: inputs !== null })) {
    const question = encodeQuestion(each);
    const answer = await lie(view, question, NO_RECORD, 0);
    if (answer !== null) shown.push({ question, answer });
  }
  return shown;
};
