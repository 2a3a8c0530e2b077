/**
 * Fixed-point formats of a training step: how many bits each value has, chosen so that every sum of the forward and the
 * backward pass stays within 2^30 (spec 12.4). A format of f fraction bits stands for integers times 2^−f.
 */
import { type Problem, show } from '@surety/core';
import type { Encoding } from '../program.ts';
import { I32_MAX } from '../tensor.ts';

/** A perceptron and how it is trained. Every number is part of the program, so its id commits to all of them. */
export type TrainingShape = {
  /** Numbers of a sample, units of each hidden layer, classes. Two widths are a logistic regression. */
  readonly widths: readonly number[];
  /** Samples a step: a power of two, so that a mean is a shift. */
  readonly batch: number;
  /** The learning rate is 2^−rateBits: 0 .. 6. */
  readonly rateBits: number;
  /** Momentum in 32nds: 0 .. 31; 29 is 0.906. */
  readonly momentum32nds: number;
  /**
   * Fraction bits of the weights that are kept from step to step: 11 .. 20 + rateBits, the latter unless stated, which loses
   * no bit of an update. The passes read 11 of them whatever is kept.
   */
  readonly weightBits?: number;
};

/** Fraction bits of inputs, which lie in −1 .. 1: sixteen shades. */
export const INPUT_BITS = 4;
/** Fraction bits of the weights that the passes read, and the bits of their whole part: −4 .. 4. */
export const READ_BITS = 11;
export const WEIGHT_REACH_BITS = 2;
/** Fraction bits of gradients and momentum; gradients are clipped at ±4, momentum at ±8. */
export const GRADIENT_BITS = 20;
export const GRADIENT_REACH_BITS = 2;
export const MOMENTUM_REACH_BITS = 3;
/** Momentum is a number of 2^−5. */
export const MOMENTUM_BITS = 5;
/** Fraction bits of logits, which lie in −64 .. 64. */
export const LOGIT_BITS = 8;
export const LOGIT_REACH_BITS = 6;
/** Bits of the whole part of activations of hidden layers: 0 .. 8. */
const HIDDEN_REACH_BITS = 3;

export type Formats = {
  /** Fraction bits of what each layer reads: the input, then the activations of each hidden layer. */
  readonly reads: readonly number[];
  /** Fraction bits of the gradient by each layer's sums, and its largest magnitude. */
  readonly deltas: readonly { readonly bits: number; readonly limit: number }[];
  readonly weightBits: number;
  readonly meanBits: number;
};

/** The most bits b of a factor for which `terms · 2^other · 2^b` leaves room for a bias and for rounding. */
const roomFor = (terms: number, otherBits: number, budget: number): number =>
  Math.floor(Math.log2(budget / terms)) - otherBits;

const FACTOR_BITS = READ_BITS + WEIGHT_REACH_BITS;

const wrong = (field: string, value: unknown, limit: string): Problem => ({
  code: 'program.invalid',
  message: `A training step cannot have ${field} ${show(value)}.`,
  next: `Use ${limit}.`,
  field,
  value: show(value),
  limit,
});

const whole = (n: number, low: number, high: number): boolean => Number.isSafeInteger(n) && n >= low && n <= high;

/** What is wrong with a shape, or `null`. */
export const shapeProblem = ({ widths, batch, rateBits, momentum32nds, weightBits }: TrainingShape): Problem | null => {
  if (widths.length < 2 || widths.length > 8 || !widths.every((n) => whole(n, 1, 4_096)) || widths.at(-1)! < 2) {
    return wrong('widths', widths, '2 .. 8 widths of 1 .. 4096, the last of at least 2 classes');
  }
  if (widths.at(-1)! > 128) return wrong('widths', widths, 'at most 128 classes');
  if (!whole(batch, 1, 1_024) || !Number.isInteger(Math.log2(batch))) {
    return wrong('batch', batch, 'a power of two, 1 .. 1024');
  }
  if (!whole(rateBits, 0, 6)) return wrong('rateBits', rateBits, '0 .. 6');
  if (!whole(momentum32nds, 0, 31)) return wrong('momentum32nds', momentum32nds, '0 .. 31');
  const most = GRADIENT_BITS + rateBits;
  if (weightBits !== undefined && !whole(weightBits, READ_BITS, most)) {
    return wrong('weightBits', weightBits, `${READ_BITS} .. ${most}`);
  }
  return null;
};

/** The formats of a shape that {@link shapeProblem} finds nothing wrong with. */
export const formatsOf = ({ widths, batch, rateBits, weightBits }: TrainingShape): Formats => {
  const layers = widths.length - 1;
  const hidden = (width: number): number => Math.min(15, roomFor(width, FACTOR_BITS, 2 ** 29)) - HIDDEN_REACH_BITS;
  const reads = widths.slice(0, layers).map((width, i) => (i === 0 ? INPUT_BITS : hidden(width)));
  const deltas = Array.from({ length: layers }, (_, i) => {
    // The first layer's goes no further back, so that nothing is multiplied by it but what the layer read.
    const room = i === 0 ? 15 : Math.min(15, roomFor(widths[i + 1]!, FACTOR_BITS, I32_MAX - 2 ** 24));
    // Differences of probabilities stay within ±1; those behind a hidden layer are clipped at ±2.
    if (i === layers - 1) return { bits: Math.min(14, room), limit: 2 ** Math.min(14, room) };
    return { bits: room - 1, limit: Math.min(32_767, 2 ** room) };
  });
  return { reads, deltas, weightBits: weightBits ?? GRADIENT_BITS + rateBits, meanBits: Math.log2(batch) };
};

/** Largest activation of a hidden layer of so many fraction bits. */
export const hiddenLimit = (bits: number): number => 2 ** (bits + HIDDEN_REACH_BITS) - 1;

/** Largest weight that is kept, of `weightBits` fraction bits. */
export const weightLimit = (weightBits: number): number => 2 ** (weightBits + WEIGHT_REACH_BITS);

export const encodingOfBits = (bits: number): Encoding => ({ mantissa: 1, exponent: 0 - bits });
