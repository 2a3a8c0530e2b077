/** The states that training begins from where it begins from nothing. */
import type { CheckedProgram } from '../check.ts';
import { unitOf } from '../encoding.ts';
import { allocate, elements, type Tensor } from '../tensor.ts';

const MOMENTUM = /^momentum\./;

/**
 * First weights of a training step: uniform, of variance 1 / fan-in. Biases and momentum are 0.
 * @param random gives so many numbers of 0 .. 2^32 − 1, each as likely
 * @returns all states, in the order of the step's inputs
 */
export const drawStates = (
  { inputs, states }: CheckedProgram,
  random: (count: number) => Uint32Array,
): readonly Tensor[] =>
  inputs
    .filter((_, i) => states.some(({ input }) => input === i))
    .map(({ name, dtype, shape, encoding }): Tensor => {
      const values = allocate(dtype, elements(shape));
      const [, fanIn] = shape;
      if (fanIn === undefined || MOMENTUM.test(name)) return { dtype, shape, values };
      const reach = Math.floor(Math.sqrt(3 / fanIn) / unitOf(encoding));
      // A remainder of 32 bits by at most 2^15: no number is likelier than another by more than 2^-17 of it.
      for (const [i, word] of random(values.length).entries()) values[i] = (word % (2 * reach + 1)) - reach;
      return { dtype, shape, values };
    });
