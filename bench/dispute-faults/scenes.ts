/** Who plays: a liar for every kind of lie against a watcher, and an honest provider against a challenger that asks on and on. */

import { unwrap } from '../../packages/core/src/index.ts';
import { keyOfStory, liarRoute } from '../../packages/node/test/liar-party.ts';
import { holdFiles, type Party, type PartyOptions, type World } from '../../packages/node/test/watch-world.ts';
import { type CheckedProgram, iterate, type Tensor } from '../../packages/programs/src/index.ts';
import { Random } from '../../packages/programs/test/random.ts';
import {
  randomInputs,
  randomProgram,
  randomStepProgram,
  randomStreams,
} from '../../packages/programs/test/random-program.ts';
import { encodeQuestion, openProgram, openRun, type RunBook } from '../../packages/proofs/src/index.ts';
import { tell, truth } from '../../packages/proofs/test/liar.ts';
import { LIES, OF_STEPS } from '../../packages/proofs/test/lies.ts';

type Hex = `0x${string}`;

/** Seconds each side of a dispute has, and of the window: what congestion they bear is in proportion. */
export const TERMS = { clockSeconds: 7_200, windowSeconds: 7_200 } as const;

export type Scene = {
  readonly name: string;
  /** How an honest world ends. */
  readonly ends: 'void' | 'final';
  readonly program: CheckedProgram;
  readonly inputs: readonly Tensor[];
  /** The dishonest side; it posts the claim where that is a lie. */
  readonly rogue: (world: World) => Promise<Party>;
  readonly run: RunBook['run'];
  readonly posts: 'rogue' | 'honest';
};

const STEPS = 3;
const SEED = 11;

/** One scene for each kind of lie, and one in which nobody lies. */
export const scenes = async (): Promise<readonly Scene[]> => {
  const plain = randomProgram(3, 6);
  const plainInputs = randomInputs(plain, 3);
  const once = unwrap(await openRun(openProgram(plain), plainInputs));
  const stepped = randomStepProgram(SEED, 5);
  const streams = randomStreams(unwrap(iterate(stepped, STEPS)), SEED);
  const many = unwrap(await openRun(openProgram(stepped), streams, { steps: STEPS }));
  const lies: Scene[] = [];
  for (const [name, lie] of Object.entries(LIES)) {
    const ofSteps = OF_STEPS.has(name);
    const view = tell(lie(await truth(ofSteps ? many : once), new Random(5)));
    lies.push({
      name,
      ends: 'void',
      program: ofSteps ? stepped : plain,
      inputs: ofSteps ? streams : plainInputs,
      run: view.run,
      posts: 'rogue',
      rogue: (world) => world.party(3, { route: () => liarRoute(new Map([[keyOfStory(view), view]])) }),
    });
  }
  const asker: Scene = {
    name: 'a right claim',
    ends: 'final',
    program: plain,
    inputs: plainInputs,
    run: once.run,
    posts: 'honest',
    rogue: (world) => world.party(2, { route: () => nagging }),
  };
  return [...lies, asker];
};

const QUESTIONS = 4;

/** Asks for one value after the other, and then says nothing more. */
const nagging: ReturnType<NonNullable<PartyOptions['route']>> = {
  check: async () => ({
    kind: 'wrong',
    answer: async () => null,
    next: async ({ length }) => {
      if (length >= QUESTIONS) return { kind: 'nothing' };
      const place = { of: 'node', step: 0, index: length } as const;
      const asked = encodeQuestion({ kind: 'chunks', place, level: 0, first: 0, marks: null });
      return { kind: 'ask', question: `0x${Buffer.from(asked).toString('hex')}` };
    },
    close: async () => undefined,
  }),
};

/** The claim of a scene, posted. */
export const begin = async (world: World, scene: Scene, honest: Party, rogue: Party): Promise<Hex> => {
  holdFiles(world.folder, [scene.program]);
  honest.holdings.keepInput(scene.inputs);
  const { id } = await world.post(scene.posts === 'rogue' ? rogue : honest, scene.run, TERMS);
  return id;
};

export const mined = ({ moves }: Party): number => moves.filter(({ sent }) => sent.kind === 'mined').length;

const ROUNDS = 120;

/**
 * Both sides move until the claim is decided; when nobody has anything to say, time passes.
 * @param honest asked anew each round: it may have been killed meanwhile
 * @returns how it ended, and whether the honest side kept what was its own
 */
export const playOut = async (
  world: World,
  id: Hex,
  honest: () => Promise<Party>,
  rogue: Party,
  disturb: (round: number) => Promise<void> = async () => undefined,
): Promise<'void' | 'final' | 'undecided'> => {
  for (let round = 0; round < ROUNDS; round++) {
    const before = mined(rogue);
    const party = await honest();
    const own = mined(party);
    for (const each of [party, rogue]) {
      const view = (await each.settle())?.known.find((known) => known.view.id === id)?.view;
      if (view?.state === 'void' || view?.state === 'final') return view.state;
    }
    await disturb(round);
    if (mined(rogue) === before && mined(party) === own) await world.pass(TERMS.clockSeconds + 1);
  }
  return 'undecided';
};
