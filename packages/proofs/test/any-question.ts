/** Questions that nobody with a reason would ask. */
import type { Random } from '../../programs/test/random.ts';
import type { Place, Question, RunBook } from '../src/index.ts';

/** About places that there are, and about such as there are not. */
export const anyQuestion = (random: Random, { steps, program }: RunBook): Question => {
  const step = random.int(0, steps);
  const place = (): Place => {
    const of = random.pick(['node', 'step-input', 'input', 'output'] as const);
    const index = random.int(0, of === 'node' ? program.nodes : of === 'output' ? 4 : program.inputs);
    return of === 'node' || of === 'step-input' ? { of, step, index } : { of, index };
  };
  const within = () => {
    const level = random.pick([0, 0, 1, 2, 5, 31]);
    return { level, first: random.chance(70) ? 0 : random.int(0, 40) };
  };
  const blocks = () => ({ ...within(), count: random.int(1, 128) });
  switch (random.int(0, 3)) {
    case 0:
      return { kind: 'part', place: random.chance(30) ? { of: 'steps' } : place(), ...blocks() };
    case 1:
      return { kind: 'chunks', place: place(), ...within(), marks: null };
    case 2: {
      // Some numbers that are no marks of anything, so that some block differs.
      const of = Array.from({ length: random.int(1, 40) }, () => random.int(0, 65_535));
      return { kind: 'chunks', place: place(), ...within(), marks: { salt: random.int(0, 9), of } };
    }
    default: {
      const node = random.int(0, program.nodes);
      const segments = random.int(1, 12);
      return { kind: 'partials', step, node, element: random.int(0, 40), segments, per: random.int(1, 3) };
    }
  }
};
