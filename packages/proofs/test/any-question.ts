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
  const blocks = () => {
    const level = random.pick([0, 0, 1, 2, 5, 31]);
    return { level, first: random.chance(70) ? 0 : random.int(0, 40), count: random.int(1, 128) };
  };
  switch (random.int(0, 3)) {
    case 0:
      return { kind: 'part', place: random.chance(30) ? { of: 'steps' } : place(), ...blocks() };
    case 1:
      return { kind: 'chunk-part', place: place(), ...blocks() };
    case 2:
      return { kind: 'data', place: place(), chunk: random.chance(70) ? 0 : random.int(0, 9), count: random.int(1, 4) };
    default: {
      const node = random.int(0, program.nodes);
      const segments = random.int(1, 12);
      return { kind: 'partials', step, node, element: random.int(0, 40), segments, per: random.int(1, 3) };
    }
  }
};
